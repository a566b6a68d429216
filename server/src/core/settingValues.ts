/** The values of settings: what they are, and how each is read from JSON or from a flag. Wrong parts are left out and told. */
import { shownName } from "./excerpt.ts";
import { SEVERITIES, type Severity } from "./finding.ts";

export const PLATFORMS = ["self-hosted", "aptible", "elasticache"] as const;
export type Platform = (typeof PLATFORMS)[number];

export type RuleSeverity = Severity | "off";

export interface EngineTarget {
  readonly engine: string;
  readonly line: string;
  /** Third number, where it is given: 15 of 7.0.15. */
  readonly patch: number | null;
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
  /** Tables that are not read yet may bring further apps: any name counts. */
  readonly areAppsOpen?: boolean;
  readonly engines: readonly string[];
  /** Rule ids. */
  readonly rules: readonly string[];
}

export interface SettingProblem {
  /** Keys from the root to the value that is wrong; the last one is the key itself when `at` is `key`. */
  readonly path: readonly string[];
  readonly at: "key" | "value";
  readonly kind: "unknown-key" | "invalid-value" | "duplicate-key";
  readonly message: string;
}

export type Read<T> = { readonly value: T; readonly problems: readonly SettingProblem[] };

export function invalid(path: readonly string[], message: string): SettingProblem {
  return { path, at: "value", kind: "invalid-value", message };
}

export function unknownKey(path: readonly string[], message: string): SettingProblem {
  return { path, at: "key", kind: "unknown-key", message };
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function list(words: readonly string[]): string {
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

const APP_NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

export function unknownApp(app: string, known: readonly string[]): string {
  return `There is no ${shownName("app", app)} here. Write ${list(known)}.`;
}

export function readApps(value: unknown, vocabulary: SettingVocabulary): Read<Settings["apps"]> {
  if (!isRecord(value))
    return { value: {}, problems: [invalid(["apps"], 'Write an object, for example { "mastodon": "4.5" }.')] };
  const apps: Record<string, AppSetting> = {};
  const problems: SettingProblem[] = [];
  for (const [app, version] of Object.entries(value)) {
    const path = ["apps", app];
    if (!vocabulary.apps.includes(app) && !(vocabulary.areAppsOpen === true && APP_NAME.test(app)))
      problems.push(unknownKey(path, unknownApp(app, vocabulary.apps)));
    else if (version === null || version === "off") apps[app] = version;
    else if (typeof version === "string" && readAppVersion(version) !== null) apps[app] = readAppVersion(version);
    else
      problems.push(invalid(path, `This is no version of ${app}. Write for example "4.5", or "off"; null detects it.`));
  }
  return { value: apps, problems };
}

export function readEngine(text: unknown, vocabulary: SettingVocabulary): Read<Settings["engine"]> {
  if (text === null || text === "") return { value: null, problems: [] };
  const match = typeof text === "string" ? /^([a-z-]+)@(\d{1,4}\.\d{1,4})(?:\.(\d{1,4}))?$/.exec(text) : null;
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
  const patch = match?.[3];
  return { value: { engine, line, patch: patch === undefined ? null : Number(patch) }, problems: [] };
}

export function readRules(value: unknown, vocabulary: SettingVocabulary): Read<Settings["rules"]> {
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
      problems.push(
        unknownKey(path, `There is no ${shownName("rule", id)}. \`cache-compat check --list-rules\` prints them all.`),
      );
    else if (severity === "off" || SEVERITIES.includes(severity as Severity)) rules[id] = severity as RuleSeverity;
    else problems.push(invalid(path, `Write ${list(["off", ...SEVERITIES])}.`));
  }
  return { value: rules, problems };
}

export function readStrings(key: "ignore" | "data", value: unknown): Read<readonly string[]> {
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return { value, problems: [] };
  return { value: [], problems: [invalid([key], "Write a list of texts.")] };
}

export function pairs(values: readonly string[], separator: string): Record<string, string> {
  return Object.fromEntries(
    values.map((text) => {
      const at = text.indexOf(separator);
      return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
    }),
  );
}
