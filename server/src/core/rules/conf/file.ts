/** What is wrong with a configuration file, as drafts of its rules. */
import { type ConfChecker, type ConfProblem, type PlacedProblem, placed } from "../../conf/index.ts";
import { holdsPlaceholder } from "../../conf/template.ts";
import type { SourceText } from "../../documents/extraction.ts";
import { type ConfLoading, isServerKnown } from "../../model/confTarget.ts";
import type { Draft, RuleMeta } from "../rule.ts";
import { withHonestFixes } from "./honestFixes.ts";
import { confDraft } from "./metas.ts";

/** What is found out of a problem and its line alone. A problem is the same object as long as its piece of the file reads the same. */
interface Known {
  readonly honest: ConfProblem;
  readonly holdsPlaceholder: boolean;
}

export class ConfFileRule {
  readonly #conf: ConfChecker;
  readonly #known = new WeakMap<ConfProblem, Known>();

  constructor(conf: ConfChecker) {
    this.#conf = conf;
  }

  drafts({ path, text }: SourceText, loading: ConfLoading): { readonly meta: RuleMeta; readonly draft: Draft }[] {
    const { target, isWhole, isAcl, isSentinel } = loading;
    const options = { target, mode: isSentinel ? "sentinel" : "server", isWhole } as const;
    if (isAcl) {
      const told = this.#conf
        .checkAcl(text, options)
        .map((problem) => ({ problem, place: null, related: problem.related }));
      return told
        .filter(({ problem }) => isServerKnown(loading) || !holdsPlaceholder(lineAt(text, problem.span.start)))
        .map((one) => confDraft(path, placed(one)));
    }
    const drafts: { readonly meta: RuleMeta; readonly draft: Draft }[] = [];
    for (const one of this.#conf.checkPieces(text, options, path)) {
      const known = this.#of(one, text, options);
      if (!isServerKnown(loading) && known.holdsPlaceholder) continue;
      drafts.push(confDraft(path, placed({ ...one, problem: known.honest })));
    }
    return drafts;
  }

  #of({ problem, place }: PlacedProblem, text: string, options: Parameters<typeof withHonestFixes>[3]): Known {
    const known = this.#known.get(problem);
    if (known !== undefined) return known;
    const written = place?.piece.text ?? text;
    const found = {
      honest: withHonestFixes(problem, written, this.#conf, options),
      holdsPlaceholder: holdsPlaceholder(lineAt(written, problem.span.start)),
    };
    this.#known.set(problem, found);
    return found;
  }
}

function lineAt(text: string, offset: number): string {
  const end = text.indexOf("\n", offset);
  return text.slice(text.lastIndexOf("\n", offset - 1) + 1, end === -1 ? undefined : end);
}
