/** What a compose file says, whoever asks: its services with anchors and merges followed, and the files it names. */
import { Fact } from "../fact.ts";
import { Mapped } from "../mapped.ts";
import { YamlReader } from "../parse/yamlReader.ts";
import type { YamlFile, YamlMap, YamlPair, YamlScalar } from "../parse/yamlTree.ts";

/** The same object for as long as its text, and whatever its aliases lead to, stay the same. */
export interface ComposeService {
  readonly name: string;
  readonly key: YamlScalar;
  readonly map: YamlMap;
  readonly reader: YamlReader;
}

const SERVICES = new WeakMap<YamlFile, readonly ComposeService[]>();
/** Files whose services stand in the order of the list. */
const IN_ORDER = new WeakSet<YamlFile>();
const KNOWN = new WeakMap<YamlScalar, ComposeService>();
/** While nothing but services changes, the frame of a document stays. */
const BY_FRAME = new Fact<object, Mapped<YamlPair, ComposeService | null>>();

/** The services of all documents of a file, merged ones included. */
export function composeServices(file: YamlFile): readonly ComposeService[] {
  const known = SERVICES.get(file);
  if (known !== undefined) return known;
  const services: ComposeService[] = [];
  let isInOrder = true;
  for (const document of file.documents) {
    const reader = YamlReader.of(document);
    const map = reader.map(reader.get(reader.map(document.root), "services")?.value);
    const read = ({ key, value }: YamlPair): ComposeService | null => {
      const service = reader.map(value);
      return key.kind !== "scalar" || service === null || value?.tag === "!reset"
        ? null
        : serviceOf(key, service, reader);
    };
    const isPlain = map?.isPlain === true;
    if (!isPlain) isInOrder = false;
    const pairs = isPlain ? map.pairs : reader.entries(map);
    const found = BY_FRAME.of(document.frame, () => new Mapped<YamlPair, ComposeService | null>()).of(
      pairs,
      [reader],
      read,
    );
    for (const service of found) if (service !== null) services.push(service);
  }
  SERVICES.set(file, services);
  if (isInOrder) IN_ORDER.add(file);
  return services;
}

/** The services of a file stand in the order of their list: none stands twice, and none is merged in. */
export function areInOrder(file: YamlFile): boolean {
  return composeServices(file).length === 0 || IN_ORDER.has(file);
}

function serviceOf(key: YamlScalar, map: YamlMap, reader: YamlReader): ComposeService {
  const known = KNOWN.get(key);
  if (known !== undefined && known.map === map && known.reader === reader) return known;
  const service = { name: key.value, key, map, reader };
  KNOWN.set(key, service);
  return service;
}

/** One file that a compose file names: another file of the same project, or an included one. */
export interface ComposeReference {
  readonly kind: "extends" | "include";
  readonly file: string;
  /** Where an included project starts, as written; `null` = the folder of the file. */
  readonly projectDirectory: string | null;
  readonly envFiles: readonly string[];
}

const EXTENDED_FILES = new Fact<object, Mapped<ComposeService, string>>();

/** The file of `extends`; empty without one. */
function extendedFile({ reader, map }: ComposeService): string {
  return reader.text(reader.map(reader.get(map, "extends")?.value), "file")?.value ?? "";
}

/** What `extends` and `include` name, as written; expressions stay in. */
export function composeReferences(file: YamlFile): ComposeReference[] {
  const references: ComposeReference[] = [];
  const frame = file.documents[0]?.frame ?? file;
  const extended = EXTENDED_FILES.of(frame, () => new Mapped()).of(composeServices(file), [], extendedFile);
  for (const name of extended) {
    if (name !== "") references.push({ kind: "extends", file: name, projectDirectory: null, envFiles: [] });
  }
  for (const document of file.documents) {
    const reader = YamlReader.of(document);
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
