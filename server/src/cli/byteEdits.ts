/**
 * Edits of a text as edits of its bytes. Bytes stand in a string, one character each: so lines and edits are handled as in a
 * text, and what is no UTF-8 stays what it is.
 */
import type { TextEdit } from "../core/index.ts";

export function toByteString(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}

export function fromByteString(bytes: string): Buffer {
  return Buffer.from(bytes, "latin1");
}

/**
 * The steps in which a reader of UTF-8 goes through bytes: runs of ASCII, characters of two, three and four bytes, and, each
 * read as one U+FFFD, the beginning of a character that is cut off, or a byte that can begin none.
 */
const STEP =
  /([^\x80-\xff]+)|([\xc2-\xdf][\x80-\xbf]|(?:\xe0[\xa0-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]|\xed[\x80-\x9f])[\x80-\xbf])|((?:\xf0[\x90-\xbf]|[\xf1-\xf3][\x80-\xbf]|\xf4[\x80-\x8f])[\x80-\xbf]{2})|((?:\xf0[\x90-\xbf]|[\xf1-\xf3][\x80-\xbf]|\xf4[\x80-\x8f])[\x80-\xbf]?|\xe0[\xa0-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]|\xed[\x80-\x9f]|[\x80-\xff])/g;
const MARK = "\xef\xbb\xbf";

export interface ByteEdits {
  readonly edits: readonly TextEdit[];
  /** An edit moves text that is no UTF-8: its bytes are not known any more. */
  readonly losesBytes: boolean;
}

/** `edits` of the text that `bytes` hold without their byte order mark, in its order, none overlapping another. */
export function toByteEdits(bytes: string, edits: readonly TextEdit[]): ByteEdits {
  const offsets = byteOffsets(
    bytes,
    edits.flatMap(({ span }) => [span.start, span.end]),
  );
  return {
    edits: edits.map(({ path, newText }, at) => ({
      path,
      span: { start: offsets.at[2 * at] as number, end: offsets.at[2 * at + 1] as number },
      newText: toByteString(Buffer.from(newText, "utf8")),
    })),
    losesBytes: !offsets.isUtf8 && edits.some(({ newText }) => newText.includes("\uFFFD")),
  };
}

/** Where UTF-16 offsets, in ascending order, stand among the bytes. */
function byteOffsets(bytes: string, units: readonly number[]): { at: number[]; isUtf8: boolean } {
  const at: number[] = [];
  let isUtf8 = true;
  let unit = 0;
  let byte = bytes.startsWith(MARK) ? MARK.length : 0;
  STEP.lastIndex = byte;
  for (let step = STEP.exec(bytes); step !== null; step = STEP.exec(bytes)) {
    const [read, ascii, , pair, broken] = step;
    const length = ascii !== undefined ? read.length : pair !== undefined ? 2 : 1;
    while (at.length < units.length && (units[at.length] as number) < unit + length)
      at.push(byte + (ascii === undefined ? 0 : (units[at.length] as number) - unit));
    if (broken !== undefined) isUtf8 = false;
    unit += length;
    byte += read.length;
  }
  while (at.length < units.length) at.push(byte);
  return { at, isUtf8 };
}
