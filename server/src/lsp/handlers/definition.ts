import type { Location } from "vscode-languageserver";
import {
  confDefinition,
  confLinkAt,
  definitionAt,
  definitionEnv,
  LineIndex,
  stackDefinition,
} from "../../core/index.ts";
import { uriOf } from "../convert.ts";
import type { OpenDocument } from "../documents.ts";
import { type Position, toOffset, toRange } from "../positions.ts";
import type { Session } from "../session.ts";

export async function definition(
  session: Session,
  document: OpenDocument,
  position: Position,
): Promise<Location | null> {
  const report = await session.reportOf(document);
  const { encoding } = session.documents;
  const offset = toOffset(report.lines, position, encoding);
  const winner = confDefinition(report, offset);
  if (winner !== null) return { uri: document.uri, range: toRange(report.lines, winner, encoding) };
  const link = report.conf !== null ? confLinkAt(report, offset) : null;
  if (link !== null) return fileStart(session, link.path);
  const found =
    (report.env === null ? definitionAt(report, offset) : definitionEnv(report.env, offset)) ??
    stackDefinition(report, offset);
  if (found === null) return null;
  const lines =
    found.target.path === document.path ? report.lines : new LineIndex(session.files.read(found.target.path) ?? "");
  return { uri: uriOf(session, found.target.path), range: toRange(lines, found.target.span, encoding) };
}

/** The first place of a file; `null` where there is none. */
async function fileStart(session: Session, path: string): Promise<Location | null> {
  if (session.files.read(path) === undefined) await session.files.load([path], []);
  const start = { line: 0, character: 0 };
  return typeof session.files.read(path) === "string"
    ? { uri: uriOf(session, path), range: { start, end: start } }
    : null;
}
