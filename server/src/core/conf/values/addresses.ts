// Addresses as the C library reads them, without asking any name server.

/** C: inet_pton(AF_INET, ...): four plain decimal numbers. */
export function isIpv4(text: string): boolean {
  const parts = text.split(".");
  return (
    parts.length === 4 &&
    parts.every((part) => /^[0-9]{1,3}$/.test(part) && Number(part) < 256 && !/^0[0-9]/.test(part))
  );
}

/** C: inet_pton(AF_INET6, ...). */
export function isIpv6(text: string): boolean {
  const halves = text.split("::");
  if (halves.length > 2 || text.length > 45) return false;
  let groups = 0;
  for (const [index, half] of halves.entries()) {
    if (half === "") {
      if (halves.length === 1) return false;
      continue;
    }
    const parts = half.split(":");
    for (const [place, part] of parts.entries()) {
      const isLast = index === halves.length - 1 && place === parts.length - 1;
      if (isLast && part.includes(".")) {
        if (!isIpv4(part)) return false;
        groups += 2;
      } else {
        if (!/^[0-9a-f]{1,4}$/i.test(part)) return false;
        groups++;
      }
    }
  }
  return halves.length === 2 ? groups < 8 : groups === 8;
}

/**
 * C: getaddrinfo with AI_NUMERICHOST, which takes an IPv4 address as inet_aton does (`127.1`, `0x7f.1`, `0`) and IPv6 with a scope.
 * Redis 7.2 src/anet.c: anetResolve with ANET_IP_ONLY.
 */
export function isNumericHost(text: string): boolean {
  return isInetAton(text) || isIpv6(text.replace(/%[^%]+$/, ""));
}

function isInetAton(text: string): boolean {
  const parts = text.split(".");
  if (
    parts.length > 4 ||
    !parts.every((part) => /^(?:0x[0-9a-f]+|0[0-7]*|[1-9][0-9]*)$/i.test(part) && part.length <= 20)
  )
    return false;
  const numbers = parts.map((part) => (/^0[0-7]/.test(part) ? Number(`0o${part.slice(1)}`) : Number(part)));
  const last = numbers.pop() as number;
  return numbers.every((number) => number < 256) && last < 256 ** (4 - numbers.length);
}

/** Redis 7.2 src/config.c: isValidAnnouncedHostname. */
export function isHostname(text: string, longest: number): boolean {
  return text.length <= longest && /^[A-Za-z0-9.-]*$/.test(text);
}
