/** Offsets of the core (UTF-16) to positions of the protocol in the negotiated encoding, and back. */
import type { LineIndex, Span } from "../core/index.ts";

export type Encoding = "utf-8" | "utf-16" | "utf-32";

export interface Position {
  line: number;
  character: number;
}

export interface Range {
  start: Position;
  end: Position;
}

/** What the client offers; UTF-16 where it may, for there is nothing to convert. */
export function chooseEncoding(offered: readonly string[] | undefined): Encoding {
  if (offered === undefined || offered.includes("utf-16")) return "utf-16";
  return (["utf-8", "utf-32"] as const).find((encoding) => offered.includes(encoding)) ?? "utf-16";
}

function unitsOf(codePoint: number, encoding: Encoding): number {
  if (encoding === "utf-32") return 1;
  if (encoding === "utf-16") return codePoint > 0xffff ? 2 : 1;
  return codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
}

/** Units of the encoding in the first `characters` UTF-16 units of a line. */
function encodedLength(line: string, characters: number, encoding: Encoding): number {
  let units = 0;
  for (const symbol of line.slice(0, characters)) units += unitsOf(symbol.codePointAt(0) as number, encoding);
  return units;
}

/** UTF-16 units that a number of encoded units cover; inside a symbol, its start. */
function decodedLength(line: string, units: number, encoding: Encoding): number {
  let left = units;
  let characters = 0;
  for (const symbol of line) {
    const size = unitsOf(symbol.codePointAt(0) as number, encoding);
    if (size > left) break;
    left -= size;
    characters += symbol.length;
  }
  return characters;
}

export function toPosition(lines: LineIndex, offset: number, encoding: Encoding): Position {
  const position = lines.position(offset);
  if (encoding === "utf-16") return position;
  return { line: position.line, character: encodedLength(lines.lineText(position.line), position.character, encoding) };
}

export function toRange(lines: LineIndex, span: Span, encoding: Encoding): Range {
  return { start: toPosition(lines, span.start, encoding), end: toPosition(lines, span.end, encoding) };
}

/** Between the halves of a surrogate pair. */
function isInsideSymbol(line: string, character: number): boolean {
  return (line.codePointAt(character - 1) ?? 0) > 0xffff;
}

/** Where a change begins or ends: UTF-16 counts halves of a pair, and whoever types may divide one. */
export function toEditOffset(lines: LineIndex, position: Position, encoding: Encoding): number {
  const { line, character } = position ?? {};
  const isPlace = Number.isInteger(line) && Number.isInteger(character) && line >= 0 && character >= 0;
  return encoding === "utf-16" && isPlace ? lines.offset({ line, character }) : toOffset(lines, position, encoding);
}

/** Positions outside of the text, inside a symbol, or that are no numbers, are moved to the nearest place. */
export function toOffset(lines: LineIndex, position: Position, encoding: Encoding): number {
  const line = Number.isInteger(position?.line) ? position.line : 0;
  const character = Number.isFinite(position?.character) ? Math.max(0, Math.trunc(position.character)) : 0;
  if (line < 0 || line >= lines.lineCount) return lines.offset({ line, character });
  if (encoding === "utf-16") {
    const offset = lines.offset({ line, character });
    return isInsideSymbol(lines.lineText(line), character) ? offset - 1 : offset;
  }
  return lines.offset({ line, character: decodedLength(lines.lineText(line), character, encoding) });
}
