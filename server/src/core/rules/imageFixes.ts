/** Quick fixes that put another tag in place: one shape for all rules. */
import type { Catalog } from "../catalog/catalog.ts";
import { readsDumpOf } from "../catalog/dumps.ts";
import { definitionOf, planEdit } from "../documents/imageUse.ts";
import type { Fix } from "../finding.ts";
import type { AppVerdict, JudgedImage } from "../model/judgement.ts";
import type { KnownImage } from "../model/knownImage.ts";
import type { Replacement, Replacements } from "../model/replacement.ts";
import { spanOf } from "../text.ts";
import type { RuleContext } from "./rule.ts";

/** The reason where no app is declared. */
export const MAINTAINED = "maintained by its publisher";

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
  // A variable that other texts use, too, moves them as well: then somebody has to look.
  const isShared =
    edit.path !== context.source.path &&
    usesOf(context.source.text, definitionOf(image.use, tagRange ?? nameRange)?.name ?? "") > 1;
  const outlook = lineOutlook(context.catalog, image.judgedAs, replacement.line, context.asOf);
  // "maintained until …" says more than "maintained".
  const reasons = [why === MAINTAINED && outlook !== null ? null : why, outlook, noWayBack(context, image, replacement)]
    .filter((reason) => reason !== null)
    .join("; ");
  return {
    title: `Use ${nameOf(image)} ${replacement.tag} (${reasons})`,
    safe: replacement.safe && !isShared,
    preferred,
    edits: [edit],
  };
}

/** The new server writes files that the present one does not read: told where the service keeps its data. Short: a menu has little room. */
function noWayBack({ keepers }: RuleContext, { use, judgedAs, line }: KnownImage, to: Replacement): string | null {
  if (line === null || !use.services.some((service) => keepers.has(service))) return null;
  const isReadable = readsDumpOf({ engine: judgedAs, line }, { engine: judgedAs, line: to.line });
  return isReadable === false ? `no way back to ${line}` : null;
}

function usesOf(text: string, name: string): number {
  return name === "" ? 0 : [...text.matchAll(new RegExp(`\\$\\{?${name}\\b`, "g"))].length;
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

/** Another engine is never the preferred fix and never applied unseen: the data has to move as well. */
export function switchToValkey(context: RuleContext, { image }: JudgedImage, verdict: AppVerdict): Fix[] {
  const row =
    verdict.app.column === null
      ? undefined
      : context.catalog.supportedRows("mastodon", "valkey", verdict.app.column)[0];
  if (row === undefined || image.pinned) return [];
  const newText = `valkey/valkey:${row.label}`;
  const edit = planEdit(
    image.use,
    context.source.path,
    context.source.text,
    spanOf(0, image.use.resolved.value.length),
    newText,
  );
  return edit === null
    ? []
    : [
        {
          title: `Switch to ${newText} (${context.catalog.appName("mastodon")} ${verdict.app.column} supports it; the data does not move by itself)`,
          safe: false,
          preferred: false,
          edits: [edit],
        },
      ];
}
