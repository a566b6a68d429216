// The servers work on bytes. A word's value is therefore kept as a string of bytes: one character from U+0000 to U+00FF for each
// byte of its UTF-8 form, so that lengths and comparisons come out as in the server. Pure ASCII is its own byte string.

const OUTSIDE_ASCII = /[^\0-\x7f]/;

export function toBytes(text: string): string {
  if (!OUTSIDE_ASCII.test(text)) return text;
  const parts: string[] = [];
  let plain = 0;
  for (let i = 0; i < text.length; i++) {
    const point = text.codePointAt(i) as number;
    if (point < 0x80) continue;
    parts.push(text.slice(plain, i), encoded(point));
    if (point > 0xffff) i++;
    plain = i + 1;
  }
  parts.push(text.slice(plain));
  return parts.join("");
}

/** UTF-8 of one code point; a lone surrogate becomes U+FFFD, as every editor writes it. */
function encoded(point: number): string {
  const code = point >= 0xd800 && point <= 0xdfff ? 0xfffd : point;
  const tail = (shift: number): number => 0x80 | ((code >> shift) & 0x3f);
  if (code < 0x800) return String.fromCharCode(0xc0 | (code >> 6), tail(0));
  if (code < 0x10000) return String.fromCharCode(0xe0 | (code >> 12), tail(6), tail(0));
  return String.fromCharCode(0xf0 | (code >> 18), tail(12), tail(6), tail(0));
}

/** Length of the UTF-8 form of one UTF-16 unit; each half of a pair counts 2. */
export function byteLengthOfUnit(unit: number): number {
  if (unit < 0x80) return 1;
  return unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 2 : 3;
}

/** `isspace` of the C locale. */
export function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}

/** `tolower` of the C locale: ASCII letters only, other bytes stay. */
export function lowerCase(bytes: string): string {
  return /[A-Z]/.test(bytes) ? bytes.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()) : bytes;
}

/** What a C function sees that stops at the first NUL byte. */
export function cString(bytes: string): string {
  const end = bytes.indexOf("\0");
  return end < 0 ? bytes : bytes.slice(0, end);
}

/** `strcasecmp(a, b) == 0`. */
export function sameIgnoringCase(bytes: string, lower: string): boolean {
  return lowerCase(cString(bytes)) === lower;
}
