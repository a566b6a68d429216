import type { VersionSet } from "../target.ts";

/** Why a server does not take the values of a directive. */
export interface ValueTrouble {
  /** Index of the argument to blame; `all` for their number or what they are together. */
  readonly argument: number | "all";
  readonly what: string;
  readonly reason?: "count" | "version";
  /** What to write in place of the argument, where only one thing can have been meant. */
  readonly instead?: string;
  /** Release lines that do take it. */
  readonly knownIn?: VersionSet;
  readonly advice?: string;
}

export function valueTrouble(argument: number | "all", what: string, more: Partial<ValueTrouble> = {}): ValueTrouble {
  return { argument, what, ...more };
}
