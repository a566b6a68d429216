/** Diagnostics, pulled by clients that can and pushed to the others; both tell the same. */
import type { Diagnostic, DocumentDiagnosticReport, WorkspaceDocumentDiagnosticReport } from "vscode-languageserver";
import { mayBeOurs, type Report } from "../core/index.ts";
import { type ClientAbilities, toDiagnostic, uriOf } from "./convert.ts";
import type { OpenDocument } from "./documents.ts";
import type { Session } from "./session.ts";

export function diagnosticsOf(session: Session, report: Report, abilities: ClientAbilities): Diagnostic[] {
  return report.findings.map((finding) => toDiagnostic(session, report, finding, abilities));
}

/** FNV-1a: the same answer has the same id, in every session. */
function resultId(diagnostics: readonly Diagnostic[]): string {
  const text = JSON.stringify(diagnostics);
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return `${(hash >>> 0).toString(16)}-${text.length}`;
}

export function pulled(
  session: Session,
  report: Report,
  abilities: ClientAbilities,
  previousId: string | undefined,
): DocumentDiagnosticReport {
  const items = diagnosticsOf(session, report, abilities);
  const id = resultId(items);
  return id === previousId ? { kind: "unchanged", resultId: id } : { kind: "full", resultId: id, items };
}

/** More files than this are not looked at as a whole; each is still checked when it is opened. */
const MAX_WORKSPACE_FILES = 20_000;

export interface WorkspaceFile {
  readonly path: string;
  readonly report: Report;
}

/** Checks every file of the workspace that may be ours, open or not. */
export async function checkWorkspace(session: Session, isCancelled: () => boolean): Promise<WorkspaceFile[]> {
  const results: WorkspaceFile[] = [];
  const seen = new Set<string>();
  for (const root of session.files.roots) {
    for (const path of await session.files.findFiles(root, MAX_WORKSPACE_FILES)) {
      if (isCancelled()) return results;
      if (seen.has(path) || !mayBeOurs(path)) continue;
      seen.add(path);
      const open = session.documents.atPath(path);
      const text = open?.text ?? (await loadText(session, path));
      if (text === null) continue;
      const report = await session.check(path, text, open?.languageId ?? null, uriOf(session, path));
      if (report.kind !== null) results.push({ path, report });
      // Files that are not open are forgotten again: the next look costs a read, memory stays bounded.
      if (open === undefined && report.findings.length === 0) session.forgetReport(path);
    }
  }
  return results;
}

async function loadText(session: Session, path: string): Promise<string | null> {
  if (session.files.read(path) === undefined) await session.files.load([path], []);
  return session.files.read(path) ?? null;
}

export async function pulledWorkspace(
  session: Session,
  abilities: ClientAbilities,
  previous: ReadonlyMap<string, string>,
  isCancelled: () => boolean,
): Promise<WorkspaceDocumentDiagnosticReport[]> {
  const files = await checkWorkspace(session, isCancelled);
  const items: WorkspaceDocumentDiagnosticReport[] = [];
  const told = new Set<string>();
  for (const { path, report } of files) {
    const uri = uriOf(session, path);
    told.add(uri);
    const version = session.documents.atPath(path)?.version ?? null;
    items.push({
      ...pulled(session, report, abilities, previous.get(uri)),
      uri,
      version,
    } as WorkspaceDocumentDiagnosticReport);
  }
  // What was told before and is gone, or is no file of ours any more, is cleared.
  for (const uri of previous.keys())
    if (!told.has(uri) && session.documents.get(uri) === undefined)
      items.push({ kind: "full", uri, version: null, items: [], resultId: "" });
  return items;
}

/** Waits for a pause in typing, then publishes, with the version that was judged. */
export class Publisher {
  readonly #publish: (document: OpenDocument) => Promise<void>;
  readonly #delayMs: number;
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(delayMs: number, publish: (document: OpenDocument) => Promise<void>) {
    this.#delayMs = delayMs;
    this.#publish = publish;
  }

  schedule(document: OpenDocument, read: () => OpenDocument | undefined): void {
    this.cancel(document.uri);
    this.#timers.set(
      document.uri,
      setTimeout(() => {
        this.#timers.delete(document.uri);
        const current = read();
        if (current !== undefined) void this.#publish(current);
      }, this.#delayMs),
    );
  }

  cancel(uri: string): void {
    clearTimeout(this.#timers.get(uri));
    this.#timers.delete(uri);
  }

  dispose(): void {
    for (const uri of [...this.#timers.keys()]) this.cancel(uri);
  }
}
