// References one by one: the grammar, the normal form, the engine behind it and what the tag says.
import { readFileSync } from "node:fs";
import path from "node:path";
import { CASES } from "./cases.ts";
import { assertReference, type ReferenceCase } from "./references.ts";

const { cases } = JSON.parse(readFileSync(path.join(CASES, "image-references.json"), "utf8")) as {
  readonly cases: readonly ReferenceCase[];
};

describe("conformance: image references", () => {
  for (const wanted of cases)
    it(`${wanted.id} ${JSON.stringify(wanted.input)}: ${wanted.why}`, () => assertReference(wanted));
});

const UNKNOWN = { version: null, variant: null, floating: false } as const;
const DOCKER_REDIS = { registry: "docker.io", repository: "library/redis", digest: null, engine: "redis" } as const;
const PLAIN_REDIS = { valid: true, ...DOCKER_REDIS } as const;
const INVALID = {
  valid: false,
  registry: null,
  repository: null,
  tag: null,
  digest: null,
  engine: null,
  version: null,
  variant: null,
  floating: null,
} as const;
const DIGEST = `sha256:${"0123456789abcdef".repeat(4)}`;

/** Of the same shape, harder. */
const HARDER: readonly ReferenceCase[] = [
  {
    id: "github-expression",
    form: "github-expression",
    input: "redis:${{ matrix.redis }}",
    why: "the matrix of a job is not known here",
    expect: {
      ...DOCKER_REDIS,
      valid: null,
      tag: null,
      ...UNKNOWN,
      floating: null,
      unresolved: ["${{ matrix.redis }}"],
    },
  },
  {
    id: "helm-template",
    form: "helm-template",
    input: "\"redis:{{ .Values.tag | default '7.2' }}\"",
    why: "a template has no value before it is rendered",
    expect: {
      ...DOCKER_REDIS,
      valid: null,
      tag: null,
      ...UNKNOWN,
      floating: null,
      unresolved: ["{{ .Values.tag | default '7.2' }}"],
    },
  },
  {
    id: "template-name",
    form: "helm-template",
    input: '"{{ .Values.image }}"',
    why: "nothing at all is known",
    expect: { ...INVALID, valid: null, ...UNKNOWN, floating: null },
  },
  {
    id: "escaped-dollar",
    form: "interpolated",
    input: "redis:$${TAG}",
    why: "$$ is a dollar sign, which no tag holds",
    expect: INVALID,
  },
  {
    id: "empty-with-colon",
    form: "interpolated",
    env: { TAG: "" },
    input: "redis:${TAG:-7.2}",
    why: ":- replaces an empty value",
    expect: { ...PLAIN_REDIS, ...UNKNOWN, tag: "7.2", version: "7.2" },
  },
  {
    id: "empty-without-colon",
    form: "interpolated",
    env: { TAG: "" },
    input: "redis:${TAG-7.2}",
    why: "- keeps an empty value, so the tag is missing behind the colon",
    expect: INVALID,
  },
  {
    id: "replacement",
    form: "interpolated",
    env: { ALPINE: "1" },
    input: "redis:7.2${ALPINE:+-alpine}",
    why: ":+ yields its operand when the variable is set",
    expect: { ...PLAIN_REDIS, ...UNKNOWN, tag: "7.2-alpine", version: "7.2", variant: "alpine" },
  },
  {
    id: "nested-defaults",
    form: "interpolated",
    env: { B: "8.0" },
    input: "redis:${A:-${B:-7.0}}",
    why: "the inner variable counts before its default",
    expect: { ...PLAIN_REDIS, ...UNKNOWN, tag: "8.0", version: "8.0" },
  },
  {
    id: "required",
    form: "interpolated",
    input: "redis:${A:?set me}",
    why: "Compose stops without a value, so nothing can be said",
    expect: { ...DOCKER_REDIS, valid: null, tag: null, ...UNKNOWN, floating: null, unresolved: ["A"] },
  },
  {
    id: "digest-and-line",
    input: `redis:8-alpine3.22@${DIGEST}`,
    why: "a digest stops the tag from moving",
    expect: { ...PLAIN_REDIS, ...UNKNOWN, tag: "8-alpine3.22", digest: DIGEST, version: "8", variant: "alpine3.22" },
  },
  {
    id: "digest-upper",
    input: `redis@sha256:${DIGEST.slice(7).toUpperCase()}`,
    why: "hexadecimal digits are small",
    expect: INVALID,
  },
  { id: "digest-empty", input: "redis@", why: "no digest behind the sign", expect: INVALID },
  { id: "tag-length", input: `redis:${"7".repeat(129)}`, why: "a tag has at most 128 characters", expect: INVALID },
  { id: "tag-dash", input: "redis:-7", why: "a tag does not begin with a dash", expect: INVALID },
  { id: "three-underscores", input: "my___redis:7.2", why: "two underscores at most", expect: INVALID },
  { id: "slash-at-end", input: "redis/:7.2", why: "an empty part of a path", expect: INVALID },
  { id: "double-slash", input: "library//redis:7.2", why: "an empty part of a path", expect: INVALID },
  { id: "scheme", input: "https://docker.io/library/redis:7.2", why: "a URL is no reference", expect: INVALID },
  {
    id: "upper-case-registry",
    input: "DOCKER.IO/library/redis:7.2",
    why: "registries are compared as written: this is not docker.io",
    expect: {
      valid: true,
      registry: "DOCKER.IO",
      repository: "library/redis",
      tag: "7.2",
      digest: null,
      engine: null,
      ...UNKNOWN,
    },
  },
  {
    id: "hub-with-port",
    input: "docker.io:443/library/redis:7.2",
    why: "with a port it is another registry",
    expect: {
      valid: true,
      registry: "docker.io:443",
      repository: "library/redis",
      tag: "7.2",
      digest: null,
      engine: null,
      ...UNKNOWN,
    },
  },
  {
    id: "tag-upper",
    input: "redis:Latest",
    why: "tags keep their case, and nobody published this one",
    expect: { ...PLAIN_REDIS, ...UNKNOWN, tag: "Latest" },
  },
  {
    id: "v-prefix",
    input: "redis:v7.2",
    why: "the official image has no v: a form that nobody documented",
    expect: { ...PLAIN_REDIS, ...UNKNOWN, tag: "v7.2" },
  },
  {
    id: "four-numbers",
    input: "redis:7.2.4.1",
    why: "no version of Redis has four numbers",
    expect: { ...PLAIN_REDIS, ...UNKNOWN, tag: "7.2.4.1" },
  },
  {
    id: "dragonfly-ubuntu",
    input: "docker.dragonflydb.io/dragonflydb/dragonfly:ubuntu-v1.27.1",
    why: "the variant comes first",
    expect: {
      valid: true,
      registry: "docker.dragonflydb.io",
      repository: "dragonflydb/dragonfly",
      tag: "ubuntu-v1.27.1",
      digest: null,
      engine: "dragonfly",
      ...UNKNOWN,
      version: "1.27.1",
      variant: "ubuntu",
    },
  },
  {
    id: "valkey-bundle",
    input: "valkey/valkey-bundle:8.1.7",
    why: "the patch of a bundle is not the server's",
    expect: {
      valid: true,
      registry: "docker.io",
      repository: "valkey/valkey-bundle",
      tag: "8.1.7",
      digest: null,
      engine: "valkey",
      ...UNKNOWN,
      version: "8.1",
    },
  },
];

describe("conformance: harder image references", () => {
  for (const wanted of HARDER)
    it(`${wanted.id} ${wanted.input.slice(0, 60)}: ${wanted.why}`, () => assertReference(wanted));
});
