/**
 * All files of the workspace, open or not. Editors ask every two seconds, the view after every change: what has not changed is answered
 * from small records, and other requests come through while the rest is checked.
 */
import type { Diagnostic, WorkspaceDocumentDiagnosticReport } from "vscode-languageserver";
import { type Catalog, type FileUse, mayBeOurs, type Report, type Severity, usedIn } from "../core/index.ts";
import { type ClientAbilities, uriOf } from "./convert.ts";
import { diagnosticsOf, pulled, resultId } from "./diagnostics.ts";
import type { LongWork } from "./longWork.ts";
import { nextTurn } from "./runSafe.ts";
import type { Made, Session } from "./session.ts";
import { uriToPath } from "./uris.ts";

/** More files than this are not looked at as a whole; each is still checked when it is opened. */
const MAX_FILES = 20_000;
/** Files that are looked at together: while one waits for what is read, others go on. Where the client reads, each text costs a round trip. */
const AT_ONCE = 16;
/** Work without a look at waiting messages, in milliseconds. */
const SLICE_MS = 20;

/** What is to be known of a file of ours by those who look at all of them. */
export interface FileLook {
  readonly use: FileUse;
  /** Findings, by severity. */
  readonly told: Readonly<Record<Severity, number>>;
  readonly catalog: Catalog;
  readonly asOf: string;
  readonly noticeDays: number;
}

function lookOf(report: Report): FileLook {
  const told = { error: 0, warning: 0, information: 0, hint: 0 };
  for (const { severity } of report.findings) told[severity]++;
  const { catalog, asOf, noticeDays } = report;
  return { use: usedIn(report), told, catalog, asOf, noticeDays };
}

/** What is kept of a closed file: enough to answer again while nothing that it depends on has changed. */
interface Kept extends Made {
  readonly report: Pick<Report, "dependsOn" | "source">;
  /** `null`: no file of ours. */
  readonly answer: { readonly diagnostics: readonly Diagnostic[]; readonly look: FileLook } | null;
}

export class WorkspaceCheck {
  readonly #session: Session;
  readonly #abilities: () => ClientAbilities;
  readonly #records = new Map<string, Kept>();
  /** Documents that were closed since the editor was last told of everything, URI by path. */
  readonly #closed = new Map<string, string>();
  #paths: { readonly stamp: number; readonly list: readonly string[] } | null = null;

  constructor(session: Session, abilities: () => ClientAbilities) {
    this.#session = session;
    this.#abilities = abilities;
  }

  /** Every file of ours, for those who want to see all of them. */
  async looks(work: LongWork): Promise<FileLook[]> {
    const looks = await this.#eachPath(work, async (path) => {
      const open = this.#session.documents.atPath(path);
      if (open === undefined) return (await this.#answer(path))?.look ?? null;
      const report = await this.#session.reportOf(open);
      return report.kind === null ? null : lookOf(report);
    });
    return looks;
  }

  /** The answer to a workspace pull: every file of ours, in full only where it differs from `previous` (URI to result id). */
  async pull(previous: ReadonlyMap<string, string>, work: LongWork): Promise<WorkspaceDocumentDiagnosticReport[]> {
    const ids = new Map([...previous].map(([uri, id]) => [uriToPath(uri), { uri, id }]));
    for (const [path, uri] of this.#session.documents.takeClosed()) this.#closed.set(path, uri);
    const closed = new Map(this.#closed);
    const told = new Set<string>();
    const items = await this.#eachPath(work, async (path): Promise<WorkspaceDocumentDiagnosticReport | null> => {
      const open = this.#session.documents.atPath(path);
      const known = ids.get(path);
      const uri = open?.uri ?? known?.uri ?? uriOf(this.#session, path);
      if (open !== undefined) {
        const report = await this.#session.reportOf(open);
        if (report.kind === null) return null;
        told.add(path);
        const answer = pulled(this.#session, report, this.#abilities(), known?.id);
        return { ...answer, uri, version: open.version } as WorkspaceDocumentDiagnosticReport;
      }
      const answer = await this.#answer(path);
      if (answer === null) return null;
      const { diagnostics } = answer;
      told.add(path);
      const id = resultId(diagnostics);
      // An editor that closes a document while it is told about it may have dropped that and kept its id.
      return id === known?.id && !closed.has(path)
        ? { kind: "unchanged", uri, version: null, resultId: id }
        : { kind: "full", uri, version: null, resultId: id, items: [...diagnostics] };
    });
    if (work.isCancelled()) return items;
    // What was told before and is gone, or is no file of ours any more, is cleared. So is a closed document that is in no folder, or was
    // deleted meanwhile: editors keep what they show of it until the workspace says otherwise.
    for (const path of closed.keys()) this.#closed.delete(path);
    const gone = new Map([...closed, ...[...ids].map(([path, { uri }]) => [path, uri] as const)]);
    for (const [path, uri] of gone) {
      if (!told.has(path) && this.#session.documents.atPath(path) === undefined)
        items.push({ kind: "full", uri, version: null, items: [], resultId: "" });
    }
    return items;
  }

  /** What `visit` answers for each file, in their order; `null` is left out. */
  async #eachPath<T>(work: LongWork, visit: (path: string) => Promise<T | null>): Promise<T[]> {
    const paths = [...(await this.#list())];
    const listed = new Set(paths);
    const answers: (T | null)[] = [];
    let sliceStart = performance.now();
    let next = 0;
    let done = 0;
    const walk = async (): Promise<void> => {
      while (next < paths.length && !work.isCancelled()) {
        if (performance.now() - sliceStart > SLICE_MS) {
          await nextTurn();
          sliceStart = performance.now();
          continue;
        }
        const at = next++;
        answers[at] = await visit(paths[at] as string);
        work.tell(++done, paths.length);
      }
    };
    while (next < paths.length && !work.isCancelled()) {
      await Promise.all(Array.from({ length: AT_ONCE }, walk));
      // More than were listed: tables, whose names say nothing; files that were visited before named them.
      const found = this.#session.tables.filter((table) => !listed.has(table));
      for (const table of found) listed.add(table);
      paths.push(...found);
    }
    return answers.filter((answer) => answer != null);
  }

  /** True while the record of a closed file holds. */
  #isKnown(path: string): boolean {
    const known = this.#records.get(path);
    return known !== undefined && this.#session.isFresh(known.report, known) && !this.#session.hasChanged(path, known);
  }

  /** The files of ours, walked anew after one appeared or went away. */
  async #list(): Promise<readonly string[]> {
    const stamp = this.#session.treeStamp;
    if (this.#paths === null || this.#paths.stamp !== stamp) {
      const found = new Set<string>();
      for (const root of this.#session.files.roots) {
        for (const path of await this.#session.files.findFiles(root, MAX_FILES)) if (mayBeOurs(path)) found.add(path);
      }
      this.#paths = { stamp, list: [...found] };
      for (const path of this.#records.keys())
        if (!found.has(path) && !this.#session.tables.includes(path)) this.#records.delete(path);
    }
    return this.#paths.list;
  }

  async #answer(path: string): Promise<Kept["answer"]> {
    const known = this.#records.get(path);
    if (known !== undefined && this.#isKnown(path)) return known.answer;
    const made = { stamp: this.#session.stamp, day: this.#session.today };
    const report = await this.#check(path);
    if (report === null) return null;
    const answer =
      report.kind === null
        ? null
        : { diagnostics: diagnosticsOf(this.#session, report, this.#abilities()), look: lookOf(report) };
    const source = { path, text: "", languageId: null };
    this.#records.set(path, { ...made, report: { dependsOn: report.dependsOn, source }, answer });
    return answer;
  }

  /** `null`: no text. */
  async #check(path: string): Promise<Report | null> {
    const session = this.#session;
    if (session.files.read(path) === undefined) await session.files.load([path], []);
    const text = session.files.read(path);
    if (typeof text !== "string") return null;
    const report = await session.check({ path, text }, null, uriOf(session, path));
    // The record is enough; an editor that opened the file meanwhile keeps what it has.
    if (session.documents.atPath(path) === undefined) session.forgetReport(path);
    return report;
  }
}
