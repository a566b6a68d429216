/** Settings from several places, strongest first, and where each answer came from. */

import type { Place } from "../finding.ts";
import { matchesGlob } from "../globs.ts";
import { relativePath } from "../paths.ts";
import type { SettingsLayer } from "../settings.ts";
import { type AppSetting, DEFAULT_SETTINGS, type RuleSeverity, type Settings } from "../settingValues.ts";

export const ORIGINS = ["flag", "comment", "config", "setting"] as const;
export type Origin = (typeof ORIGINS)[number];

export interface Layer {
  readonly from: Origin;
  readonly settings: SettingsLayer;
  /** The folder that globs start from. */
  readonly folder?: string;
  /** Where an app's version, the engine and the platform are declared. */
  readonly places?: Readonly<Record<string, Place>>;
}

export interface DeclaredSetting {
  readonly value: Exclude<AppSetting, null>;
  readonly from: Origin;
  readonly place: Place | null;
}

/** Layers in any order; the strongest one that speaks decides. */
export class LayeredSettings {
  readonly #layers: readonly Layer[];

  constructor(layers: readonly Layer[]) {
    this.#layers = layers.toSorted((a, b) => ORIGINS.indexOf(a.from) - ORIGINS.indexOf(b.from));
  }

  /** The declared version of an app or `off`; `null` when it is to be detected. */
  app(name: string): DeclaredSetting | null {
    for (const layer of this.#layers) {
      const apps = layer.settings.apps;
      if (apps === undefined || !Object.hasOwn(apps, name)) continue;
      const value = apps[name] as AppSetting;
      return value === null ? null : { value, from: layer.from, place: layer.places?.[name] ?? null };
    }
    return null;
  }

  /** A setting with the layer that decides it; `null` where nobody speaks. */
  declared<K extends "platform" | "engine">(
    key: K,
  ): { readonly value: NonNullable<Settings[K]>; readonly from: Origin; readonly place: Place | null } | null {
    for (const { settings, from, places } of this.#layers) {
      const value = settings[key];
      if (value !== undefined && value !== null)
        return { value: value as NonNullable<Settings[K]>, from, place: places?.[key] ?? null };
    }
    return null;
  }

  get<K extends "platform" | "engine" | "asOf" | "noticeDays">(key: K): Settings[K] {
    for (const layer of this.#layers) {
      const value = layer.settings[key];
      if (value !== undefined && value !== null) return value as Settings[K];
    }
    return DEFAULT_SETTINGS[key];
  }

  /** The severity set for a rule, by its id before its family; `null` when nobody set one. */
  severity(rule: string): RuleSeverity | null {
    const family = `${rule.slice(0, rule.indexOf("/"))}/*`;
    for (const layer of this.#layers) {
      const rules = layer.settings.rules;
      const set = rules?.[rule] ?? rules?.[family];
      if (set !== undefined) return set;
    }
    return null;
  }

  /** True when a rule that is silent by itself is switched on by its own id; a family does not wake it. */
  isSwitchedOn(rule: string): boolean {
    for (const { settings } of this.#layers) {
      const set = settings.rules?.[rule];
      if (set !== undefined) return set !== "off";
    }
    return false;
  }

  /** True when a glob of any layer takes the file out. */
  isIgnored(path: string): boolean {
    return this.#layers.some(({ settings, folder }) => {
      const globs = settings.ignore ?? [];
      return globs.length > 0 && matchesGlob(globs, folder === undefined ? path : relativePath(folder, path));
    });
  }
}
