import { locate, planEdit } from "../../documents/imageUse.ts";
import type { Fix } from "../../finding.ts";
import { parseImageReference, type ReferenceFault } from "../../parse/imageReference.ts";
import { spanOf } from "../../text.ts";
import type { Draft, Rule } from "../rule.ts";

/** Somebody's template: what stands there is filled in before Docker sees it. */
const TEMPLATE = /\{\{|\{%|<%|<[A-Za-z_][^>]*>|%%\w+%%|@[A-Za-z_]\w*@|\$[({A-Za-z_]/;

/** Only references that mean a cache are ours to judge; the rest belongs to Docker's own tools. */
const MEANS_A_CACHE = /redis|valkey|dragonfly|keydb|memcached|garnet|kvrocks|redict/i;

/** A reference of the engine that is meant. */
function example(value: string): string {
  if (/valkey/i.test(value)) return "valkey/valkey:9.0";
  if (/memcached/i.test(value)) return "memcached:1.6";
  return "redis:8.2";
}

const FAULTS: Readonly<Record<ReferenceFault, string>> = {
  empty: "it is empty",
  whitespace: "it contains a blank",
  "empty-tag": "the tag behind the colon is missing",
  "bad-tag": "a tag holds letters, digits, dots, dashes and underscores, at most 128 of them",
  "bad-digest": "a digest is sha256: and 64 hexadecimal digits",
  "uppercase-repository": "the name of a repository is written in lower case",
  "invalid-format": "it has the form [registry/]name[:tag][@digest]",
};

export const invalidReference: Rule = {
  meta: {
    id: "image/invalid-reference",
    title: "Not an image reference",
    severity: "error",
    sources: [
      { source: "https://github.com/distribution/reference/blob/0965666a6ade/reference.go", asOf: "2026-04-18" },
    ],
  },
  check: (context) => {
    const drafts: Draft[] = [];
    const hasSyntaxProblem = context.extraction.problems.some(({ kind }) => kind === "syntax");
    for (const { use, read } of context.invalid) {
      const { value } = use.resolved;
      if (read.kind !== "invalid" || !MEANS_A_CACHE.test(value) || TEMPLATE.test(value)) continue;
      const whole = spanOf(0, value.length);
      const span = use.split ? use.span : locate(use, whole);
      // An empty default (`redis:${TAG:-}`) waits for the shell; a quote that was never closed is told as what it is.
      if (read.fault === "empty-tag" && use.resolved.pieces.length > 1) continue;
      if (hasSyntaxProblem && /[\r\n]/.test(context.source.text.slice(span.start, span.end))) continue;
      const fixes: Fix[] = [];
      const lower = value.toLowerCase();
      const isMended = read.fault === "uppercase-repository" && parseImageReference(lower).valid;
      const edit = isMended ? planEdit(use, context.source.path, context.source.text, whole, lower) : null;
      if (edit !== null) fixes.push({ title: `Write ${lower}`, safe: false, preferred: true, edits: [edit] });
      drafts.push({
        span,
        message: `This is not an image reference, so nothing can be pulled: ${FAULTS[read.fault]}. Write for example ${example(value)}.`,
        fixes,
      });
    }
    return drafts;
  },
};
