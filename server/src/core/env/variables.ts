/** The one typed door to `data/env-variables.json`. Indexed when first asked: most files never ask. */
import table from "../../../../data/env-variables.json" with { type: "json" };
import type { Sourced } from "../catalog/tables.ts";

export type VariableType =
  | "url"
  | "host"
  | "port"
  | "password"
  | "integer"
  | "boolean"
  | "enum"
  | "list"
  | "string"
  | "path"
  | "pattern"
  | "variable-name";

/** Processes of Mastodon. */
export type Process = "rails" | "sidekiq" | "streaming";

export interface EnvVariable extends Sourced {
  readonly name: string;
  readonly app: string;
  readonly type: VariableType;
  readonly values?: readonly string[];
  readonly schemes?: readonly string[];
  readonly min?: number;
  readonly separator?: string;
  readonly pattern?: string;
  readonly summary: string;
  readonly readBy?: readonly Process[];
  readonly since?: string;
  readonly deprecated?: string;
  readonly removed?: string;
  readonly default?: string;
  readonly precedence?: string;
  readonly requires?: readonly string[];
  readonly ignoredWhen?: readonly string[];
  readonly onEmpty?: string;
  readonly onSet?: string;
  readonly status?: "removed" | "not-read" | "undocumented" | "look-alike" | "superseded" | "convention" | "unverified";
  readonly replacement?: string;
  readonly notes?: string;
  readonly sensitive?: true;
  readonly sensitiveNames?: readonly string[];
  readonly required?: true;
  readonly see?: readonly string[];
}

export interface EnvVariableTable {
  readonly sources: readonly (Sourced & { readonly id: string })[];
  readonly variables: readonly EnvVariable[];
}

interface Index {
  readonly byName: ReadonlyMap<string, readonly EnvVariable[]>;
  readonly byApp: ReadonlyMap<string, readonly EnvVariable[]>;
  readonly patterns: readonly { readonly test: RegExp; readonly variable: EnvVariable }[];
  readonly sources: ReadonlyMap<string, Sourced>;
}

export class EnvVariables {
  readonly #table: EnvVariableTable;
  #index: Index | null = null;

  constructor(tables: EnvVariableTable) {
    this.#table = tables;
  }

  /** All meanings of a name, one per app; families of names last. */
  named(name: string): readonly EnvVariable[] {
    const { byName, patterns } = this.#indexed();
    const exact = byName.get(name) ?? [];
    const family = patterns.filter(({ test }) => test.test(name)).map(({ variable }) => variable);
    return family.length === 0 ? exact : [...exact, ...family];
  }

  /** The meaning of a name for an app. */
  of(app: string, name: string): EnvVariable | undefined {
    return this.named(name).find((variable) => variable.app === app);
  }

  /** In the order of the table. */
  ofApp(app: string): readonly EnvVariable[] {
    return this.#indexed().byApp.get(app) ?? [];
  }

  /** Its own source first. */
  sources(variable: EnvVariable): readonly Sourced[] {
    const further = (variable.see ?? []).map((id) => this.#indexed().sources.get(id));
    return [variable, ...further.filter((source) => source !== undefined)];
  }

  #indexed(): Index {
    if (this.#index !== null) return this.#index;
    const byName = new Map<string, EnvVariable[]>();
    const byApp = new Map<string, EnvVariable[]>();
    const patterns: Index["patterns"][number][] = [];
    for (const variable of this.#table.variables) {
      push(byApp, variable.app, variable);
      if (variable.pattern === undefined) push(byName, variable.name, variable);
      else patterns.push({ test: new RegExp(variable.pattern), variable });
    }
    const sources = new Map(this.#table.sources.map((source) => [source.id, source]));
    this.#index = { byName, byApp, patterns, sources };
    return this.#index;
  }
}

function push(map: Map<string, EnvVariable[]>, key: string, variable: EnvVariable): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [variable]);
  else list.push(variable);
}

/** The table that comes with the program. `data:check` holds it against its schema, so the shape is certain here. */
export const ENV_VARIABLES = new EnvVariables(table as unknown as EnvVariableTable);
