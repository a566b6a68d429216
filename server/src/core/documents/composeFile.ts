/** What a compose file says, whoever asks: its services with anchors and merges followed, and the files it names. */
import { type YamlFile, type YamlMap, YamlReader, type YamlScalar } from "../parse/yamlTree.ts";

export interface ComposeService {
  readonly name: string;
  readonly key: YamlScalar;
  readonly map: YamlMap;
  readonly reader: YamlReader;
}

/** The services of all documents of a file, merged ones included. */
export function composeServices(file: YamlFile): ComposeService[] {
  const services: ComposeService[] = [];
  for (const document of file.documents) {
    const reader = new YamlReader(document);
    const map = reader.map(reader.get(reader.root, "services")?.value);
    for (const entry of reader.entries(map)) {
      const service = reader.map(entry.value);
      if (service !== null && entry.value?.tag !== "!reset")
        services.push({ name: entry.key.value, key: entry.key, map: service, reader });
    }
  }
  return services;
}

/** One file that a compose file names: another file of the same project, or an included one. */
export interface ComposeReference {
  readonly kind: "extends" | "include";
  readonly file: string;
  /** Where an included project starts, as written; `null` = the folder of the file. */
  readonly projectDirectory: string | null;
  readonly envFiles: readonly string[];
}

/** What `extends` and `include` name, as written; expressions stay in. */
export function composeReferences(file: YamlFile): ComposeReference[] {
  const references: ComposeReference[] = [];
  for (const service of composeServices(file)) {
    const map = service.reader.map(service.reader.get(service.map, "extends")?.value);
    const name = service.reader.text(map, "file")?.value;
    if (name !== undefined && name !== "")
      references.push({ kind: "extends", file: name, projectDirectory: null, envFiles: [] });
  }
  for (const document of file.documents) {
    const reader = new YamlReader(document);
    for (const item of reader.seq(reader.get(reader.root, "include")?.value)?.items ?? []) {
      const short = reader.scalar(item)?.value;
      if (short !== undefined) {
        references.push({ kind: "include", file: short, projectDirectory: null, envFiles: [] });
        continue;
      }
      const map = reader.map(item);
      const texts = (key: string): string[] => {
        const node = reader.resolve(reader.get(map, key)?.value);
        if (node?.kind === "scalar") return [node.value];
        return node?.kind === "seq" ? node.items.flatMap((entry) => reader.scalar(entry)?.value ?? []) : [];
      };
      // Several paths of one entry are merged over each other and share its project directory and environment.
      for (const path of texts("path")) {
        references.push({
          kind: "include",
          file: path,
          projectDirectory: texts("project_directory")[0] ?? null,
          envFiles: texts("env_file"),
        });
      }
    }
  }
  return references;
}
