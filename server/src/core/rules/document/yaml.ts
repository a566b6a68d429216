import { spanOf } from "../../text.ts";
import type { Rule, RuleContext } from "../rule.ts";

const YAML = [{ source: "https://yaml.org/spec/1.2.2/", asOf: "2021-10-01" }];

const NAMES_A_CACHE = /redis|valkey|dragonfly|keydb|memcached|garnet|kvrocks|redict/i;
const TEMPLATE = /\{%|<%|^[ \t]*\{\{/m;
/** The pattern looks at every line: most texts have nothing of the kind. */
const PARTS = ["{%", "<%", "{{"];

/** Only where a cache is at stake, and never in templates: the rest belongs to YAML's own tools. */
function isOurs({ kind, images, source }: RuleContext): boolean {
  if (PARTS.some((part) => source.text.includes(part)) && TEMPLATE.test(source.text)) return false;
  return images.length > 0 || (kind === "compose" && (NAMES_A_CACHE.test(source.text) || source.text.includes("\0")));
}

export const yamlSyntax: Rule = {
  meta: { id: "yaml/syntax", title: "Not valid YAML", severity: "error", sources: YAML },
  check: (context) => {
    const first = context.extraction.problems.find(({ kind }) => kind === "syntax");
    // The first fault says enough: what follows it is mostly its echo.
    return first !== undefined && isOurs(context)
      ? [
          {
            span: first.span,
            message: `${first.message.replace(/\.$/, "")}. ${context.kind === "compose" ? "Compose refuses the file" : "The file cannot be read"}, and what stands around this place may not be checked. Repair it first.`,
          },
        ]
      : [];
  },
};

export const yamlDuplicateKey: Rule = {
  meta: {
    id: "yaml/duplicate-key",
    title: "Key stands twice",
    severity: "error",
    sources: [
      ...YAML,
      { source: "https://github.com/compose-spec/compose-go/blob/e70e961c3a3a/loader/loader.go", asOf: "2026-07-21" },
    ],
  },
  check: (context) => {
    const problems = context.extraction.problems.filter(({ kind }) => kind === "duplicate-key");
    if (problems.length === 0 || !isOurs(context)) return [];
    return problems.map(({ span, message }) => ({
      // Helm takes the last one and goes on.
      ...(context.kind === "helm-values" ? { severity: "warning" as const } : {}),
      span,
      message: `${message} ${context.kind === "compose" ? "Compose refuses the file" : "One of the values is lost"}. Remove one of them.`,
    }));
  },
};

/** `tag: 7.0` is the number 7 to YAML: the chart asks for another image than the file seems to say. */
export const helmNumberTag: Rule = {
  meta: {
    id: "helm/number-tag",
    title: "Tag is read as a number",
    severity: "warning",
    sources: [{ source: "https://helm.sh/docs/chart_best_practices/values/#make-types-clear", asOf: "2026-08-22" }],
  },
  check: (context) =>
    context.extraction.numberTags.map(({ span, written, rendered }) => ({
      span,
      message: `YAML reads ${written} as the number ${rendered}, so the chart pulls the tag ${rendered}. Put the tag in quotes.`,
      fixes: [
        {
          title: `Write "${written}"`,
          safe: false,
          preferred: true,
          edits: [{ path: context.source.path, span: spanOf(span.start, span.end), newText: `"${written}"` }],
        },
      ],
    })),
};
