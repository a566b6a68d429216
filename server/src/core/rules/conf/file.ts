/** What is wrong with a configuration file, as drafts of its rules. */
import type { ConfChecker } from "../../conf/index.ts";
import { holdsPlaceholder } from "../../conf/template.ts";
import type { SourceText } from "../../documents/extraction.ts";
import { type ConfLoading, isServerKnown } from "../../model/confTarget.ts";
import type { Draft, RuleMeta } from "../rule.ts";
import { withHonestFixes } from "./honestFixes.ts";
import { confDraft } from "./metas.ts";

export function confFileDrafts(
  { path, text }: SourceText,
  loading: ConfLoading,
  conf: ConfChecker,
): { readonly meta: RuleMeta; readonly draft: Draft }[] {
  const { target, isWhole, isAcl, isSentinel } = loading;
  const options = { target, mode: isSentinel ? "sentinel" : "server", isWhole } as const;
  const problems = isAcl
    ? conf.checkAcl(text, options)
    : conf.check(text, options).map((problem) => withHonestFixes(problem, text, conf, options));
  const told = isServerKnown(loading)
    ? problems
    : problems.filter(({ span }) => !holdsPlaceholder(lineAt(text, span.start)));
  return told.map((problem) => confDraft(path, problem));
}

function lineAt(text: string, offset: number): string {
  const end = text.indexOf("\n", offset);
  return text.slice(text.lastIndexOf("\n", offset - 1) + 1, end === -1 ? undefined : end);
}
