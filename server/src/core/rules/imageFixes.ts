/** Quick fixes that put another tag in place: one shape for all rules. */
import type { Catalog } from "../catalog/catalog.ts";
import { planEdit } from "../documents/imageUse.ts";
import type { Fix } from "../finding.ts";
import type { KnownImage } from "../model/knownImage.ts";
import type { Replacement, Replacements } from "../model/replacement.ts";
import type { RuleContext } from "./rule.ts";

/** `redis 8.2-alpine`: the repository's own word in front of the tag. */
function nameOf(image: KnownImage): string {
  return image.reference.repository.split("/").at(-1) ?? image.engine;
}

/** `ends 2030-09-01`, `no end announced`: what a line is worth. */
export function lineOutlook(catalog: Catalog, engine: string, line: string, asOf: string): string | null {
  const end = catalog.lifecycles.byLine(engine, line)?.endOfLife;
  if (typeof end === "string") return end < asOf ? `ended ${end}` : `maintained until ${end}`;
  return end === false ? "no end of life announced" : null;
}

function tagFix(
  context: RuleContext,
  image: KnownImage,
  replacement: Replacement,
  preferred: boolean,
  why: string,
): Fix | null {
  const { tagRange, nameRange } = image.reference;
  const name = image.use.resolved.value.slice(nameRange.start, nameRange.end);
  const edit =
    tagRange === null
      ? planEdit(image.use, context.source.path, context.source.text, nameRange, `${name}:${replacement.tag}`)
      : planEdit(image.use, context.source.path, context.source.text, tagRange, replacement.tag);
  if (edit === null) return null;
  const outlook = lineOutlook(context.catalog, image.judgedAs, replacement.line, context.asOf);
  const reasons = [why, outlook].filter((reason) => reason !== null).join("; ");
  return {
    title: `Use ${nameOf(image)} ${replacement.tag} (${reasons})`,
    safe: replacement.safe,
    preferred,
    edits: [edit],
  };
}

/** The preferred fix first, then the other lines, each saying why. */
export function tagFixes(
  context: RuleContext,
  image: KnownImage,
  replacements: Replacements,
  why: { readonly preferred: string; readonly other: string },
  prefer = true,
): Fix[] {
  const first =
    replacements.preferred === null ? null : tagFix(context, image, replacements.preferred, prefer, why.preferred);
  const rest = replacements.others.map((other) => tagFix(context, image, other, false, why.other));
  return [first, ...rest].filter((fix) => fix !== null);
}
