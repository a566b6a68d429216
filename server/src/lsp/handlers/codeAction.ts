/** Quick fixes, rewrites and "fix all": findings are computed anew, nothing that the client sends back is trusted. */
import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Diagnostic,
  LSPErrorCodes,
  ResponseError,
} from "vscode-languageserver";
import { type Finding, FixTrial, PRODUCT, type Report, rewritesEnv, suppressActions } from "../../core/index.ts";
import { type ClientAbilities, toCodeAction, toSuppressAction, toWorkspaceEdit } from "../convert.ts";
import type { OpenDocument } from "../documents.ts";
import { FIX_ALL_KIND } from "../handshake.ts";
import { toOffset } from "../positions.ts";
import type { Session } from "../session.ts";

/** Kinds are prefixes: `source` asks for `source.fixAll.cacheCompat`, too. */
function isWanted(kind: string, only: readonly string[] | undefined): boolean {
  return only === undefined || only.some((wanted) => kind === wanted || kind.startsWith(`${wanted}.`) || wanted === "");
}

export async function codeActions(
  session: Session,
  document: OpenDocument,
  { range, context }: CodeActionParams,
  abilities: ClientAbilities,
): Promise<CodeAction[]> {
  const report = await session.reportOf(document);
  const trial = await trialOf(session, document, report);
  // Edits are made for a version; the text has another one by now.
  if (session.documents.get(document.uri) !== document) {
    throw new ResponseError(LSPErrorCodes.ContentModified, "the document changed meanwhile");
  }
  const { encoding } = session.documents;
  const actions: CodeAction[] = [];
  if (isWanted(CodeActionKind.QuickFix, context.only)) {
    const start = toOffset(report.lines, range.start, encoding);
    const end = toOffset(report.lines, range.end, encoding);
    // What ends in a gap is shown behind it.
    const shownEnd = (offset: number): number => report.lines.offset(report.lines.position(offset));
    const touched = askedFor(
      report.findings.filter(({ span }) => span.start <= end && start <= shownEnd(span.end)),
      context.diagnostics,
    );
    for (const finding of touched)
      for (const fix of trial.proven(finding)) actions.push(toCodeAction(session, report, finding, fix, abilities));
    // Behind what repairs: to look away is the last resort.
    actions.push(...silencing(session, report, touched, abilities));
  }
  if (report.env !== null && isWanted(CodeActionKind.RefactorRewrite, context.only)) {
    for (const { title, edits } of rewritesEnv(report.env, toOffset(report.lines, range.start, encoding))) {
      const edit = toWorkspaceEdit(session, report, edits, abilities);
      actions.push({ title, kind: CodeActionKind.RefactorRewrite, edit });
    }
  }
  // Only when asked for by its kind: editors ask so on save, and would otherwise list it in every menu.
  if (context.only !== undefined && isWanted(FIX_ALL_KIND, context.only)) {
    const action = fixAll(session, report, trial, abilities);
    if (action !== null)
      actions.push(
        abilities.resolveEdit ? { title: action.title, kind: FIX_ALL_KIND, data: { uri: document.uri } } : action,
      );
  }
  return actions;
}

/** Ways to ignore the findings, each told once. */
function silencing(
  session: Session,
  report: Report,
  findings: readonly Finding[],
  abilities: ClientAbilities,
): CodeAction[] {
  const actions = new Map<string, CodeAction>();
  for (const finding of findings) {
    for (const silence of suppressActions(report, finding, session.files)) {
      const key = `${silence.title} ${silence.edit.span.start}`;
      const action = actions.has(key) ? null : toSuppressAction(session, report, finding, silence, abilities);
      if (action !== null) actions.set(key, action);
    }
  }
  return [...actions.values()];
}

/** Those that the client names, where it names any of them: others may stand at the same place. */
function askedFor(findings: readonly Finding[], diagnostics: readonly Diagnostic[]): readonly Finding[] {
  const given = Array.isArray(diagnostics) ? diagnostics : [];
  const named = findings.filter(({ rule, message }) =>
    given.some((one) => one?.source === PRODUCT && one.code === rule && one.message === message),
  );
  return named.length > 0 ? named : findings;
}

/** What tries the fixes of a report before they are offered. */
async function trialOf(session: Session, document: OpenDocument, report: Report): Promise<FixTrial> {
  const judging = await session.judging(document.path, document.uri);
  return new FixTrial(session.checker, { ...judging, source: report.source, today: session.today }, report);
}

/** All fixes that may be applied unseen and hold together, in one edit; `null` when there is none. */
function fixAll(session: Session, report: Report, trial: FixTrial, abilities: ClientAbilities): CodeAction | null {
  const edits = [...trial.safeEdits().values()].flat();
  if (edits.length === 0) return null;
  return {
    title: "Fix all that can be fixed unseen (Cache Compat)",
    kind: FIX_ALL_KIND,
    edit: toWorkspaceEdit(session, report, edits, abilities),
  };
}

export async function resolveCodeAction(
  session: Session,
  action: CodeAction,
  abilities: ClientAbilities,
): Promise<CodeAction> {
  const uri = (action.data as { uri?: unknown } | undefined)?.uri;
  const document = typeof uri === "string" ? session.documents.get(uri) : undefined;
  if (document === undefined || action.edit !== undefined) return action;
  const report = await session.reportOf(document);
  const fixed = fixAll(session, report, await trialOf(session, document, report), abilities);
  return fixed?.edit === undefined ? action : { ...action, edit: fixed.edit };
}
