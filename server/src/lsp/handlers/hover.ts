import { type Hover, MarkupKind } from "vscode-languageserver";
import { hoverOf } from "../../core/index.ts";
import type { ClientAbilities } from "../convert.ts";
import type { OpenDocument } from "../documents.ts";
import { type Position, toOffset, toRange } from "../positions.ts";
import type { Session } from "../session.ts";

export async function hover(
  session: Session,
  document: OpenDocument,
  position: Position,
  abilities: ClientAbilities,
): Promise<Hover | null> {
  const report = await session.reportOf(document);
  const { encoding } = session.documents;
  const offset = toOffset(report.lines, position, encoding);
  const found = hoverOf(session.checker, report, offset);
  if (found === null) return null;
  const contents = abilities.markdown
    ? { kind: MarkupKind.Markdown, value: found.markdown }
    : { kind: MarkupKind.PlainText, value: found.plain };
  return { contents, range: toRange(report.lines, found.span, encoding) };
}
