import flagTable from "../../../../../data/directives/dragonfly.json" with { type: "json" };

export type FlagKind =
  | "boolean"
  | "unsigned"
  | "integer"
  | "number"
  | "memory"
  | "string"
  | "list"
  | "enum"
  | "special"
  | "address"
  | "cron";

export interface FlagRecord {
  readonly name: string;
  readonly kind: FlagKind;
  readonly default?: string;
  readonly max?: number;
  readonly sensitive?: true;
  readonly summary: string;
}

/** The flags of one version of Dragonfly. Flags of the libraries inside it (logging, threads) are not in the table. */
export class FlagTable {
  #byName: ReadonlyMap<string, FlagRecord> | null = null;

  get flags(): readonly FlagRecord[] {
    return flagTable.flags as readonly FlagRecord[];
  }

  /** `1.40`: what the table says is certain for this line only. */
  get line(): string {
    return flagTable.version.split(".").slice(0, 2).join(".");
  }

  find(name: string): FlagRecord | undefined {
    this.#byName ??= new Map(this.flags.map((flag) => [flag.name, flag]));
    return this.#byName.get(name);
  }

  /** The flag in place of a directive of Redis; `null`: there is none; `undefined`: nobody wrote that down. */
  counterpart(directive: string): string | null | undefined {
    return (flagTable.counterparts as Readonly<Record<string, string | null>>)[directive];
  }
}
