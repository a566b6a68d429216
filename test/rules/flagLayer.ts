// What the flags of a page's example say, read by the same table that reads the command line.
import assert from "node:assert/strict";
import { type Layer, SETTINGS, type SettingsLayer } from "../../server/src/core/index.ts";
import type { SettingVocabulary } from "../../server/src/core/settingValues.ts";

export function flagLayer(flags: readonly string[], vocabulary: SettingVocabulary): Layer {
  const settings: Record<string, unknown> = {};
  for (const definition of SETTINGS) {
    const values = flags.flatMap((flag, at) => (flag === `--${definition.flag}` ? [flags[at + 1] ?? ""] : []));
    if (values.length === 0) continue;
    const { value, problems } = definition.readFlag(values, vocabulary);
    assert.deepEqual(problems, [], `--${definition.flag} ${values.join(" ")}`);
    settings[definition.key] = value;
  }
  const known = SETTINGS.map(({ flag }) => `--${flag}`);
  for (const flag of flags.filter((word) => word.startsWith("--"))) assert.ok(known.includes(flag), `no flag ${flag}`);
  return { from: "flag", settings: settings as SettingsLayer };
}
