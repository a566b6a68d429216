/** Switches a rule off in `cache-compat.json`, and leaves every other character of the file as it is. */

import { ancestors } from "../../documents/folderIndex.ts";
import { PROJECT_FILE } from "../../documents/kind.ts";
import type { FileSource } from "../../files.ts";
import type { TextEdit } from "../../finding.ts";
import { parseYaml, type YamlMap, type YamlNode } from "../../parse/yamlTree.ts";
import { resolvePath } from "../../paths.ts";
import { isRecord } from "../../settingValues.ts";
import { spanOf } from "../../text.ts";

export interface ProjectEdit {
  readonly edit: TextEdit;
  /** The file is not there yet. */
  readonly creates: boolean;
}

/** In the project file that counts for `path`, else in a new one at the root of the workspace; `null` where there is no honest edit. */
export function ruleOff(path: string, rule: string, files: FileSource): ProjectEdit | null {
  const folders = ancestors(path, files);
  for (const folder of folders) {
    const file = resolvePath(folder, PROJECT_FILE);
    const text = files.read(file);
    if (text === undefined) return null;
    if (text !== null) {
      const edit = editOf(file, text, rule);
      return edit === null ? null : { edit, creates: false };
    }
  }
  const root = folders.at(-1);
  if (root === undefined) return null;
  const newText = `${JSON.stringify({ rules: { [rule]: "off" } }, null, 2)}\n`;
  return { edit: { path: resolvePath(root, PROJECT_FILE), span: spanOf(0, 0), newText }, creates: true };
}

function editOf(path: string, text: string, rule: string): TextEdit | null {
  const before = parse(text);
  if (!isRecord(before) || (before.rules !== undefined && !isRecord(before.rules))) return null;
  // JSON is YAML: the tree has the places that JSON.parse does not tell.
  const root = parseYaml(text).documents[0]?.root;
  if (root?.kind !== "map") return null;
  const entry = `${JSON.stringify(rule)}: "off"`;
  const rules = valueUnder(root, "rules");
  const old = rules?.kind === "map" ? valueUnder(rules, rule) : null;
  const edit =
    old !== null
      ? { path, span: old.span, newText: '"off"' }
      : rules?.kind === "map"
        ? appended(path, text, rules, () => entry)
        : appended(path, text, root, (lead, unit) =>
            lead === null ? `"rules": { ${entry} }` : `"rules": {${lead}${unit}${entry}${lead}}`,
          );
  // Proof in place of trust: nothing else may have changed.
  const after = parse(text.slice(0, edit.span.start) + edit.newText + text.slice(edit.span.end));
  const wanted = { ...before, rules: { ...before.rules, [rule]: "off" } };
  return JSON.stringify(after) === JSON.stringify(wanted) ? edit : null;
}

/** A new last entry; `lead` is the line break and indentation before an entry, `null` where all stands on one line. */
function appended(
  path: string,
  text: string,
  map: YamlMap,
  write: (lead: string | null, unit: string) => string,
): TextEdit {
  const lineBreak = /\r\n|\n/.exec(text)?.[0] ?? "\n";
  const unit = /[{[,][ \t]*\r?\n([ \t]+)\S/.exec(text)?.[1] ?? "  ";
  const first = map.pairs[0];
  const last = map.pairs.at(-1);
  if (first === undefined || last === undefined) {
    const outer = `${lineBreak}${/(?:^|\n)([ \t]*)[^\n]*$/.exec(text.slice(0, map.span.start))?.[1] ?? ""}`;
    const inner = `${outer}${unit}`;
    return { path, span: map.span, newText: `{${inner}${write(inner, unit)}${outer}}` };
  }
  const before = text.slice(map.span.start + 1, first.key.span.start);
  const lead = before.includes("\n") ? `${lineBreak}${before.slice(before.lastIndexOf("\n") + 1)}` : null;
  const end = last.value?.span.end ?? last.key.span.end;
  return { path, span: spanOf(end, end), newText: `,${lead ?? " "}${write(lead, unit)}` };
}

/** Of a key that stands twice the last one counts. */
function valueUnder(map: YamlMap, key: string): YamlNode | null {
  return map.pairs.findLast((pair) => pair.key.kind === "scalar" && pair.key.value === key)?.value ?? null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return undefined;
  }
}
