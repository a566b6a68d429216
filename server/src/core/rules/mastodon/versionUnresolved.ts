import type { Rule } from "../rule.ts";

/** An image of the app whose tag names no version, while nothing else declares one: the table is not asked, and that is said. */
export const versionUnresolved: Rule = {
  meta: {
    id: "mastodon/version-unresolved",
    title: "Mastodon version not fixed",
    severity: "information",
    sources: [
      {
        source: "https://github.com/mastodon/mastodon/blob/main/.github/workflows/build-nightly.yml",
        asOf: "2026-08-22",
      },
    ],
  },
  check: (context) => {
    // Told once per file, and only where a cache waits to be judged.
    if (context.images.length === 0 || context.apps.some(({ app }) => app === "mastodon")) return [];
    const image =
      context.appImages.find(({ app, secondary }) => app === "mastodon" && !secondary) ??
      context.appImages.find(({ app }) => app === "mastodon");
    if (image === undefined || image.version !== null || context.switchedOff.includes("mastodon")) return [];
    const isVariable = image.use.resolved.unresolved.length > 0;
    const what = isVariable
      ? "The tag comes from a variable that no file here sets"
      : image.tag === null
        ? "This image names no version"
        : `The tag ${image.tag} names no version`;
    return [
      {
        span: image.span,
        message: `${what}, so the caches here are not held against Mastodon's table. Pin a tag such as v4.5.16, or declare the version: "# cache-compat: mastodon=4.5" in this file, or in cache-compat.json.`,
      },
    ];
  },
};
