/** Mastodon among the readers: its version, its processes, and which of its connection settings win. */
import { compareVersions } from "../catalog/version.ts";
import type { EnvContext } from "./context.ts";
import type { EnvLine } from "./entry.ts";

/** Each prefix is a connection of its own: main, cache, jobs. */
export const PREFIXES = ["", "CACHE_", "SIDEKIQ_"] as const;
export type Prefix = (typeof PREFIXES)[number];

const PARTS = ["HOST", "PORT", "USER", "PASSWORD", "DB"] as const;
const SENTINEL_PARTS = [
  "SENTINELS",
  "SENTINEL_MASTER",
  "SENTINEL_PORT",
  "SENTINEL_USERNAME",
  "SENTINEL_PASSWORD",
] as const;

export class Mastodon {
  readonly #context: EnvContext;
  /** `4.5`; `null`: not known. */
  readonly series: string | null;
  /** Build metadata of a fork, which may carry patches of later versions. */
  readonly isFork: boolean;
  /** Rails or Sidekiq get this file; assumed while nobody names its readers. */
  readonly railsReads: boolean;
  readonly streamingReads: boolean;

  private constructor(context: EnvContext, version: string | null) {
    this.#context = context;
    this.series = /^\d+\.\d+/.exec(version ?? "")?.[0] ?? null;
    this.isFork = version?.includes("+") === true;
    const processes = context.around.processes ?? null;
    this.railsReads = processes === null || processes.has("rails") || processes.has("sidekiq");
    this.streamingReads = processes === null || processes.has("streaming");
  }

  /** `null`: Mastodon does not read the file, as far as anybody knows. */
  static among(context: EnvContext): Mastodon | null {
    const app = context.app("mastodon");
    return app === undefined ? null : new Mastodon(context, app.version);
  }

  /** As a person reads it: `Mastodon 4.5`, or `Mastodon` while the version is not known. */
  get name(): string {
    return this.series === null ? "Mastodon" : `Mastodon ${this.series}`;
  }

  /** `null` while the version is not known. */
  isAtLeast(series: string): boolean | null {
    return this.series === null ? null : compareVersions(this.series, series) >= 0;
  }

  /** The URL wins over all parts of its prefix. */
  hasUrl(prefix: Prefix): boolean {
    return this.#context.isSet(`${prefix}REDIS_URL`);
  }

  hasSentinelPair(prefix: Prefix): boolean {
    return (
      this.isAtLeast("4.3") !== false &&
      this.#context.isSet(`${prefix}REDIS_SENTINELS`) &&
      this.#context.isSet(`${prefix}REDIS_SENTINEL_MASTER`)
    );
  }

  /** The line is read but loses: to the URL, or to the Sentinel pair. */
  isIgnored(line: EnvLine): boolean {
    const { prefix, part } = splitName(line.key) ?? {};
    if (prefix === undefined || part === "URL") return false;
    if (this.hasUrl(prefix)) return true;
    return (part === "HOST" || part === "PORT") && this.hasSentinelPair(prefix);
  }

  /** The lines of a prefix that a URL makes useless, blank ones left out. */
  linesOf(prefix: Prefix, parts: readonly string[] = [...PARTS, ...SENTINEL_PARTS]): EnvLine[] {
    return parts
      .map((part) => this.#context.line(`${prefix}REDIS_${part}`))
      .filter((line) => line !== undefined && !line.isBlank) as EnvLine[];
  }

  sentinelLines(prefix: Prefix): EnvLine[] {
    return this.linesOf(prefix, SENTINEL_PARTS);
  }
}

/** `CACHE_REDIS_HOST` is the part `HOST` of the prefix `CACHE_`. */
export function splitName(name: string): { readonly prefix: Prefix; readonly part: string } | null {
  const [, prefix = "", part] = /^(CACHE_|SIDEKIQ_)?REDIS_([A-Z_]+)$/.exec(name) ?? [];
  return part === undefined ? null : { prefix: prefix as Prefix, part };
}
