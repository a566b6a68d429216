/** GitHub Actions: service containers and the container of a job. Steps and shell commands are not images that run here. */

import type { FileSource } from "../files.ts";
import { YamlReader } from "../parse/yamlReader.ts";
import type { Extraction, SourceText } from "./extraction.ts";
import type { FolderIndex } from "./folderIndex.ts";
import { type ImageUse, resolveScalar } from "./imageUse.ts";

export function extractWorkflow(source: SourceText, _files: FileSource, index: FolderIndex): Extraction {
  const file = index.yaml(source.path, source.text);
  const images: ImageUse[] = [];
  for (const document of file.documents) {
    const reader = new YamlReader(document);
    for (const job of reader.entries(reader.map(reader.get(reader.root, "jobs")?.value))) {
      const map = reader.map(job.value);
      const containers = reader
        .entries(reader.map(reader.get(map, "services")?.value))
        .map((service) => ({ node: service.value, owner: `service ${service.key.value}` }));
      const container = reader.get(map, "container");
      if (container !== null) containers.push({ node: container.value, owner: `container of ${job.key.value}` });
      for (const { node, owner } of containers) {
        const scalar = reader.scalar(node) ?? reader.text(reader.map(node), "image");
        if (scalar !== null && scalar.value !== "")
          images.push({
            ...resolveScalar(scalar, source.text, { style: "template" }),
            owner,
            split: false,
            conditional: false,
            services: [],
          });
      }
    }
  }
  return { images: eachOnce(images), problems: file.problems, numberTags: [] };
}

/** A text behind an anchor is told once. Split fields are one image for each tag, whoever shares the repository. */
export function eachOnce(images: readonly ImageUse[]): ImageUse[] {
  const seen = new Map<string, ImageUse>();
  for (const image of images) {
    const key = `${image.span.start} ${image.resolved.pieces.at(-1)?.span.start}`;
    if (!seen.has(key)) seen.set(key, image);
  }
  return [...seen.values()].sort((a, b) => a.span.start - b.span.start);
}
