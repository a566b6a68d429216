import { type Hover, MarkupKind } from "vscode-languageserver";
import { confHover, hoverAt, hoverEnv, stackHover } from "../../core/index.ts";
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
  // A host in a variable says where it leads; what the variable is stands in its name.
  const found =
    stackHover(report, session.checker.catalog, offset) ??
    (report.env !== null
      ? hoverEnv(report.env, offset, session.checker.catalog.apps)
      : report.kind === "server-config"
        ? confHover(session.checker, report, offset)
        : hoverAt(report, session.checker.catalog, offset));
  if (found === null) return null;
  const contents = abilities.markdown
    ? { kind: MarkupKind.Markdown, value: found.markdown }
    : { kind: MarkupKind.PlainText, value: found.plain };
  return { contents, range: toRange(report.lines, found.span, encoding) };
}
