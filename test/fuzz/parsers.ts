// Each parser by itself, over texts of any kind: it gives a result, and the places in it lie inside of the text.

import { parseConf } from "../../server/src/core/conf/parser.ts";
import { extractDockerfile } from "../../server/src/core/documents/dockerfile.ts";
import { DIALECTS } from "../../server/src/core/env/dialect.ts";
import { LineIndex, type Span } from "../../server/src/core/index.ts";
import { readComments } from "../../server/src/core/model/comments.ts";
import { readProjectSettings } from "../../server/src/core/model/projectFile.ts";
import { readEnvFile } from "../../server/src/core/parse/envFile.ts";
import { parseImageReference } from "../../server/src/core/parse/imageReference.ts";
import { parseTemplate, resolveTemplate } from "../../server/src/core/parse/interpolation.ts";
import { JsonPlaces } from "../../server/src/core/parse/jsonPlaces.ts";
import { shellCommands } from "../../server/src/core/parse/shell.ts";
import { parseYaml, type YamlNode } from "../../server/src/core/parse/yamlTree.ts";
import { checker } from "../support/inProcess.ts";

function yamlSpans(text: string): Span[] {
  const { documents, problems } = parseYaml(text);
  const spans = problems.map(({ span }) => span);
  const left: (YamlNode | null)[] = documents.map(({ root }) => root);
  while (left.length > 0) {
    const node = left.pop();
    if (node === null || node === undefined) continue;
    spans.push(node.span);
    if (node.kind === "seq") left.push(...node.items);
    if (node.kind === "map") for (const { key, value } of node.pairs) left.push(key, value);
  }
  return spans;
}

/** The first line stands for what has no lines: an image, an expression. */
function firstLine(text: string): string {
  return text.slice(0, 2000).split(/[\r\n]/)[0] ?? "";
}

export const PARSERS: Readonly<Record<string, (text: string) => readonly Span[]>> = {
  YAML: yamlSpans,
  JSON: (text) => [new JsonPlaces(text).syntaxSpan],
  Dockerfile: (text) => {
    const { images } = extractDockerfile({ path: "/project/Dockerfile", text, languageId: null });
    return images.map(({ span }) => span);
  },
  conf: (text) =>
    (["strict", "loose"] as const).flatMap((dialect) =>
      parseConf(text, dialect).lines.flatMap(({ span, words }) => [
        span,
        ...words.map(({ start, end }) => ({ start, end })),
      ]),
    ),
  env: (text) =>
    (Object.keys(DIALECTS) as (keyof typeof DIALECTS)[]).flatMap((dialect) => {
      const { entries, unread } = readEnvFile(text, dialect);
      return [...unread, ...entries.flatMap(({ keySpan, valueSpan, statement }) => [keySpan, valueSpan, statement])];
    }),
  shell: (text) =>
    shellCommands(text).flatMap(({ words, heredocs }) => [...heredocs, ...words.map(({ span }) => span)]),
  reference: (text) => {
    const parsed = parseImageReference(firstLine(text));
    return parsed.valid ? [parsed.nameSpan, ...(parsed.tagSpan === null ? [] : [parsed.tagSpan])] : [];
  },
  expression: (text) => {
    const parts = parseTemplate(text);
    const { pieces } = resolveTemplate(parts, (name) =>
      name.length % 2 === 0 ? null : { value: "7.0", path: "/.env", span: null },
    );
    return [
      ...parts.map(({ span }) => span),
      ...pieces.flatMap((piece) => (piece.kind === "literal" ? [piece.span] : [])),
    ];
  },
  comments: (text) => {
    const { suppressions, problems } = readComments(
      "/project/compose.yaml",
      text,
      new LineIndex(text),
      checker.vocabulary,
    );
    return [...suppressions.map(({ span }) => span), ...problems.map(({ span }) => span)];
  },
  "project file": (text) => {
    readProjectSettings("/project/cache-compat.json", text, checker.vocabulary);
    return [];
  },
};
