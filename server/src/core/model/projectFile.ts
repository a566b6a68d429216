/** `cache-compat.json`: the nearest one above a checked file counts, alone. */

import { ancestors } from "../documents/folderIndex.ts";
import { PROJECT_FILE } from "../documents/kind.ts";
import type { FileSource } from "../files.ts";
import type { Place } from "../finding.ts";
import { JsonPlaces } from "../parse/jsonPlaces.ts";
import { dirname, resolvePath } from "../paths.ts";
import { readSettings } from "../settings.ts";
import { invalid, type SettingProblem, type SettingVocabulary } from "../settingValues.ts";
import type { Span } from "../text.ts";
import type { Layer } from "./layers.ts";
import type { NamedTable } from "./ownTables.ts";

export interface ProjectFile {
  readonly layer: Layer;
  readonly problems: readonly { readonly problem: SettingProblem; readonly span: Span }[];
  /** Where the text stops being JSON; `null` when it is JSON. */
  readonly syntax: Span | null;
}

/** `ownTables`: those that count for the file, as far as they were looked for. */
export function readProjectFile(
  path: string,
  text: string,
  vocabulary: SettingVocabulary,
  ownTables: readonly NamedTable[] = [],
): ProjectFile {
  let raw: unknown;
  try {
    raw = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    // The runtime's own words differ from version to version: the tree says where, we say what.
    return { layer: { from: "config", settings: {} }, problems: [], syntax: new JsonPlaces(text).syntaxSpan };
  }
  const { layer, problems } = readSettings(raw, vocabulary);
  const json = new JsonPlaces(text);
  const places: Record<string, Place> = {};
  for (const app of Object.keys(layer.apps ?? {})) places[app] = { path, span: json.spanAt(["apps", app], "value") };
  for (const key of ["engine", "platform"] as const)
    if (layer[key] != null) places[key] = { path, span: json.spanAt([key], "value") };
  const twice = json.tree.problems.filter(({ kind }) => kind === "duplicate-key");
  return {
    layer: { from: "config", settings: layer, places, folder: dirname(path) },
    problems: [
      ...tableProblems(layer.data ?? [], ownTables).map((problem) => ({
        problem,
        span: json.spanAt(problem.path, problem.at),
      })),
      ...problems.map((problem) => ({ problem, span: json.spanAt(problem.path, problem.at) })),
      ...twice.map(({ span, message }) => ({
        span,
        problem: {
          path: [],
          at: "key" as const,
          kind: "duplicate-key" as const,
          message: `${message} The last one counts. Remove the others.`,
        },
      })),
    ],
    syntax: null,
  };
}

/** Names of tables that lead to none. What is wrong in a table is told there. */
function tableProblems(data: readonly string[], ownTables: readonly NamedTable[]): SettingProblem[] {
  return data.flatMap((name, at) => {
    const state = ownTables.find((table) => table.name === name)?.state;
    const path = ["data", String(at)];
    if (state === "missing")
      return [invalid(path, "There is no such file beside this one, so it brings no table. Write its path from here.")];
    if (state === "outside")
      return [
        invalid(path, "This lies outside of the workspace and is never read. Copy the table into the workspace."),
      ];
    return [];
  });
}

/** The settings of one project file; what is wrong in it is told when the file itself is checked. */
export function readProjectSettings(path: string, text: string, vocabulary: SettingVocabulary): Layer {
  return readProjectFile(path, text, vocabulary).layer;
}

/** The nearest project file above a file; `null` when there is none. */
export function nearestProjectFile(
  path: string,
  files: FileSource,
): { readonly path: string; readonly text: string } | null {
  for (const folder of ancestors(path, files)) {
    const file = resolvePath(folder, PROJECT_FILE);
    const text = files.read(file);
    if (typeof text === "string") return { path: file, text };
  }
  return null;
}

/** The layer of the nearest project file; `null` when there is none. */
export function projectLayer(path: string, files: FileSource, vocabulary: SettingVocabulary): Layer | null {
  const nearest = nearestProjectFile(path, files);
  return nearest === null ? null : readProjectSettings(nearest.path, nearest.text, vocabulary);
}
