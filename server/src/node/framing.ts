/**
 * A message with a negative length makes the library wait for ever. Only a header can hold these bytes: in JSON a line break
 * stands in no text and no number stands behind a bare word.
 */
const NEGATIVE = /Content-Length:[ \t]*-\d+[ \t]*\r\n/i;
/** So much of what came before may belong to a header that goes on. */
const HEADER_BYTES = 64;

/** Calls `lost` at a negative length, before anybody else reads the bytes: attach it first. */
export function guardFraming(input: NodeJS.ReadableStream, lost: () => void): void {
  let before = "";
  input.on("data", (chunk: Buffer) => {
    const text = before + chunk.toString("latin1");
    before = text.slice(-HEADER_BYTES);
    if (NEGATIVE.test(text)) lost();
  });
}
