// Ranges in the answers of a server.

export interface Point {
  readonly line: number;
  readonly character: number;
}

export type Span = { readonly start: Point; readonly end: Point };

export function linesOf(text: string): string[] {
  return text.split(/\r\n|\r|\n/);
}

/** In the text, and not between the halves of a pair. */
export function isInside({ start, end }: Span, lines: readonly string[]): boolean {
  const ends = [start, end].every(({ line, character }) => {
    const text = lines[line];
    if (text === undefined || character < 0 || character > text.length) return false;
    return character === 0 || (text.codePointAt(character - 1) ?? 0) <= 0xffff;
  });
  return ends && (start.line < end.line || (start.line === end.line && start.character <= end.character));
}

/** Every range of an answer, with the document that it is in. */
export function rangesIn(
  value: unknown,
  uri: string,
  found: { uri: string; range: Span }[] = [],
): { uri: string; range: Span }[] {
  if (Array.isArray(value)) for (const item of value) rangesIn(item, uri, found);
  else if (typeof value === "object" && value !== null) {
    const record = value as Record<string, unknown>;
    const named = (record.textDocument as { uri?: string } | undefined)?.uri ?? record.uri ?? record.targetUri;
    const here = typeof named === "string" ? named : uri;
    for (const [key, item] of Object.entries(record)) {
      // What comes back to the server unread.
      if (key === "data" || key === "context") continue;
      if (/range$/i.test(key) && (item as Span | null)?.start !== undefined)
        found.push({ uri: here, range: item as Span });
      else rangesIn(item, key.startsWith("file:") ? key : here, found);
    }
  }
  return found;
}
