/** Colours that the version decides, for server configurations. */
import type { SemanticTokens } from "vscode-languageserver";
import { confTokens, TOKEN_MODIFIERS, TOKEN_TYPES } from "../../core/index.ts";
import type { OpenDocument } from "../documents.ts";
import { toRange } from "../positions.ts";
import type { Session } from "../session.ts";

/** Five numbers a token: lines and columns since the one before, length, type, modifiers as bits. */
export async function semanticTokens(session: Session, document: OpenDocument): Promise<SemanticTokens> {
  const report = await session.reportOf(document);
  const data: number[] = [];
  if (report.conf === null) return { data };
  let last = { line: 0, character: 0 };
  for (const { span, type, modifier } of confTokens(session.checker, report)) {
    const { start, end } = toRange(report.lines, span, session.documents.encoding);
    // A NUL byte glues lines together; a token stands on one.
    if (start.line !== end.line) continue;
    const character = start.line === last.line ? start.character - last.character : start.character;
    const modifiers = modifier === null ? 0 : 1 << TOKEN_MODIFIERS.indexOf(modifier);
    data.push(start.line - last.line, character, end.character - start.character, TOKEN_TYPES.indexOf(type), modifiers);
    last = start;
  }
  return { data };
}
