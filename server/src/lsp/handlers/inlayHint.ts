import type { InlayHint } from "vscode-languageserver";
import { inlayHints } from "../../core/index.ts";
import type { OpenDocument } from "../documents.ts";
import { type Range, toOffset, toPosition } from "../positions.ts";
import type { Session } from "../session.ts";

/** Off until the user switches it on. */
export async function inlayHint(session: Session, document: OpenDocument, range: Range): Promise<InlayHint[] | null> {
  const settings = await session.configuration.of(document.uri, session.files.root(document.path));
  if (!settings.inlayHints) return null;
  const report = await session.reportOf(document);
  const { encoding } = session.documents;
  const start = toOffset(report.lines, range.start, encoding);
  const end = toOffset(report.lines, range.end, encoding);
  return inlayHints(report, report.catalog)
    .filter(({ offset }) => start <= offset && offset <= end)
    .map(({ offset, label, tooltip }) => ({
      position: toPosition(report.lines, offset, encoding),
      label,
      tooltip,
      paddingLeft: true,
    }));
}
