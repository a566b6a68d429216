/** `cache-compat.json`: the nearest one above a checked file counts, alone. */

import { ancestors } from "../documents/folderIndex.ts";
import { PROJECT_FILE } from "../documents/kind.ts";
import type { FileSource } from "../files.ts";
import type { Place } from "../finding.ts";
import { parseYaml, type YamlNode, YamlReader } from "../parse/yamlTree.ts";
import { dirname, resolvePath } from "../paths.ts";
import { readSettings } from "../settings.ts";
import type { SettingProblem, SettingVocabulary } from "../settingValues.ts";
import { type Span, spanOf } from "../text.ts";
import type { Layer } from "./layers.ts";

export interface ProjectFile {
  readonly layer: Layer;
  readonly problems: readonly { readonly problem: SettingProblem; readonly span: Span }[];
  /** Where the text stops being JSON; `null` when it is JSON. */
  readonly syntax: Span | null;
}

export function readProjectFile(path: string, text: string, vocabulary: SettingVocabulary): ProjectFile {
  let raw: unknown;
  try {
    raw = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    // The runtime's own words differ from version to version: the tree says where, we say what.
    const span =
      parseYaml(text).problems.find(({ kind }) => kind === "syntax")?.span ?? spanOf(0, firstLineLength(text));
    return { layer: { from: "config", settings: {} }, problems: [], syntax: span };
  }
  const { layer, problems } = readSettings(raw, vocabulary);
  // JSON is YAML: the tree gives the ranges that JSON.parse does not.
  const tree = parseYaml(text);
  const document = tree.documents[0];
  const reader = document === undefined ? null : new YamlReader(document);
  const spanAt = (keys: readonly string[], at: "key" | "value"): Span => {
    let node: YamlNode | null = document?.root ?? null;
    let key: YamlNode | null = null;
    for (const name of keys) {
      const pair = reader?.get(reader.map(node), name) ?? null;
      if (pair === null) return spanOf(0, firstLineLength(text));
      key = pair.key;
      node = pair.value;
    }
    return (at === "key" ? key : node)?.span ?? spanOf(0, firstLineLength(text));
  };
  const places: Record<string, Place> = {};
  for (const app of Object.keys(layer.apps ?? {})) places[app] = { path, span: spanAt(["apps", app], "value") };
  for (const key of ["engine", "platform"] as const)
    if (layer[key] != null) places[key] = { path, span: spanAt([key], "value") };
  const twice = tree.problems.filter(({ kind }) => kind === "duplicate-key");
  return {
    layer: { from: "config", settings: layer, places, folder: dirname(path) },
    problems: [
      ...problems.map((problem) => ({ problem, span: spanAt(problem.path, problem.at) })),
      ...twice.map(({ span, message }) => ({
        span,
        problem: {
          path: [],
          at: "key" as const,
          kind: "invalid-value" as const,
          message: `${message} The last one counts. Remove the others.`,
        },
      })),
    ],
    syntax: null,
  };
}

function firstLineLength(text: string): number {
  const end = text.search(/[\r\n]/);
  return end < 0 ? text.length : end;
}

/** The settings of one project file; what is wrong in it is told when the file itself is checked. */
export function readProjectSettings(path: string, text: string, vocabulary: SettingVocabulary): Layer {
  return readProjectFile(path, text, vocabulary).layer;
}

/** The layer of the nearest project file; `null` when there is none. */
export function projectLayer(path: string, files: FileSource, vocabulary: SettingVocabulary): Layer | null {
  for (const folder of ancestors(path, files)) {
    const file = resolvePath(folder, PROJECT_FILE);
    const text = files.read(file);
    if (typeof text === "string") return readProjectSettings(file, text, vocabulary);
  }
  return null;
}
