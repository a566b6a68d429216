// One answer of a server, within limits of time and size. Everything that is not a plain 200 is a `Stop`.

/** The refresh cannot go on; the message is for the person who runs it. */
export class Stop extends Error {}

export interface Limits {
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

/** Whether an address may be asked: https, or plain http on this very machine (tests). */
export function mayAsk(url: URL): boolean {
  if (url.protocol === "https:") return true;
  return url.protocol === "http:" && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
}

export async function download(url: URL, limits: Limits): Promise<string> {
  if (!mayAsk(url)) throw new Stop(`${url.href} is neither https nor on this machine`);
  // The signal ends a slow body as well as a slow start.
  const signal = AbortSignal.timeout(limits.timeoutMs);
  try {
    // A redirect could lead to any host, and the API's addresses do not redirect: so none is followed.
    const response = await fetch(url, { redirect: "manual", signal, headers: { accept: "application/json" } });
    if (response.status !== 200) {
      await response.body?.cancel();
      throw new Stop(`${url.href} answered ${describe(response, url)}`);
    }
    return await text(response, url, limits.maxBytes);
  } catch (error) {
    if (error instanceof Stop) throw error;
    if (signal.aborted) throw new Stop(`${url.href} took longer than ${limits.timeoutMs} ms`);
    throw new Stop(`${url.href} cannot be read: ${reason(error)}`);
  }
}

function describe({ status, headers }: Response, url: URL): string {
  const location = headers.get("location");
  if (status < 300 || status > 399 || location === null) return `${status}`;
  return `${status}, a redirect to ${URL.canParse(location, url.href) ? new URL(location, url).host : "nowhere"}`;
}

/** Counted while it arrives: a Content-Length may be missing or wrong, and compression hides the size. */
async function text(response: Response, url: URL, maxBytes: number): Promise<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let [size, all] = [0, ""];
  for await (const chunk of response.body ?? []) {
    const bytes: Uint8Array = chunk;
    size += bytes.byteLength;
    if (size > maxBytes) throw new Stop(`${url.href} is larger than ${maxBytes} bytes`);
    all += decoder.decode(bytes, { stream: true });
  }
  return all + decoder.decode();
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
