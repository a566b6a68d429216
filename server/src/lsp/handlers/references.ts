import type { Location } from "vscode-languageserver";
import { LineIndex, stackReferences } from "../../core/index.ts";
import { uriOf } from "../convert.ts";
import type { OpenDocument } from "../documents.ts";
import { type Position, toOffset, toRange } from "../positions.ts";
import type { Session } from "../session.ts";

export async function references(
  session: Session,
  document: OpenDocument,
  position: Position,
  withDeclaration: boolean,
): Promise<Location[] | null> {
  const report = await session.reportOf(document);
  const { encoding } = session.documents;
  const places = stackReferences(report, toOffset(report.lines, position, encoding), withDeclaration);
  const lines = new Map([[document.path, report.lines]]);
  return places.map(({ path, span }) => {
    const known = lines.get(path) ?? new LineIndex(session.files.read(path) ?? "");
    lines.set(path, known);
    return { uri: uriOf(session, path), range: toRange(known, span, encoding) };
  });
}
