/**
 * Helm values: maps with `repository` (and `registry`, `tag`, `digest`), and `image:` given as one text. A missing or
 * empty tag means what the chart says, so it is unknown here and never `latest`.
 */

import type { FileSource } from "../files.ts";
import type { Piece } from "../parse/interpolation.ts";
import { YamlReader } from "../parse/yamlReader.ts";
import type { YamlMap, YamlNode, YamlScalar } from "../parse/yamlTree.ts";
import type { Extraction, NumberTag, SourceText } from "./extraction.ts";
import type { FolderIndex } from "./folderIndex.ts";
import { type ImageUse, resolveScalar } from "./imageUse.ts";
import { eachOnce } from "./workflow.ts";

/** How Go prints a YAML number that was read as a float: `7.0` -> `7`, `7.10` -> `7.1`. `null` where the text survives. */
function renderedNumber(tag: YamlScalar): string | null {
  if (tag.style !== "plain" || !/^[-+]?(?:\d+\.\d*|\.\d+)$/.test(tag.value)) return null;
  const rendered = String(Number(tag.value));
  return rendered === tag.value ? null : rendered;
}

function piecesOf(text: string, piece: Omit<Piece, "text">): Piece {
  return { ...piece, text };
}

export function extractHelmValues(source: SourceText, _files: FileSource, index: FolderIndex): Extraction {
  const file = index.yaml(source.path, source.text);
  const images: ImageUse[] = [];
  const numberTags: NumberTag[] = [];
  for (const document of file.documents) {
    const reader = new YamlReader(document);
    const global = reader.map(reader.get(reader.root, "global")?.value);
    const globalRegistry = reader.text(global, "imageRegistry")?.value ?? "";

    const splitImage = (map: YamlMap, owner: string): void => {
      const repository = reader.text(map, "repository");
      // A chart or git repository is no image.
      if (repository === null || repository.value === "" || /^[a-z][a-z0-9+.-]*:\/\//i.test(repository.value)) return;
      const registry = globalRegistry || reader.text(map, "registry")?.value || "";
      const name = resolveScalar(repository, source.text, { style: "template" });
      const tag = reader.text(map, "tag");
      const digest = reader.text(map, "digest")?.value ?? "";
      const rendered = tag === null ? null : renderedNumber(tag);
      if (tag !== null && rendered !== null) numberTags.push({ span: tag.span, written: tag.value, rendered });
      const tagText =
        tag === null || tag.value === "" || tag.value === "null"
          ? null
          : resolveScalar(tag, source.text, { style: "template" });
      const fixed = { kind: "literal" as const, expression: null, definition: null, name: null };
      const pieces: Piece[] = [];
      if (registry !== "") pieces.push(piecesOf(`${registry}/`, { ...fixed, span: name.span }));
      pieces.push(...name.resolved.pieces);
      const unresolved = [...name.resolved.unresolved];
      if (tagText === null) {
        unresolved.push("tag");
      } else {
        pieces.push(piecesOf(":", { ...fixed, span: name.span }));
        if (rendered !== null) pieces.push(piecesOf(rendered, { ...fixed, span: tagText.span }));
        else pieces.push(...tagText.resolved.pieces);
        unresolved.push(...tagText.resolved.unresolved);
      }
      if (digest !== "") pieces.push(piecesOf(`@${digest}`, { ...fixed, span: name.span }));
      images.push({
        resolved: { value: pieces.map((piece) => piece.text).join(""), pieces, unresolved },
        span: name.span,
        owner,
        split: true,
        conditional: false,
        services: [],
      });
    };

    const visited = new Set<YamlNode>();
    const visit = (node: YamlNode | null, owner: string): void => {
      const resolved = reader.resolve(node);
      if (resolved === null || resolved.kind === "scalar" || visited.has(resolved)) return;
      visited.add(resolved);
      if (resolved.kind === "seq") {
        for (const item of resolved.items) visit(item, owner);
        return;
      }
      splitImage(resolved, owner);
      for (const pair of resolved.pairs) {
        if (pair.key.kind !== "scalar") continue;
        const scalar = pair.key.value === "image" ? reader.scalar(pair.value) : null;
        if (scalar !== null && reader.get(resolved, "repository") === null && /[:@]/.test(scalar.value)) {
          images.push({
            ...resolveScalar(scalar, source.text, { style: "template" }),
            owner,
            split: false,
            conditional: false,
            services: [],
          });
        }
        visit(pair.value, pair.key.value === "image" ? owner : `value ${pair.key.value}`);
      }
    };
    visit(reader.root, "values");
  }
  return { images: eachOnce(images), problems: file.problems, numberTags };
}
