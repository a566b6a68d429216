/**
 * Image references by the grammar of distribution/reference (github.com/distribution/reference, reference.go and
 * normalize.go): `name [":" tag] ["@" digest]`, normalised as Docker does it.
 */
import { type Span, spanOf } from "../text.ts";

export interface ImageReference {
  readonly valid: true;
  readonly registry: string;
  readonly repository: string;
  readonly tag: string | null;
  readonly digest: string | null;
  /** Where the parts stand in the given text. */
  readonly nameSpan: Span;
  readonly tagSpan: Span | null;
}

export type ReferenceFault =
  | "empty"
  | "whitespace"
  | "empty-tag"
  | "bad-tag"
  | "bad-digest"
  | "uppercase-repository"
  | "invalid-format";

export interface InvalidReference {
  readonly valid: false;
  readonly fault: ReferenceFault;
}

const DOMAIN =
  /^(?:(?:[A-Za-z0-9]|[A-Za-z0-9][A-Za-z0-9-]*[A-Za-z0-9])(?:\.(?:[A-Za-z0-9]|[A-Za-z0-9][A-Za-z0-9-]*[A-Za-z0-9]))*|\[[0-9a-fA-F:]+\])(?::[0-9]+)?$/;
const PATH_PART = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const TAG = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;
const DIGEST = /^[A-Za-z][A-Za-z0-9]*(?:[+._-][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;
/** Longest repository path, the registry not counted (reference.go: RepositoryNameTotalLengthMax). */
const MAX_REPOSITORY_LENGTH = 255;
/** No reference is longer than this; a longer text is refused before any expression sees it. */
const MAX_REFERENCE_LENGTH = 4096;

function invalid(fault: ReferenceFault): InvalidReference {
  return { valid: false, fault };
}

function isDigest(digest: string): boolean {
  if (!DIGEST.test(digest)) return false;
  // The algorithms that github.com/opencontainers/go-digest knows; others are refused by reference.Parse.
  if (digest.startsWith("sha256:")) return /^sha256:[a-f0-9]{64}$/.test(digest);
  if (digest.startsWith("sha512:")) return /^sha512:[a-f0-9]{128}$/.test(digest);
  return /^sha384:[a-f0-9]{96}$/.test(digest);
}

/** A first path part is a registry when it has a dot, a port or an upper-case letter, or is `localhost`. */
function isRegistry(part: string): boolean {
  return part === "localhost" || /[.:]/.test(part) || part !== part.toLowerCase();
}

/** `docker.io/library/redis`: registry and repository in one string, the key of the catalogue. */
export function fullName(reference: { registry: string; repository: string }): string {
  return `${reference.registry}/${reference.repository}`;
}

export function parseImageReference(text: string): ImageReference | InvalidReference {
  if (text === "") return invalid("empty");
  if (text.length > MAX_REFERENCE_LENGTH) return invalid("invalid-format");
  if (/\s/.test(text)) return invalid("whitespace");

  const at = text.indexOf("@");
  const digest = at < 0 ? null : text.slice(at + 1);
  if (digest !== null && !isDigest(digest)) return invalid("bad-digest");
  const named = at < 0 ? text : text.slice(0, at);

  const colon = named.indexOf(":", named.lastIndexOf("/") + 1);
  const name = colon < 0 ? named : named.slice(0, colon);
  const tag = colon < 0 ? null : named.slice(colon + 1);
  if (tag === "") return invalid("empty-tag");
  if (tag?.includes(":")) return invalid("invalid-format");
  if (name === "") return invalid("invalid-format");

  const slash = name.indexOf("/");
  const first = slash < 0 ? "" : name.slice(0, slash);
  const hasRegistry = slash > 0 && isRegistry(first);
  let registry = hasRegistry ? first : "docker.io";
  let repository = hasRegistry ? name.slice(slash + 1) : name;
  if (hasRegistry && !DOMAIN.test(registry)) return invalid("invalid-format");
  if (repository !== repository.toLowerCase()) return invalid("uppercase-repository");
  if (!repository.split("/").every((part) => PATH_PART.test(part))) return invalid("invalid-format");
  if (tag !== null && !TAG.test(tag)) return invalid("bad-tag");
  if (registry === "index.docker.io") registry = "docker.io";
  if (registry === "docker.io" && !repository.includes("/")) {
    // 64 hex digits alone are an image id, which the grammar refuses as a name.
    if (!hasRegistry && tag === null && digest === null && /^[a-f0-9]{64}$/.test(name))
      return invalid("invalid-format");
    repository = `library/${repository}`;
  }
  if (repository.length > MAX_REPOSITORY_LENGTH) return invalid("invalid-format");

  return {
    valid: true,
    registry,
    repository,
    tag,
    digest,
    nameSpan: spanOf(0, name.length),
    tagSpan: tag === null ? null : spanOf(name.length + 1, name.length + 1 + tag.length),
  };
}
