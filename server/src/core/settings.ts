/**
 * One table of settings. It makes the editor's settings, the keys of `cache-compat.json` and the flags of the command
 * line; a test holds package.json against it.
 */
import { isDay } from "./catalog/dates.ts";
import { shownName } from "./excerpt.ts";
import {
  DEFAULT_SETTINGS,
  invalid,
  isRecord,
  list,
  PLATFORMS,
  type Platform,
  pairs,
  type Read,
  readApps,
  readEngine,
  readRules,
  readStrings,
  type SettingProblem,
  type Settings,
  type SettingVocabulary,
  unknownKey,
} from "./settingValues.ts";

export interface SettingDefinition<K extends keyof Settings = keyof Settings> {
  readonly key: K;
  readonly flag: string;
  readonly repeatable: boolean;
  /** How the value is written behind the flag. */
  readonly placeholder: string;
  readonly description: string;
  /** What an editor says beside that: a terminal has less room. */
  readonly more?: string;
  /** JSON Schema of the value, for package.json and for the schema of `cache-compat.json`. */
  readonly schema: Readonly<Record<string, unknown>>;
  /** Takes what stands in a JSON file or an editor setting. Wrong parts are left out and told. */
  readonly read: (value: unknown, vocabulary: SettingVocabulary) => Read<Settings[K]>;
  /** Takes the texts behind the flag; throws nothing, tells problems. */
  readonly readFlag: (values: readonly string[], vocabulary: SettingVocabulary) => Read<Settings[K]>;
}

const apps: SettingDefinition<"apps"> = {
  key: "apps",
  flag: "app",
  repeatable: true,
  placeholder: "mastodon@4.5",
  description:
    'Versions of the apps that use the cache, by app name. `null` detects the version in the workspace, `"off"` stops judging for the app.',
  more: "Left empty, versions are read from image tags, a source checkout or a Helm chart.",
  schema: { type: "object", additionalProperties: { type: ["string", "null"] }, default: {} },
  read: readApps,
  readFlag: (values, vocabulary) => readApps(pairs(values, "@"), vocabulary),
};

const platform: SettingDefinition<"platform"> = {
  key: "platform",
  flag: "platform",
  repeatable: false,
  placeholder: list(PLATFORMS),
  description: "Who runs the cache. Empty: detected, else self-hosted.",
  schema: {
    type: ["string", "null"],
    enum: [...PLATFORMS, null],
    enumDescriptions: [
      "You run the server: its image and its configuration are judged.",
      "Aptible runs it: its versions and calendar count, images are a hint at most.",
      "Amazon ElastiCache runs it: its versions and calendar count, images are a hint at most.",
      "Detected.",
    ],
    default: null,
  },
  read: (value) =>
    value === null || value === "" || PLATFORMS.includes(value as Platform)
      ? { value: (value || null) as Platform | null, problems: [] }
      : { value: null, problems: [invalid(["platform"], `Write ${list(PLATFORMS)}.`)] },
  readFlag: (values, vocabulary) => platform.read(values.at(-1), vocabulary),
};

const engine: SettingDefinition<"engine"> = {
  key: "engine",
  flag: "engine",
  repeatable: false,
  placeholder: "redis@7.2",
  description:
    "Engine and release line that a configuration file runs on when no compose file tells, for example `redis@7.2`.",
  more: "Left empty, only what every version refuses is an error.",
  schema: {
    type: ["string", "null"],
    pattern: "^([a-z-]+@\\d+\\.\\d+(\\.\\d+)?)?$",
    patternErrorMessage: "Write engine and release line, for example redis@7.2.",
    default: null,
  },
  read: readEngine,
  readFlag: (values, vocabulary) => readEngine(values.at(-1), vocabulary),
};

const rules: SettingDefinition<"rules"> = {
  key: "rules",
  flag: "rule",
  repeatable: true,
  placeholder: "ID=SEVERITY",
  description: "Severity of rules, by rule id or `family/*`: `off`, `hint`, `information`, `warning` or `error`.",
  more: "Every rule has a page that says what it finds and why: the link behind the message of a finding leads there.",
  schema: {
    type: "object",
    additionalProperties: { type: "string", enum: ["off", "hint", "information", "warning", "error"] },
    default: {},
  },
  read: readRules,
  readFlag: (values, vocabulary) => readRules(pairs(values, "="), vocabulary),
};

const asOf: SettingDefinition<"asOf"> = {
  key: "asOf",
  flag: "as-of",
  repeatable: false,
  placeholder: "2026-11-20",
  description: "Day on which lifecycles are judged (UTC), for example `2026-11-20`. Empty: today.",
  more: "A day to come shows what will have ended by then.",
  schema: {
    type: ["string", "null"],
    pattern: "^(\\d{4}-\\d{2}-\\d{2})?$",
    patternErrorMessage: "Write a day such as 2027-04-01.",
    default: null,
  },
  read: (value) =>
    value === null || value === "" || (typeof value === "string" && isDay(value))
      ? { value: (value || null) as string | null, problems: [] }
      : { value: null, problems: [invalid(["asOf"], 'Write a day such as "2026-11-20".')] },
  readFlag: (values, vocabulary) => asOf.read(values.at(-1), vocabulary),
};

const MAX_NOTICE_DAYS = 3650;

const noticeDays: SettingDefinition<"noticeDays"> = {
  key: "noticeDays",
  flag: "notice-days",
  repeatable: false,
  placeholder: "90",
  description: "How many days before an end date the notice starts.",
  schema: { type: "integer", minimum: 0, maximum: MAX_NOTICE_DAYS, default: 90 },
  read: (value) =>
    Number.isInteger(value) && (value as number) >= 0 && (value as number) <= MAX_NOTICE_DAYS
      ? { value: value as number, problems: [] }
      : {
          value: DEFAULT_SETTINGS.noticeDays,
          problems: [invalid(["noticeDays"], `Write a number of days from 0 to ${MAX_NOTICE_DAYS}.`)],
        },
  readFlag: (values, vocabulary) =>
    noticeDays.read(/^\d+$/.test(values.at(-1) ?? "") ? Number(values.at(-1)) : Number.NaN, vocabulary),
};

const ignore: SettingDefinition<"ignore"> = {
  key: "ignore",
  flag: "ignore",
  repeatable: true,
  placeholder: "GLOB",
  description: "Files that are never checked, as globs.",
  more: "They start from the workspace folder, for example `test/**`.",
  schema: { type: "array", items: { type: "string" }, default: [] },
  read: (value) => readStrings("ignore", value),
  readFlag: (values) => ({ value: values, problems: [] }),
};

const data: SettingDefinition<"data"> = {
  key: "data",
  flag: "data",
  repeatable: true,
  placeholder: "FILE",
  description: "An organisation's own tables beside the built-in ones: paths in the workspace.",
  schema: { type: "array", items: { type: "string" }, default: [] },
  read: (value) => readStrings("data", value),
  readFlag: (values) => ({ value: values, problems: [] }),
};

export const SETTINGS: readonly SettingDefinition[] = [
  apps,
  platform,
  engine,
  rules,
  asOf,
  noticeDays,
  ignore,
  data,
] as unknown as readonly SettingDefinition[];

/** Only what was given: a layer says nothing about the rest. */
export type SettingsLayer = Partial<Settings>;

/** Takes a parsed `cache-compat.json` or the editor's section; `undefined` values count as not given. */
export function readSettings(
  raw: unknown,
  vocabulary: SettingVocabulary,
): { layer: SettingsLayer; problems: SettingProblem[] } {
  if (raw === undefined || raw === null) return { layer: {}, problems: [] };
  if (!isRecord(raw)) return { layer: {}, problems: [invalid([], "Write an object with the settings as keys.")] };
  const layer: Record<string, unknown> = {};
  const problems: SettingProblem[] = [];
  for (const [key, value] of Object.entries(raw)) {
    if (key === "$schema" || value === undefined) continue;
    const definition = SETTINGS.find((candidate) => candidate.key === key);
    if (definition === undefined) {
      problems.push(
        unknownKey(
          [key],
          `There is no ${shownName("setting", key)}. Write ${list(SETTINGS.map((setting) => setting.key))}.`,
        ),
      );
      continue;
    }
    const read = definition.read(value, vocabulary);
    problems.push(...read.problems);
    if (read.problems.length === 0 || isRecord(read.value)) layer[key] = read.value;
  }
  return { layer: layer as SettingsLayer, problems };
}
