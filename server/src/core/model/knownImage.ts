/** Which of a document's images are caches, what their tags say, and where a finding about them stands. */
import type { Catalog } from "../catalog/catalog.ts";
import type { TagReading } from "../catalog/repositories.ts";
import type { Repository } from "../catalog/tables.ts";
import { type ImageUse, locate, unknownSpan } from "../documents/imageUse.ts";
import { Fact } from "../fact.ts";
import { fullName, type ImageReference, parseImageReference, type ReferenceFault } from "../parse/imageReference.ts";
import { type Span, spanOf } from "../text.ts";

/** A reference as far as it is known. */
export interface ReadReference {
  readonly registry: string;
  readonly repository: string;
  readonly tag: string | null;
  readonly digest: string | null;
  /** Ranges of the resolved text. */
  readonly nameRange: Span;
  readonly tagRange: Span | null;
  /** A variable without a value stands where the tag is. */
  readonly tagUnknown: boolean;
}

export type ReadImage =
  | { readonly kind: "reference"; readonly reference: ReadReference }
  | { readonly kind: "invalid"; readonly fault: ReferenceFault }
  | { readonly kind: "unknown" };

function known(parsed: ImageReference, tagUnknown: boolean): ReadImage {
  const { registry, repository, tag, digest, nameSpan, tagSpan } = parsed;
  return {
    kind: "reference",
    reference: { registry, repository, tag, digest, nameRange: nameSpan, tagRange: tagSpan, tagUnknown },
  };
}

const READ = new Fact<ImageUse, ReadImage>();

/** Reads a reference, also when the end of it hangs on a variable that nobody defines. */
export function readImage(use: ImageUse): ReadImage {
  return READ.of(use, read);
}

function read(use: ImageUse): ReadImage {
  const { value, pieces, unresolved } = use.resolved;
  if (unresolved.length === 0) {
    const parsed = parseImageReference(value);
    return parsed.valid ? known(parsed, false) : { kind: "invalid", fault: parsed.fault };
  }
  let head = "";
  for (const piece of pieces) {
    if (piece.kind === "unknown") break;
    head += piece.text;
  }
  const isWhole = head === value && !pieces.some((piece) => piece.kind === "unknown");
  const at = head.indexOf("@");
  const colon = head.indexOf(":", head.lastIndexOf("/") + 1);
  // The digest alone is unknown: tag and repository stand before it. Otherwise the tag is.
  const name = at >= 0 ? head.slice(0, at) : colon >= 0 ? head.slice(0, colon) : isWhole ? head : null;
  if (name === null) return { kind: "unknown" };
  const parsed = parseImageReference(name);
  if (!parsed.valid) return { kind: "unknown" };
  if (at >= 0)
    return {
      kind: "reference",
      reference: { ...parsed, nameRange: parsed.nameSpan, tagRange: parsed.tagSpan, digest: "", tagUnknown: false },
    };
  return known(parsed, true);
}

/** An image that carries a server of the catalogue. */
export interface KnownImage {
  readonly use: ImageUse;
  readonly reference: ReadReference;
  readonly repository: Repository;
  /** The engine of the image: redis, valkey, redis-stack ... */
  readonly engine: string;
  /** The engine whose matrix rows and lifecycle count. */
  readonly judgedAs: string;
  readonly tag: TagReading;
  /** `7.2`; `null` where the tag names none or the engine's numbers say nothing. */
  readonly line: string | null;
  /** Pinned by a digest: the tag is only a label. */
  readonly pinned: boolean;
  /** No app's matrix has rows for the engine: it is listed nowhere, whatever its version. */
  readonly withoutTable: boolean;
  /** Where a finding about the image stands. */
  readonly span: Span;
  /** Normalised, for JSON and hovers: `docker.io/library/redis:6.2`. */
  readonly name: string;
}

const SPEAKS_NO_REDIS = "memcached";

const RECOGNISED = new Fact<Catalog, Fact<ImageUse, KnownImage | null>>();

/** `null` for anything that is no server of the catalogue: look-alikes, private copies, other software. */
export function recogniseImage(use: ImageUse, catalog: Catalog): KnownImage | null {
  return RECOGNISED.of(catalog, () => new Fact()).of(use, (one) => recognise(one, catalog));
}

function recognise(use: ImageUse, catalog: Catalog): KnownImage | null {
  const image = readImage(use);
  if (image.kind !== "reference") return null;
  const { reference } = image;
  const fullRepository = fullName(reference);
  if (catalog.repositories.lookAlike(fullRepository) !== undefined) return null;
  const repository = catalog.repositories.find(fullRepository);
  if (repository === undefined) return null;
  const tag: TagReading = reference.tagUnknown
    ? { kind: "unknown" }
    : catalog.repositories.readTag(repository, reference.tag);
  const judgedAs = repository.matrixEngine ?? repository.engine;
  const withoutTable =
    repository.engine !== SPEAKS_NO_REDIS && !catalog.apps.some((app) => catalog.hasRows(app.app, judgedAs));
  const pinned = reference.digest !== null;
  const name =
    fullRepository +
    (reference.tag === null ? "" : `:${reference.tag}`) +
    (reference.digest ? `@${reference.digest}` : "");
  return {
    use,
    reference,
    repository,
    engine: repository.engine,
    judgedAs,
    tag,
    line: tag.kind === "release" ? tag.line : null,
    pinned,
    withoutTable,
    span: spanOfFinding(use, reference, tag, pinned, withoutTable),
    name,
  };
}

/** The tag; without one the repository; the whole reference where the tag says nothing. */
function spanOfFinding(
  use: ImageUse,
  reference: ReadReference,
  tag: TagReading,
  pinned: boolean,
  withoutTable: boolean,
): Span {
  const whole = use.split ? use.span : locate(use, spanOf(0, use.resolved.value.length));
  if (withoutTable) return whole;
  if (reference.tagUnknown) return unknownSpan(use) ?? use.span;
  if (pinned && tag.kind !== "release") return whole;
  return locate(use, reference.tagRange ?? reference.nameRange);
}

/** Memcached is recognised for hovers and completion, but it is no backend that a matrix judges: nothing is told about it. */
export function isJudged(image: KnownImage): boolean {
  return image.engine !== SPEAKS_NO_REDIS;
}
