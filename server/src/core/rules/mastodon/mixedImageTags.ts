import { compareVersions } from "../../catalog/version.ts";
import { planEdit } from "../../documents/imageUse.ts";
import type { Fix } from "../../finding.ts";
import type { AppImage } from "../../model/appVersion.ts";
import { readImage } from "../../model/knownImage.ts";
import { fullName } from "../../parse/imageReference.ts";
import type { Draft, Rule, RuleContext } from "../rule.ts";

function numbersOf(image: AppImage): string {
  return /^[\d.]+/.exec(image.version ?? "")?.[0] ?? "0";
}

const UPSTREAM = /^(?:ghcr\.io\/mastodon\/mastodon|docker\.io\/tootsuite\/mastodon)(?:-streaming)?$/;

function isUpstream(image: AppImage): boolean {
  const read = readImage(image.use);
  return read.kind === "reference" && UPSTREAM.test(fullName(read.reference));
}

/** The tag of the first image, where that is no step back. */
function sameTag(context: RuleContext, image: AppImage, first: AppImage): Fix[] {
  const { tag } = first;
  if (compareVersions(numbersOf(first), numbersOf(image)) <= 0 || first.version?.includes("-")) return [];
  const read = readImage(image.use);
  if (tag === null || read.kind !== "reference" || read.reference.tagRange === null || read.reference.digest !== null)
    return [];
  const edit = planEdit(image.use, context.source.path, context.source.text, read.reference.tagRange, tag);
  return edit === null
    ? []
    : [{ title: `Use ${tag}, as the first Mastodon image does`, safe: false, preferred: false, edits: [edit] }];
}

/** Web, streaming and jobs of one instance share a database and must run one release. Forks and rebuilt images count for themselves. */
export const mixedImageTags: Rule = {
  meta: {
    id: "mastodon/mixed-image-tags",
    title: "Services run different Mastodon versions",
    severity: "warning",
    sources: [{ source: "https://github.com/mastodon/mastodon/blob/main/docker-compose.yml", asOf: "2026-08-22" }],
  },
  check: (context) => {
    const drafts: Draft[] = [];
    if (context.kind !== "compose") return drafts;
    const images = context.appImages.filter(
      (image) => image.app === "mastodon" && image.version !== null && isUpstream(image),
    );
    const first = images[0];
    if (first === undefined || images.some(({ use }) => use.conditional)) return drafts;
    for (const image of images.slice(1)) {
      if (
        image.version === first.version ||
        isShorter(image.version, first.version) ||
        isShorter(first.version, image.version)
      )
        continue;
      drafts.push({
        span: image.span,
        message: `The ${image.use.owner} runs Mastodon ${image.version} and the ${first.use.owner} ${first.version}: the services of one instance share a database and must run one release. Use one tag for all.`,
        related: [
          { path: context.source.path, span: first.span, message: `The ${first.use.owner} runs ${first.version}.` },
        ],
        fixes: sameTag(context, image, first),
      });
    }
    return drafts;
  },
};

/** `4.5` may be any patch of 4.5: it does not differ from `4.5.1` for certain. */
function isShorter(a: string | null, b: string | null): boolean {
  return a !== null && b !== null && /^\d+\.\d+$/.test(a) && b.startsWith(`${a}.`);
}
