import type { Rule } from "../rule.ts";

/** Redis left the BSD licence with 7.4. A matter of taste and lawyers, so it is told only to those who switch it on. */
export const licence: Rule = {
  meta: {
    id: "image/licence",
    title: "Licence changed",
    severity: "hint",
    offByDefault: true,
    sources: [
      {
        source:
          "https://github.com/endoflife-date/endoflife.date/blob/a70eca337600e7d721dc48112c271f98661d208b/products/redis.md",
        asOf: "2026-08-22",
      },
    ],
  },
  isPerImage: true,
  check: (context) =>
    context.images.flatMap(({ image }) => {
      if (image.tag.kind !== "release") return [];
      const found = context.catalog.lifecycles.licence(image.judgedAs, image.tag.version);
      if (found === null || found.licence.startsWith("BSD")) return [];
      return [
        {
          span: image.span,
          message: `${context.catalog.engineName(image.judgedAs)} ${image.line} is licensed under ${found.licence}; up to 7.2 it was BSD-3-Clause. Valkey keeps that licence.`,
        },
      ];
    }),
};
