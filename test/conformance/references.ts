// Image references as the cases give them, read the way the documents read them.
import assert from "node:assert/strict";
import { versionText } from "../../server/src/core/catalog/version.ts";
import { type ImageUse, literalUse, resolveScalar } from "../../server/src/core/documents/imageUse.ts";
import { readImage, recogniseImage } from "../../server/src/core/model/knownImage.ts";
import { fullName } from "../../server/src/core/parse/imageReference.ts";
import { expandTemplate } from "../../server/src/core/parse/interpolation.ts";
import { YamlReader } from "../../server/src/core/parse/yamlReader.ts";
import { parseYaml } from "../../server/src/core/parse/yamlTree.ts";
import { checker } from "../support/inProcess.ts";
import { must } from "../support/must.ts";

export interface ReferenceCase {
  readonly id: string;
  readonly input: string;
  readonly why: string;
  readonly form?: "yaml-double-quoted" | "yaml-single-quoted" | "interpolated" | "helm-template" | "github-expression";
  readonly env?: Readonly<Record<string, string>>;
  readonly expect: {
    /** `null`: cannot be known. */
    readonly valid: boolean | null;
    readonly registry: string | null;
    readonly repository: string | null;
    readonly tag: string | null;
    readonly digest: string | null;
    readonly engine: string | null;
    readonly version: string | null;
    readonly variant: string | null;
    readonly floating: boolean | null;
    readonly lookAlike?: boolean;
    readonly unresolved?: readonly string[];
    readonly repoStatus?: string;
  };
}

/** The reference as a document would hand it on. */
function useOf({ input, form, env = {} }: ReferenceCase): ImageUse {
  if (form === undefined) return literalUse(input, 0, "");
  if (form === "interpolated") {
    const lookup = (name: string) => {
      const value = env[name];
      return value === undefined ? null : { value, path: "/.env", span: null };
    };
    return { ...literalUse(input, 0, ""), resolved: expandTemplate(input, lookup) };
  }
  const text = `image: ${input}\n`;
  const reader = new YamlReader(must(parseYaml(text).documents[0]));
  const scalar = must(reader.text(reader.root, "image"), input);
  return { ...literalUse(input, 0, ""), ...resolveScalar(scalar, text, { style: "template" }) };
}

export function assertReference(wanted: ReferenceCase): void {
  const { expect } = wanted;
  const use = useOf(wanted);
  const read = readImage(use);
  const image = recogniseImage(use, checker.catalog);
  if (expect.unresolved !== undefined) assert.deepEqual(use.resolved.unresolved, expect.unresolved);
  assert.equal(image?.engine ?? null, expect.engine);
  if (expect.valid === false) {
    assert.equal(read.kind, "invalid");
    return;
  }
  if (read.kind !== "reference") {
    assert.deepEqual([read.kind, expect.valid, expect.repository], ["unknown", null, null]);
    return;
  }
  const { reference } = read;
  const isUnknown = expect.valid === null;
  assert.deepEqual(
    {
      registry: reference.registry,
      repository: reference.repository,
      tag: reference.tag,
      digest: reference.digest,
      isUnknown: use.resolved.unresolved.length > 0,
    },
    {
      registry: expect.registry,
      repository: expect.repository,
      tag: expect.tag,
      digest: expect.digest,
      isUnknown,
    },
  );
  const name = fullName(reference);
  if (expect.lookAlike === true) assert.ok(checker.catalog.repositories.lookAlike(name) !== undefined, "look-alike");
  if (image === null) return;

  if (expect.repoStatus !== undefined) assert.equal(image.repository.status, expect.repoStatus);
  const { tag } = image;
  const hasOwnNumbers = image.judgedAs === image.engine && image.repository.bundle !== true;
  const version =
    tag.kind === "release"
      ? (hasOwnNumbers ? versionText(tag.version) : tag.line) + (tag.version.pre === null ? "" : `-${tag.version.pre}`)
      : tag.kind === "floating" && tag.major !== null
        ? String(tag.major)
        : null;
  assert.equal(version, expect.version, "version");
  assert.equal(tag.kind === "unknown" ? null : tag.variant, expect.variant, "variant");
  assert.equal(isUnknown ? null : tag.kind === "floating" && !image.pinned, expect.floating, "floating");
}
