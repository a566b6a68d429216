/** Findings of the core to diagnostics and edits of the protocol. */
import {
  type CodeAction,
  CodeActionKind,
  type CreateFile,
  type Diagnostic,
  DiagnosticSeverity,
  DiagnosticTag,
  type TextDocumentEdit,
  type WorkspaceEdit,
} from "vscode-languageserver";
import {
  type Finding,
  type Fix,
  LineIndex,
  PRODUCT,
  type Report,
  ruleDocs,
  type Severity,
  type SuppressAction,
  settled,
  type TextEdit,
  withoutGaps,
} from "../core/index.ts";
import { toRange } from "./positions.ts";
import type { Session } from "./session.ts";
import { pathToUri } from "./uris.ts";

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

const TAGS = { deprecated: DiagnosticTag.Deprecated, unnecessary: DiagnosticTag.Unnecessary } as const;

/** What the client can take. */
export interface ClientAbilities {
  readonly relatedInformation: boolean;
  readonly codeDescription: boolean;
  readonly tags: boolean;
  readonly documentChanges: boolean;
  readonly markdown: boolean;
  readonly resolveEdit: boolean;
  /** Edits with places to fill in. */
  readonly snippetEdits: boolean;
  /** Edits that make a file. */
  readonly createFiles: boolean;
  /** Progress that the server begins. */
  readonly progress: boolean;
}

/** The URI under which the client knows a path. */
export function uriOf(session: Session, path: string): string {
  return session.documents.atPath(path)?.uri ?? pathToUri(path);
}

function linesOf(session: Session, report: Report, path: string): LineIndex {
  if (path === report.source.path) return report.lines;
  return session.documents.atPath(path)?.lines ?? new LineIndex(session.files.read(path) ?? "");
}

function textOf(session: Session, report: Report, path: string): string {
  const open = path === report.source.path ? report.source : session.documents.atPath(path);
  return open?.text ?? session.files.read(path) ?? "";
}

export function toDiagnostic(
  session: Session,
  report: Report,
  finding: Finding,
  abilities: ClientAbilities,
): Diagnostic {
  const encoding = session.documents.encoding;
  const diagnostic: Diagnostic = {
    range: toRange(report.lines, finding.span, encoding),
    severity: SEVERITIES[finding.severity],
    code: finding.rule,
    source: PRODUCT,
    message: finding.message,
  };
  if (abilities.codeDescription) diagnostic.codeDescription = { href: ruleDocs(finding.rule) };
  if (abilities.tags && finding.tag !== undefined) diagnostic.tags = [TAGS[finding.tag]];
  if (abilities.relatedInformation && finding.related.length > 0) {
    diagnostic.relatedInformation = finding.related.map(({ path, span, message }) => ({
      location: { uri: uriOf(session, path), range: toRange(linesOf(session, report, path), span, encoding) },
      message,
    }));
  }
  return diagnostic;
}

export function toWorkspaceEdit(
  session: Session,
  report: Report,
  edits: readonly TextEdit[],
  abilities: ClientAbilities,
): WorkspaceEdit {
  const byPath = new Map<string, TextEdit[]>();
  for (const edit of edits) byPath.set(edit.path, [...(byPath.get(edit.path) ?? []), edit]);
  const files = [...byPath].map(([path, list]) => {
    const [read, own] = [textOf(session, report, path), linesOf(session, report, path)];
    // As the client has it.
    const text = withoutGaps(read);
    const lines = text === read ? own : new LineIndex(text);
    const real = list.map(({ span, newText }) => ({
      span: { start: lines.offset(own.position(span.start)), end: lines.offset(own.position(span.end)) },
      newText: withoutGaps(newText),
    }));
    const lowest = real.reduce((a, b) => (b.span.end >= a.span.end ? b : a));
    const textEdits = real.map((edit) => {
      const { span, newText } = edit === lowest ? settled(text, edit) : edit;
      return { range: toRange(lines, span, session.documents.encoding), newText };
    });
    return { uri: uriOf(session, path), version: session.documents.atPath(path)?.version ?? null, edits: textEdits };
  });
  if (!abilities.documentChanges)
    return { changes: Object.fromEntries(files.map(({ uri, edits: list }) => [uri, list])) };
  return {
    documentChanges: files.map(
      ({ uri, version, edits: list }): TextDocumentEdit => ({ textDocument: { uri, version }, edits: list }),
    ),
  };
}

export function toCodeAction(
  session: Session,
  report: Report,
  finding: Finding,
  fix: Fix,
  abilities: ClientAbilities,
): CodeAction {
  return {
    title: fix.title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [toDiagnostic(session, report, finding, abilities)],
    ...(fix.preferred ? { isPreferred: true } : {}),
    edit: toWorkspaceEdit(session, report, fix.edits, abilities),
  };
}

/** `null` where the client cannot do it. */
export function toSuppressAction(
  session: Session,
  report: Report,
  finding: Finding,
  { title, edit, snippet, creates }: SuppressAction,
  abilities: ClientAbilities,
): CodeAction | null {
  if (creates && !abilities.createFiles) return null;
  const uri = uriOf(session, edit.path);
  let workspaceEdit = toWorkspaceEdit(session, report, [edit], abilities);
  if (creates) {
    const create: CreateFile = { kind: "create", uri, options: { ignoreIfExists: true } };
    workspaceEdit = { documentChanges: [create, ...(workspaceEdit.documentChanges ?? [])] };
  } else if (snippet !== null && abilities.snippetEdits) {
    const span = { start: snippet.at, end: snippet.at };
    const range = toRange(linesOf(session, report, edit.path), span, session.documents.encoding);
    const textDocument = { uri, version: session.documents.atPath(edit.path)?.version ?? null };
    const edits = [{ range, snippet: { kind: "snippet" as const, value: snippet.value } }];
    workspaceEdit = { documentChanges: [{ textDocument, edits }] };
  }
  const diagnostics = [toDiagnostic(session, report, finding, abilities)];
  return { title, kind: CodeActionKind.QuickFix, diagnostics, edit: workspaceEdit };
}
