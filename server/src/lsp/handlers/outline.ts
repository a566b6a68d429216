/** Symbols and folding of server configurations: YAML and Docker extensions have their own for their files. Links to files that others name. */
import {
  type DocumentLink,
  type DocumentSymbol,
  type FoldingRange,
  FoldingRangeKind,
  SymbolKind,
} from "vscode-languageserver";
import { confLinks, confOutline, confSections, type OutlineItem, stackLinks } from "../../core/index.ts";
import { uriOf } from "../convert.ts";
import type { OpenDocument } from "../documents.ts";
import { toRange } from "../positions.ts";
import type { Session } from "../session.ts";

export async function documentSymbols(session: Session, document: OpenDocument): Promise<DocumentSymbol[] | null> {
  const report = await session.reportOf(document);
  if (report.conf === null) return null;
  const toSymbol = (item: OutlineItem): DocumentSymbol => ({
    name: item.name,
    kind: item.kind === "section" ? SymbolKind.Namespace : SymbolKind.Property,
    range: toRange(report.lines, item.span, session.documents.encoding),
    selectionRange: toRange(report.lines, item.selection, session.documents.encoding),
    children: item.children.map(toSymbol),
  });
  return confOutline(report, session.checker.conf).map(toSymbol);
}

export async function foldingRanges(session: Session, document: OpenDocument): Promise<FoldingRange[] | null> {
  const report = await session.reportOf(document);
  if (report.conf === null) return null;
  return confSections(report)
    .map(({ span }) => ({
      startLine: report.lines.position(span.start).line,
      endLine: report.lines.position(span.end).line,
      kind: FoldingRangeKind.Region,
    }))
    .filter(({ startLine, endLine }) => startLine < endLine);
}

export async function documentLinks(session: Session, document: OpenDocument): Promise<DocumentLink[] | null> {
  const report = await session.reportOf(document);
  const links = report.conf !== null ? confLinks(report) : stackLinks(report);
  return links.map(({ span, path }) => ({
    range: toRange(report.lines, span, session.documents.encoding),
    target: uriOf(session, path),
  }));
}
