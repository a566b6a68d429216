/**
 * All files of the workspace, open or not. Editors ask every two seconds: what has not changed is answered from small records,
 * and other requests come through while the rest is checked.
 */
import type { Diagnostic, WorkspaceDocumentDiagnosticReport } from "vscode-languageserver";
import { mayBeOurs, type Report } from "../core/index.ts";
import { type ClientAbilities, uriOf } from "./convert.ts";
import { diagnosticsOf, pulled, resultId } from "./diagnostics.ts";
import type { LongWork } from "./longWork.ts";
import { nextTurn } from "./runSafe.ts";
import type { Made, Session } from "./session.ts";
import { uriToPath } from "./uris.ts";

/** More files than this are not looked at as a whole; each is still checked when it is opened. */
const MAX_FILES = 20_000;
/** Files that are read together: where the client reads, each costs a round trip. */
const READ_TOGETHER = 32;
/** Work without a look at waiting messages, in milliseconds. */
const SLICE_MS = 20;

export interface WorkspaceFile {
  readonly path: string;
  readonly report: Report;
}

/** What is kept of a closed file: enough to answer again while nothing that it depends on has changed. */
interface Record extends Made {
  readonly report: Pick<Report, "dependsOn" | "source">;
  /** `null`: no file of ours. */
  readonly diagnostics: readonly Diagnostic[] | null;
}

export class WorkspaceCheck {
  readonly #session: Session;
  readonly #records = new Map<string, Record>();
  #paths: { readonly stamp: number; readonly list: readonly string[] } | null = null;

  constructor(session: Session) {
    this.#session = session;
  }

  /** Every file with its report, for those who want to see all of them once. */
  async reports(work: LongWork): Promise<WorkspaceFile[]> {
    const files: WorkspaceFile[] = [];
    await this.#eachPath(work, async (path) => {
      const report = await this.#report(path);
      if (report !== null && report.kind !== null) files.push({ path, report });
    });
    return files;
  }

  /** The answer to a workspace pull: every file of ours, in full only where it differs from `previous` (URI to result id). */
  async pull(
    abilities: ClientAbilities,
    previous: ReadonlyMap<string, string>,
    work: LongWork,
  ): Promise<WorkspaceDocumentDiagnosticReport[]> {
    const ids = new Map([...previous].map(([uri, id]) => [uriToPath(uri), { uri, id }]));
    const items: WorkspaceDocumentDiagnosticReport[] = [];
    const told = new Set<string>();
    await this.#eachPath(work, async (path) => {
      const open = this.#session.documents.atPath(path);
      const known = ids.get(path);
      const uri = open?.uri ?? known?.uri ?? uriOf(this.#session, path);
      if (open !== undefined) {
        const report = await this.#session.reportOf(open);
        if (report.kind === null) return;
        told.add(path);
        items.push({
          ...pulled(this.#session, report, abilities, known?.id),
          uri,
          version: open.version,
        } as WorkspaceDocumentDiagnosticReport);
        return;
      }
      const diagnostics = await this.#diagnostics(path, abilities);
      if (diagnostics === null) return;
      told.add(path);
      const id = resultId(diagnostics);
      if (id === known?.id) items.push({ kind: "unchanged", uri, version: null, resultId: id });
      else items.push({ kind: "full", uri, version: null, resultId: id, items: [...diagnostics] });
    });
    if (work.isCancelled()) return items;
    // What was told before and is gone, or is no file of ours any more, is cleared. So is a closed document that is in no folder, or was
    // deleted meanwhile: editors keep what they show of it until the workspace says otherwise.
    const gone = new Map([
      ...this.#session.documents.takeClosed(),
      ...[...ids].map(([path, { uri }]) => [path, uri] as const),
    ]);
    for (const [path, uri] of gone) {
      if (!told.has(path) && this.#session.documents.atPath(path) === undefined)
        items.push({ kind: "full", uri, version: null, items: [], resultId: "" });
    }
    return items;
  }

  async #eachPath(work: LongWork, visit: (path: string) => Promise<void>): Promise<void> {
    let sliceStart = performance.now();
    const paths = [...(await this.#list())];
    const listed = new Set(paths);
    // Grows while it is walked: by tables, whose names say nothing; files that were visited before named them.
    for (const [i, path] of paths.entries()) {
      if (work.isCancelled()) return;
      if (i % READ_TOGETHER === 0) await this.#read(paths.slice(i, i + READ_TOGETHER));
      await visit(path);
      work.tell(i + 1, paths.length);
      if (performance.now() - sliceStart > SLICE_MS) {
        await nextTurn();
        sliceStart = performance.now();
      }
      if (i === paths.length - 1) {
        const found = this.#session.tables.filter((table) => !listed.has(table));
        for (const table of found) listed.add(table);
        paths.push(...found);
      }
    }
  }

  /** Loads the texts that are missing for an answer. */
  async #read(paths: readonly string[]): Promise<void> {
    const { files } = this.#session;
    const missing = paths.filter((path) => files.read(path) === undefined && !this.#isKnown(path));
    if (missing.length > 0) await files.load(missing, []);
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

  async #diagnostics(path: string, abilities: ClientAbilities): Promise<readonly Diagnostic[] | null> {
    const known = this.#records.get(path);
    if (known !== undefined && this.#isKnown(path)) return known.diagnostics;
    const made = { stamp: this.#session.stamp, day: this.#session.today };
    const report = await this.#report(path);
    const diagnostics =
      report === null || report.kind === null ? null : diagnosticsOf(this.#session, report, abilities);
    const source = { path, text: "", languageId: null };
    if (report !== null)
      this.#records.set(path, { ...made, report: { dependsOn: report.dependsOn, source }, diagnostics });
    return diagnostics;
  }

  async #report(path: string): Promise<Report | null> {
    const session = this.#session;
    const open = session.documents.atPath(path);
    if (open !== undefined) return session.reportOf(open);
    if (session.files.read(path) === undefined) await session.files.load([path], []);
    const text = session.files.read(path);
    if (typeof text !== "string") return null;
    const report = await session.check(path, text, null, uriOf(session, path));
    // The record is enough; an editor that opened the file meanwhile keeps what it has.
    if (session.documents.atPath(path) === undefined) session.forgetReport(path);
    return report;
  }
}
