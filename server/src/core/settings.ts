/**
 * One table of settings. It makes the editor's settings, the keys of `cache-compat.json` and the flags of the command
 * line; a test holds package.json against it.
 */
import { isDay } from "./catalog/dates.ts";
import { SEVERITIES, type Severity } from "./finding.ts";

export const PLATFORMS = ["self-hosted", "aptible", "elasticache"] as const;
export type Platform = (typeof PLATFORMS)[number];

export type RuleSeverity = Severity | "off";

export interface EngineTarget {
  readonly engine: string;
  readonly line: string;
}

/** A version, `null` = detect, `off` = do not judge for this app. */
export type AppSetting = string | null | "off";

export interface Settings {
  readonly apps: Readonly<Record<string, AppSetting>>;
  readonly platform: Platform | null;
  readonly engine: EngineTarget | null;
  readonly rules: Readonly<Record<string, RuleSeverity>>;
  /** The day to judge on; `null` = today, which the adapter fills in. */
  readonly asOf: string | null;
  readonly noticeDays: number;
  readonly ignore: readonly string[];
  readonly data: readonly string[];
}

export const DEFAULT_SETTINGS: Settings = {
  apps: {},
  platform: null,
  engine: null,
  rules: {},
  asOf: null,
  noticeDays: 90,
  ignore: [],
  data: [],
};

/** What the values may be; the names come from the tables. */
export interface SettingVocabulary {
  readonly apps: readonly string[];
  readonly engines: readonly string[];
  /** Rule ids. */
  readonly rules: readonly string[];
}

export interface SettingProblem {
  /** Keys from the root to the value that is wrong; the last one is the key itself when `at` is `key`. */
  readonly path: readonly string[];
  readonly at: "key" | "value";
  readonly kind: "unknown-key" | "invalid-value";
  readonly message: string;
}

type Read<T> = { readonly value: T; readonly problems: readonly SettingProblem[] };

export interface SettingDefinition<K extends keyof Settings = keyof Settings> {
  readonly key: K;
  readonly flag: string;
  readonly repeatable: boolean;
  /** How the value is written behind the flag. */
  readonly placeholder: string;
  readonly description: string;
  /** JSON Schema of the value, for package.json and for the schema of `cache-compat.json`. */
  readonly schema: Readonly<Record<string, unknown>>;
  /** Takes what stands in a JSON file or an editor setting. Wrong parts are left out and told. */
  readonly read: (value: unknown, vocabulary: SettingVocabulary) => Read<Settings[K]>;
  /** Takes the texts behind the flag; throws nothing, tells problems. */
  readonly readFlag: (values: readonly string[], vocabulary: SettingVocabulary) => Read<Settings[K]>;
}

function invalid(path: readonly string[], message: string): SettingProblem {
  return { path, at: "value", kind: "invalid-value", message };
}

function unknownKey(path: readonly string[], message: string): SettingProblem {
  return { path, at: "key", kind: "unknown-key", message };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function list(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}

/** `4.5`, `v4.5.1`, `4.6.0-beta.2`, `4.3.23+glitch` -> the text without `v`; `null` for anything else. */
export function readAppVersion(text: string): string | null {
  const match =
    /^v?(\d{1,4}\.\d{1,4}(?:\.\d{1,4})?(?:[-.]?(?:alpha|beta|rc)\.?\d*)?(?:[+-][0-9A-Za-z.-]{1,40})?)$/.exec(
      text.trim(),
    );
  return match?.[1] ?? null;
}

function readApps(value: unknown, vocabulary: SettingVocabulary): Read<Settings["apps"]> {
  if (!isRecord(value))
    return { value: {}, problems: [invalid(["apps"], 'Write an object, for example { "mastodon": "4.5" }.')] };
  const apps: Record<string, AppSetting> = {};
  const problems: SettingProblem[] = [];
  for (const [app, version] of Object.entries(value)) {
    const path = ["apps", app];
    if (!vocabulary.apps.includes(app))
      problems.push(unknownKey(path, `There is no app "${app}" here. Write ${list(vocabulary.apps)}.`));
    else if (version === null || version === "off") apps[app] = version;
    else if (typeof version === "string" && readAppVersion(version) !== null) apps[app] = readAppVersion(version);
    else
      problems.push(invalid(path, `This is no version of ${app}. Write for example "4.5", or "off"; null detects it.`));
  }
  return { value: apps, problems };
}

function readEngine(text: unknown, vocabulary: SettingVocabulary): Read<Settings["engine"]> {
  if (text === null || text === "") return { value: null, problems: [] };
  const match = typeof text === "string" ? /^([a-z-]+)@(\d{1,4}\.\d{1,4})(?:\.\d{1,4})?$/.exec(text) : null;
  const engine = match?.[1];
  const line = match?.[2];
  if (engine === undefined || line === undefined || !vocabulary.engines.includes(engine)) {
    return {
      value: null,
      problems: [
        invalid(
          ["engine"],
          `Write engine and release line, for example "redis@7.2"; engines are ${list(vocabulary.engines)}.`,
        ),
      ],
    };
  }
  return { value: { engine, line }, problems: [] };
}

function readRules(value: unknown, vocabulary: SettingVocabulary): Read<Settings["rules"]> {
  if (!isRecord(value))
    return {
      value: {},
      problems: [invalid(["rules"], 'Write an object, for example { "image/floating-tag": "off" }.')],
    };
  const rules: Record<string, RuleSeverity> = {};
  const problems: SettingProblem[] = [];
  const families = new Set(vocabulary.rules.map((id) => `${id.slice(0, id.indexOf("/"))}/*`));
  for (const [id, severity] of Object.entries(value)) {
    const path = ["rules", id];
    if (!vocabulary.rules.includes(id) && !families.has(id))
      problems.push(unknownKey(path, `There is no rule "${id}". \`cache-compat check --list-rules\` prints them all.`));
    else if (severity === "off" || SEVERITIES.includes(severity as Severity)) rules[id] = severity as RuleSeverity;
    else problems.push(invalid(path, `Write ${list(["off", ...SEVERITIES])}.`));
  }
  return { value: rules, problems };
}

function readStrings(key: "ignore" | "data", value: unknown): Read<readonly string[]> {
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return { value, problems: [] };
  return { value: [], problems: [invalid([key], "Write a list of texts.")] };
}

function pairs(values: readonly string[], separator: string): Record<string, string> {
  return Object.fromEntries(
    values.map((text) => {
      const at = text.indexOf(separator);
      return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
    }),
  );
}

const apps: SettingDefinition<"apps"> = {
  key: "apps",
  flag: "app",
  repeatable: true,
  placeholder: "mastodon@4.5",
  description:
    'Versions of the apps that use the cache, by app name. `null` detects the version in the workspace, `"off"` stops judging for the app.',
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
  schema: { type: ["string", "null"], enum: [...PLATFORMS, null], default: null },
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
  schema: { type: ["string", "null"], default: null },
  read: readEngine,
  readFlag: (values, vocabulary) => readEngine(values.at(-1), vocabulary),
};

const rules: SettingDefinition<"rules"> = {
  key: "rules",
  flag: "rule",
  repeatable: true,
  placeholder: "ID=SEVERITY",
  description: "Severity of rules, by rule id or `family/*`: `off`, `hint`, `information`, `warning` or `error`.",
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
  schema: { type: ["string", "null"], default: null },
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
        unknownKey([key], `There is no setting "${key}". Write ${list(SETTINGS.map((setting) => setting.key))}.`),
      );
      continue;
    }
    const read = definition.read(value, vocabulary);
    problems.push(...read.problems);
    if (read.problems.length === 0 || isRecord(read.value)) layer[key] = read.value;
  }
  return { layer: layer as SettingsLayer, problems };
}
