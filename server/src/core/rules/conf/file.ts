/** What is wrong with a configuration file, as drafts of its rules. */
import { type ConfChecker, type ConfProblem, placed } from "../../conf/index.ts";
import { holdsPlaceholder } from "../../conf/template.ts";
import type { SourceText } from "../../documents/extraction.ts";
import type { FolderIndex } from "../../documents/folderIndex.ts";
import { type ConfLoading, isServerKnown } from "../../model/confTarget.ts";
import type { Draft, RuleMeta } from "../rule.ts";
import { withHonestFixes } from "./honestFixes.ts";
import { confDraft } from "./metas.ts";

export class ConfFileRule {
  readonly #conf: ConfChecker;
  readonly #index: FolderIndex;
  readonly #known = new WeakMap<ConfProblem, ConfProblem>();

  constructor(conf: ConfChecker, index: FolderIndex) {
    this.#conf = conf;
    this.#index = index;
  }

  drafts({ path, text }: SourceText, loading: ConfLoading): { readonly meta: RuleMeta; readonly draft: Draft }[] {
    const { target, isWhole, isAcl, isSentinel } = loading;
    const options = { target, mode: isSentinel ? "sentinel" : "server", isWhole } as const;
    const isFilledIn = !isServerKnown(loading) && this.#index.pieces.of(text, path).some(holdsPlaceholder);
    const isTold = (written: string, { span }: ConfProblem): boolean =>
      !isFilledIn || !holdsPlaceholder(lineAt(written, span.start));
    if (isAcl) {
      const problems = this.#conf.checkAcl(text, options);
      return problems.filter((problem) => isTold(text, problem)).map((problem) => confDraft(path, problem));
    }
    const drafts: { readonly meta: RuleMeta; readonly draft: Draft }[] = [];
    for (const { problem, place, related } of this.#conf.checkPieces(text, options, path)) {
      const written = place?.piece.text ?? text;
      if (!isTold(written, problem)) continue;
      const honest = this.#honest(problem, written, options);
      drafts.push(confDraft(path, placed({ problem: honest, place, related })));
    }
    return drafts;
  }

  /** A problem is the same object as long as its piece of the file reads the same. */
  #honest(problem: ConfProblem, text: string, options: Parameters<typeof withHonestFixes>[3]): ConfProblem {
    if (problem.severity !== "error") return problem;
    let honest = this.#known.get(problem);
    if (honest === undefined) {
      honest = withHonestFixes(problem, text, this.#conf, options);
      this.#known.set(problem, honest);
    }
    return honest;
  }
}

function lineAt(text: string, offset: number): string {
  const end = text.indexOf("\n", offset);
  return text.slice(text.lastIndexOf("\n", offset - 1) + 1, end === -1 ? undefined : end);
}
