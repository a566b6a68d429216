import { locate, planEdit } from "../../documents/imageUse.ts";
import type { Fix } from "../../finding.ts";
import type { ReferenceFault } from "../../parse/imageReference.ts";
import { spanOf } from "../../text.ts";
import type { Draft, Rule } from "../rule.ts";

/** Only references that mean a cache are ours to judge; the rest belongs to Docker's own tools. */
const MEANS_A_CACHE = /redis|valkey|dragonfly|keydb|memcached|garnet|kvrocks|redict/i;

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
    for (const { use, read } of context.used) {
      const { value } = use.resolved;
      if (read.kind !== "invalid" || !MEANS_A_CACHE.test(value)) continue;
      const whole = spanOf(0, value.length);
      const fixes: Fix[] = [];
      const edit =
        read.fault === "uppercase-repository"
          ? planEdit(use, context.source.path, context.source.text, whole, value.toLowerCase())
          : null;
      if (edit !== null)
        fixes.push({ title: `Write ${value.toLowerCase()}`, safe: false, preferred: true, edits: [edit] });
      drafts.push({
        span: locate(use, whole),
        message: `This is not an image reference, so nothing can be pulled: ${FAULTS[read.fault]}. Write for example redis:8.2.`,
        fixes,
      });
    }
    return drafts;
  },
};
