/** Kubernetes manifests: containers of every pod template, wherever the kind keeps it (Pod, Deployment, CronJob, List, custom kinds). */

import type { FileSource } from "../files.ts";
import { YamlReader } from "../parse/yamlReader.ts";
import type { YamlNode } from "../parse/yamlTree.ts";
import { runsClientTool } from "./clientTool.ts";
import type { Extraction, SourceText } from "./extraction.ts";
import type { FolderIndex } from "./folderIndex.ts";
import { type ImageUse, resolveScalar } from "./imageUse.ts";
import { eachOnce } from "./workflow.ts";

const CONTAINER_LISTS = new Set(["containers", "initContainers", "ephemeralContainers"]);

export function extractKubernetes(source: SourceText, _files: FileSource, index: FolderIndex): Extraction {
  const file = index.yaml(source.path, source.text);
  const images: ImageUse[] = [];
  for (const document of file.documents) {
    const reader = new YamlReader(document);
    const root = reader.root;
    if (root === null || reader.get(root, "apiVersion") === null || reader.get(root, "kind") === null) continue;
    const visited = new Set<YamlNode>();
    const visit = (node: YamlNode | null): void => {
      const resolved = reader.resolve(node);
      if (resolved === null || resolved.kind === "scalar" || visited.has(resolved)) return;
      visited.add(resolved);
      if (resolved.kind === "seq") {
        for (const item of resolved.items) visit(item);
        return;
      }
      for (const pair of resolved.pairs) {
        if (pair.key.kind === "scalar" && CONTAINER_LISTS.has(pair.key.value)) {
          for (const item of reader.seq(pair.value)?.items ?? []) {
            const container = reader.map(item);
            const image = reader.text(container, "image");
            const name = reader.text(container, "name")?.value ?? "";
            if (image !== null && image.value !== "" && !runsClientTool(reader, container, ["command", "args"])) {
              images.push({
                ...resolveScalar(image, source.text, { style: "template" }),
                owner: `container ${name}`.trimEnd(),
                split: false,
                conditional: false,
                services: [],
              });
            }
          }
        }
        visit(pair.value);
      }
    };
    visit(root);
  }
  return { images: eachOnce(images), problems: file.problems, numberTags: [] };
}
