/** What a server of a stack has in effect, the same for every engine. `null` = nobody can know it from the files. */
import type { Place } from "../../finding.ts";

export interface Setting<T> {
  readonly value: T;
  /** Where it is written; `null` for a default. */
  readonly place: Place | null;
}

export interface ServerSettings {
  /** Listens without TLS; 0 = it does not. */
  readonly port: Setting<number> | null;
  /** Listens with TLS; 0 = it does not. */
  readonly tlsPort: Setting<number> | null;
  /** Of the user `default`; empty = none. */
  readonly password: Setting<string> | null;
  /** Users of their own, by `user` or an ACL file. */
  readonly hasUsers: boolean | null;
  /** How many databases a client may select. */
  readonly databases: Setting<number> | null;
  readonly maxmemory: Setting<bigint> | null;
  readonly policy: Setting<string> | null;
  /** Saves to disk: snapshots, append-only file. */
  readonly snapshots: boolean | null;
  readonly appendOnly: boolean | null;
}

export const UNKNOWN_SETTINGS: ServerSettings = {
  port: null,
  tlsPort: null,
  password: null,
  hasUsers: null,
  databases: null,
  maxmemory: null,
  policy: null,
  snapshots: null,
  appendOnly: null,
};

/** The usual port of every engine that speaks the protocol. */
export const USUAL_PORT = 6379;

export function portNumber(text: string): number | null {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : null;
}
