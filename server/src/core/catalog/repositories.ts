import type { LookAlike, Repository } from "./tables.ts";
import { parseVersion, releaseLine, type Version } from "./version.ts";

/** What a tag says. `floating` names no release line; `unknown` is a form that nobody documented. */
export type TagReading =
  | { readonly kind: "release"; readonly version: Version; readonly line: string; readonly variant: string | null }
  | { readonly kind: "floating"; readonly major: number | null; readonly variant: string | null }
  | { readonly kind: "unknown" };

export class Repositories {
  readonly all: readonly Repository[];
  readonly #byName = new Map<string, Repository>();
  readonly #lookAlikes = new Map<string, LookAlike>();
  readonly #patterns = new Map<string, RegExp>();

  constructor(repositories: readonly Repository[], lookAlikes: readonly LookAlike[]) {
    this.all = repositories;
    for (const repository of repositories) {
      for (const name of [repository.repository, ...repository.aliases]) this.#byName.set(name, repository);
    }
    for (const lookAlike of lookAlikes) this.#lookAlikes.set(lookAlike.repository, lookAlike);
  }

  /** By the whole normalised name (`docker.io/library/redis`), never by a part of it. */
  find(name: string): Repository | undefined {
    return this.#byName.get(name);
  }

  /** Exporters, dashboards, operators: names that only look like a server. */
  lookAlike(name: string): LookAlike | undefined {
    return this.#lookAlikes.get(name);
  }

  /** No tag means `latest`. */
  readTag(repository: Repository, tag: string | null): TagReading {
    if (repository.tags === null) return { kind: "unknown" };
    const { pattern, floating } = repository.tags;
    if (tag === null || floating.includes(tag)) return { kind: "floating", major: null, variant: null };
    const groups = this.#pattern(pattern).exec(tag)?.groups;
    if (groups === undefined) return this.#movingWithVariant(repository, tag);
    const variant = groups.variant ?? null;
    const version = parseVersion(groups.version ?? groups.stack ?? "", groups.pre ?? null);
    if (version === null) return variant === null ? { kind: "unknown" } : { kind: "floating", major: null, variant };
    const line = releaseLine(version);
    if (line === null)
      return version.pre === null ? { kind: "floating", major: version.major, variant } : { kind: "unknown" };
    return { kind: "release", version, line, variant };
  }

  /** `unstable-alpine`: a moving word and a variant that the grammar knows. */
  #movingWithVariant(repository: Repository, tag: string): TagReading {
    const { pattern, floating } = repository.tags as NonNullable<Repository["tags"]>;
    const word = floating.find((candidate) => tag.startsWith(`${candidate}-`));
    if (word === undefined) return { kind: "unknown" };
    const variant = tag.slice(word.length + 1);
    const groups = this.#pattern(pattern).exec(variant)?.groups;
    return groups?.variant === variant ? { kind: "floating", major: null, variant } : { kind: "unknown" };
  }

  #pattern(source: string): RegExp {
    let pattern = this.#patterns.get(source);
    if (pattern === undefined) {
      pattern = new RegExp(source);
      this.#patterns.set(source, pattern);
    }
    return pattern;
  }
}
