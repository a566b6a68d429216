/**
 * What a line leaves behind for others to look at. Most settings are judged by themselves and never looked at again, so where a file is
 * held against many servers, a line that pleases the first of them need not be read by the rest: unless it leaves a trace.
 */
import { lowerCase } from "../bytes.ts";
import type { DirectiveRecord, DirectiveTable } from "../directiveTable.ts";
import type { ConfLine } from "../parser.ts";

/** Directives whose values other lines, or the server before it starts, are held against. Every question to `ServerState` names one of these. */
const ASKED = [
  "acl-pubsub-default",
  "aclfile",
  "array-sparse-kmax",
  "array-sparse-kmin",
  "bind",
  "cluster-config-file",
  "cluster-enabled",
  "cluster-port",
  "port",
  "rdma-port",
  "replicaof",
  "tls-auth-clients",
  "tls-ca-cert-dir",
  "tls-ca-cert-file",
  "tls-cert-file",
  "tls-cluster",
  "tls-key-file",
  "tls-port",
  "tls-replication",
  "unixsocket",
] as const;

export type AskedDirective = (typeof ASKED)[number];

/** Rules of lines that change how others are read, or that are judged after the whole file was read. */
const LASTING_RULES = new Set(["built-in-module", "include", "loadmodule", "rename-command", "sentinel", "user"]);

export class Traces {
  #names: ReadonlySet<string> | null = null;
  #records: ReadonlySet<DirectiveRecord> | null = null;
  readonly #table: DirectiveTable;

  constructor(table: DirectiveTable) {
    this.#table = table;
  }

  leftBy({ words: [name] }: ConfLine): boolean {
    this.#names ??= this.#gatherNames();
    // 6.x reads a name up to its first NUL byte.
    return name !== undefined && (this.#names.has(lowerCase(name.value)) || name.value.includes("\0"));
  }

  /** The values of the directive are looked at again, by other lines or after the whole file was read. */
  isAsked(directive: DirectiveRecord): boolean {
    this.#records ??= this.#gatherRecords();
    return this.#records.has(directive);
  }

  #gatherRecords(): ReadonlySet<DirectiveRecord> {
    const asked = new Set(ASKED.map((name) => this.#table.findAnywhere(name)?.directive));
    const isLasting = ({ variants }: DirectiveRecord): boolean =>
      variants.some(({ rule }) => rule !== undefined && LASTING_RULES.has(rule));
    return new Set(this.#table.directives.filter((directive) => asked.has(directive) || isLasting(directive)));
  }

  #gatherNames(): ReadonlySet<string> {
    const names = new Set<string>();
    this.#records ??= this.#gatherRecords();
    for (const { name, variants } of this.#records) {
      for (const variant of variants)
        for (const spelling of [variant.name ?? name, ...(variant.aliases ?? [])]) names.add(spelling);
    }
    return names;
  }
}
