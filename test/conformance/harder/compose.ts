// Compose files: who runs which text. Expected values follow the Compose specification and YAML 1.2 with merge keys.
import type { MarkedCase } from "../marked.ts";

const DIGEST = `sha256:${"4c1d90be".repeat(8)}`;

/** One file `compose.yaml`. */
function compose(
  id: string,
  why: string,
  text: string,
  images: readonly string[],
  more: Partial<MarkedCase> = {},
): MarkedCase {
  return { id, why, files: { "compose.yaml": text }, images, ...more };
}

/** One service with this line behind `image:`. */
function image(id: string, why: string, written: string, expected: string, more: Partial<MarkedCase> = {}): MarkedCase {
  return compose(id, why, `services:\n  cache:\n    image: ${written}\n`, [expected], more);
}

export const ANCHORS: readonly MarkedCase[] = [
  compose(
    "nested-merges",
    "a merge that merges: the text is told where it is written",
    "x-a: &a\n  image: redis:«6.2»\nx-b: &b\n  <<: *a\n  restart: always\nservices:\n  one:\n    <<: *b\n  two:\n    <<: *b\n",
    ["redis unsupported 8.2"],
  ),
  compose(
    "merge-list",
    "of a list of merges the first map wins, the other text runs nowhere",
    'x-a: &a {image: "redis:«6.2»"}\nx-b: &b {image: "redis:6.0", restart: always}\nservices:\n  one:\n    <<: [*a, *b]\n',
    ["redis unsupported 8.2"],
  ),
  compose(
    "merge-list-second",
    "the first map of the list has no image, so the second one gives it",
    'x-a: &a {restart: always}\nx-b: &b {image: "redis:«7.0»"}\nservices:\n  one:\n    <<: [*a, *b]\n',
    ["redis end-of-life 7.4"],
  ),
  compose(
    "merge-before-and-behind",
    "an own key beats a merged one wherever the merge stands",
    "x-a: &a\n  image: redis:6.0\nservices:\n  one:\n    image: redis:«6.2»\n    <<: *a\n",
    ["redis unsupported 8.2"],
  ),
  compose(
    "overridden-everywhere",
    "every service that merges the anchor writes its own image",
    "x-a: &a\n  image: redis:5.0\n  restart: always\nservices:\n  one:\n    <<: *a\n    image: redis:«8.2»\n  two:\n    <<: *a\n    image: nginx:1.27\n",
    ["redis supported"],
  ),
  compose(
    "overridden-by-one",
    "one service overrides, the other one still runs the merged text",
    "x-a: &a\n  image: redis:«6.2»\nservices:\n  one:\n    <<: *a\n    image: redis:«7.0»\n  two:\n    <<: *a\n",
    ["redis unsupported 8.2", "redis end-of-life 7.4"],
  ),
  compose(
    "alias-of-scalar",
    "an image text behind an alias is told once",
    "x-image: &img redis:«7.0»\nservices:\n  one: {image: *img}\n  two: {image: *img}\n",
    ["redis end-of-life 7.4"],
  ),
  compose(
    "anchor-on-image",
    "the anchor stands at the image of a service and is used by the next one",
    "services:\n  one:\n    image: &img redis:«7.0-alpine»\n  two:\n    image: *img\n",
    ["redis end-of-life 7.4-alpine"],
  ),
  compose(
    "anchor-redefined",
    "an alias means the newest anchor above it",
    "services:\n  one: {image: &i redis:«6.2»}\n  two: {image: *i}\n  three: {image: &i redis:«7.0»}\n  four: {image: *i}\n",
    ["redis unsupported 8.2", "redis end-of-life 7.4"],
  ),
  compose(
    "anchor-redefined-unused",
    "the first anchor of the name is used by nobody",
    "x-a: &c {image: redis:6.0}\nx-b: &c {image: redis:«6.2»}\nservices:\n  one: {<<: *c}\n",
    ["redis unsupported 8.2"],
  ),
  compose(
    "whole-service-alias",
    "a service that is an alias of another one",
    "services:\n  one: &one\n    image: redis:«6.2»\n  two: *one\n",
    ["redis unsupported 8.2"],
  ),
  compose(
    "merged-services",
    "the map of services itself is merged",
    "x-services: &s\n  one:\n    image: redis:«6.2»\nservices:\n  <<: *s\n  two:\n    image: redis:«8.2»\n",
    ["redis unsupported 8.2", "redis supported"],
  ),
  compose(
    "extension-is-no-service",
    "services below an x- key run nowhere",
    "x-old:\n  services:\n    one:\n      image: redis:5.0\nservices:\n  two:\n    image: redis:«8.2»\n",
    ["redis supported"],
  ),
  compose(
    "stream",
    "all documents of a stream are read; anchors do not reach the next one",
    "services:\n  one:\n    image: &i redis:«6.2»\n---\nservices:\n  two:\n    image: redis:«7.0»\n...\n---\n# nothing\n---\nservices: {three: {image: redis:«8.2»}}\n",
    ["redis unsupported 8.2", "redis end-of-life 7.4", "redis supported"],
  ),
  compose(
    "json",
    "JSON is YAML",
    '{"services":{"one":{"image":"redis:«6.2»"},"two":{"image":"valkey/valkey:«8.1-alpine»"}}}',
    ["redis unsupported 8.2", "valkey supported"],
  ),
  compose(
    "reset",
    "!reset takes the image away",
    "services:\n  one:\n    image: !reset redis:6.2\n  two: !reset\n    image: redis:6.2\n  three:\n    image: redis:«6.2»\n",
    ["redis unsupported 8.2"],
  ),
  compose(
    "override",
    "!override replaces the service, and what it says runs",
    "services:\n  one: !override\n    image: redis:«6.2»\n",
    ["redis unsupported 8.2"],
  ),
  compose(
    "build-reset",
    "the build is taken away, so the image is pulled",
    "services:\n  one:\n    build: !reset null\n    image: redis:«6.2»\n",
    ["redis unsupported 8.2"],
  ),
  compose(
    "build-merged",
    "a merged build makes the image a result",
    "x-b: &b {build: ./cache}\nservices:\n  one:\n    <<: *b\n    image: redis:6.2\n",
    [],
  ),
  compose(
    "build-short-of-nothing",
    "a service with build is silent, whatever the value's form",
    "services:\n  one:\n    build:\n      dockerfile_inline: |\n        FROM redis:6.2\n    image: redis:6.2\n",
    [],
  ),
  compose(
    "service-named-image",
    "names of services may be any word",
    "services:\n  image:\n    image: redis:«6.2»\n  services:\n    image: redis:«8.2»\n",
    ["redis unsupported 8.2", "redis supported"],
  ),
  compose(
    "elsewhere",
    "labels, environment, configs, commands and comments run nothing",
    'services:\n  web:\n    image: nginx:1.27\n    # image: redis:5.0\n    labels: {image: "redis:5.0"}\n    environment:\n      image: redis:5.0\n    command: ["run", "image: redis:5.0"]\nconfigs:\n  services:\n    content: |\n      services:\n        cache:\n          image: redis:5.0\nsecrets:\n  image:\n    environment: redis:5.0\n',
    [],
  ),
  compose(
    "profile",
    "a service behind a profile runs when it is asked for",
    "services:\n  one:\n    image: redis:«6.2»\n    profiles: [old]\n",
    ["redis unsupported 8.2"],
  ),
];

export const FILES: readonly MarkedCase[] = [
  compose(
    "extends-in-file",
    "the extended text is told once; an own image is told, too",
    "services:\n  base:\n    image: redis:«6.2»\n  plain:\n    extends: base\n  own:\n    extends:\n      service: base\n    image: redis:«7.0»\n",
    ["redis unsupported 8.2", "redis end-of-life 7.4"],
  ),
  compose(
    "extends-built",
    "the extended service builds, so the image names the result",
    "services:\n  base:\n    build: .\n  one:\n    extends: {service: base}\n    image: redis:6.2\n",
    [],
  ),
  compose(
    "extends-circle",
    "services that extend each other end somewhere",
    "services:\n  one:\n    extends: two\n    image: redis:«6.2»\n  two:\n    extends: one\n",
    ["redis unsupported 8.2"],
  ),
  {
    id: "extends-file",
    why: "a file that extends names is a compose file, whatever its name, and is judged by itself",
    files: {
      "compose.yaml": "services:\n  cache:\n    extends:\n      file: parts/base.yml\n      service: cache\n",
      "parts/base.yml": "services:\n  cache:\n    image: redis:«6.2»\n",
    },
    images: ["redis unsupported 8.2"],
  },
  {
    id: "base-and-override",
    why: "every file is judged by itself",
    files: {
      "docker-compose.yml": "services:\n  cache:\n    image: redis:«6.2»\n",
      "docker-compose.override.yml": "services:\n  cache:\n    image: redis:«8.2»\n",
    },
    images: ["redis unsupported 8.2", "redis supported"],
  },
  {
    id: "include-short",
    why: "an included file gets the environment of the including project",
    files: {
      "compose.yaml": "include:\n  - sub/cache.yml\n",
      ".env": "TAG=‹7.0›\n",
      "sub/cache.yml": "services:\n  cache:\n    image: redis:«${TAG}»\n",
    },
    images: ["redis end-of-life 7.4"],
  },
  {
    id: "include-env-file",
    why: "env_file gives the defaults of an included file",
    files: {
      "compose.yaml": "include:\n  - path: sub/cache.yml\n    env_file: sub/cache.env\n",
      "sub/cache.yml": "services:\n  cache:\n    image: redis:«${TAG}»\n",
      "sub/cache.env": "TAG=‹7.0›\n",
    },
    images: ["redis end-of-life 7.4"],
  },
  {
    id: "include-env-file-loses",
    why: "the .env of the including project wins over env_file",
    files: {
      "compose.yaml": "include:\n  - path: sub/cache.yml\n    env_file: sub/cache.env\n",
      ".env": "TAG=8.2\n",
      "sub/cache.yml": "services:\n  cache:\n    image: redis:«${TAG}»\n",
      "sub/cache.env": "TAG=7.0\n",
    },
    images: ["redis supported"],
  },
  {
    id: "include-env-files",
    why: "of several env_files the later one wins",
    files: {
      "compose.yaml": "include:\n  - path: [sub/cache.yml]\n    env_file: [a.env, b.env]\n",
      "sub/cache.yml": "services:\n  cache:\n    image: redis:«${TAG}»\n",
      "a.env": "TAG=6.2\n",
      "b.env": "TAG=‹7.0›\n",
    },
    images: ["redis end-of-life 7.4"],
  },
  {
    id: "include-own-env",
    why: "without env_file the .env of the included file's folder gives the defaults",
    files: {
      "compose.yaml": "include: [sub/cache.yml]\n",
      "sub/cache.yml": "services:\n  cache:\n    image: redis:«${TAG}»\n",
      "sub/.env": "TAG=‹7.0›\n",
    },
    images: ["redis end-of-life 7.4"],
  },
  {
    id: "include-project-directory",
    why: "project_directory says where the .env of an included file lies",
    files: {
      "compose.yaml": "include:\n  - path: sub/cache.yml\n    project_directory: other\n",
      "sub/cache.yml": "services:\n  cache:\n    image: redis:«${TAG}»\n",
      "sub/.env": "TAG=6.2\n",
      "other/.env": "TAG=‹7.0›\n",
    },
    images: ["redis end-of-life 7.4"],
  },
  {
    id: "service-env-file",
    why: "env_file of a service fills the container, not the expressions of the file",
    files: {
      "compose.yaml": "services:\n  cache:\n    image: redis:«${TAG}»\n    env_file: cache.env\n",
      "cache.env": "TAG=7.0\n",
    },
    images: ["redis unknown"],
  },
  {
    id: "env-of-another-folder",
    why: "only the .env beside the file counts",
    files: {
      "deploy/compose.yaml": "services:\n  cache:\n    image: redis:«${TAG}»\n",
      ".env": "TAG=7.0\n",
    },
    images: ["redis unknown"],
  },
];

function env(id: string, why: string, lines: string, written: string, expected: string): MarkedCase {
  return {
    id,
    why,
    files: { "compose.yaml": `services:\n  cache:\n    image: ${written}\n`, ".env": lines },
    images: [expected],
  };
}

export const EXPRESSIONS: readonly MarkedCase[] = [
  env("env-plain", "the value of .env", "TAG=‹7.0›\n", "redis:«${TAG}»", "redis end-of-life 7.4"),
  env("env-no-braces", "without braces", "TAG=‹7.0›\n", "redis:«$TAG»", "redis end-of-life 7.4"),
  env("env-double", "quotes are no part of the value", 'TAG="‹7.0›"\n', "redis:«${TAG}»", "redis end-of-life 7.4"),
  env("env-single", "quotes are no part of the value", "TAG='‹7.0›'\n", "redis:«${TAG}»", "redis end-of-life 7.4"),
  env("env-export", "export is allowed", "export TAG=‹7.0›\n", "redis:«${TAG}»", "redis end-of-life 7.4"),
  env("env-comment", "a comment behind a blank", "TAG=‹7.0› # old\n", "redis:«${TAG}»", "redis end-of-life 7.4"),
  env("env-blanks", "blanks around the sign", "TAG = ‹7.0›  \n", "redis:«${TAG}»", "redis end-of-life 7.4"),
  env("env-crlf", "Windows line ends", "A=1\r\nTAG=‹7.0›\r\nB=2\r\n", "redis:«${TAG}»", "redis end-of-life 7.4"),
  env("env-last", "the later line wins", "TAG=6.2\nTAG=‹7.0›\n", "redis:«${TAG}»", "redis end-of-life 7.4"),
  env("env-commented", "a comment sets nothing", "# TAG=6.2\n", "redis:«${TAG}»", "redis unknown"),
  env("env-in-env", "a value made of others", "V=7.0\nTAG=${V}-alpine\n", "redis:«${TAG}»", "redis end-of-life *"),
  env(
    "env-in-single",
    "nothing is filled in between single quotes, so the tag is no tag",
    "V=7.0\nTAG='${V}'\n",
    "redis:${OTHER:-«7.0»}",
    "redis end-of-life 7.4",
  ),
  env(
    "env-default-loses",
    "the value wins over the default",
    "TAG=‹7.0›\n",
    "redis:«${TAG:-8.2}»",
    "redis end-of-life 7.4",
  ),
  env(
    "env-dash-loses",
    "the value wins over the default",
    "TAG=‹7.0›\n",
    "redis:«${TAG-8.2}»",
    "redis end-of-life 7.4",
  ),
  env("env-required", "the value is there", "TAG=‹7.0›\n", "redis:«${TAG:?set it}»", "redis end-of-life 7.4"),
  env("env-empty-colon", ":- replaces an empty value", "TAG=\n", "redis:${TAG:-«7.0»}", "redis end-of-life 7.4"),
  env("env-plus", ":+ yields its operand", "SMALL=yes\n", "redis:«7.0${SMALL:+-alpine}»", "redis end-of-life *"),
  env(
    "env-plus-empty",
    ":+ yields nothing for an empty value",
    "SMALL=\n",
    "redis:«7.0»${SMALL:+-alpine}",
    "redis end-of-life 7.4",
  ),
  env("env-image", "the whole image", "IMAGE=redis:‹7.0›\n", "«${IMAGE}»", "redis end-of-life 7.4"),
  env(
    "env-name",
    "the name from a variable, the tag as written",
    "NAME=redis\n",
    "${NAME}:«7.0»",
    "redis end-of-life 7.4",
  ),
  env("env-registry", "an empty prefix is certain", "PREFIX=\n", "${PREFIX}redis:«7.0»", "redis end-of-life 7.4"),
  env("env-parts", "assembled from parts: the whole tag", "A=7\nB=0\n", "redis:«${A}.${B}»", "redis end-of-life *"),
  env("env-part", "one part is a variable", "B=0\n", "redis:«7.${B}-alpine»", "redis end-of-life *"),
  env("env-nested", "the value of the inner variable", "B=‹7.0›\n", "redis:«${A:-${B:-8.2}}»", "redis end-of-life 7.4"),
  image("default", "the default runs", "redis:${TAG:-«7.0»}", "redis end-of-life 7.4"),
  image("default-dash", "the default runs", "redis:${TAG-«7.0»}", "redis end-of-life 7.4"),
  image("default-nested", "the innermost default runs", "redis:${A:-${B:-«7.0»}}", "redis end-of-life 7.4"),
  image("default-name", "the name from a default", "${NAME:-redis}:«7.0»", "redis end-of-life 7.4"),
  image("default-empty", "an empty default", "${REGISTRY:-}redis:«7.0»", "redis end-of-life 7.4"),
  image(
    "default-registry",
    "a registry from a default",
    "${REGISTRY:-docker.io}/library/redis:«7.0»",
    "redis end-of-life 7.4",
  ),
  image("default-private", "another registry from a default", "${REGISTRY:-r.example.org:5000}/redis:7.0", "x", {
    images: [],
  }),
  image("default-image", "the tag inside the default", "${IMAGE:-redis:«7.0»}", "redis end-of-life 7.4"),
  image("default-quoted", "in quotes", '"redis:${TAG:-«7.0»}"', "redis end-of-life 7.4"),
  image("default-parts", "both parts from defaults", "redis:«${A:-7}.${B:-0}»", "redis end-of-life *"),
  image("default-tail", "the variant from a default", "redis:«7.0${SUFFIX:--alpine}»", "redis end-of-life *"),
  image("unset", "an unset variable is not known", "redis:«${TAG}»", "redis unknown"),
  image("unset-part", "half a tag is no tag", "redis:7.«${MINOR}»", "redis unknown"),
  image("unset-image", "nothing is known of the image", "${IMAGE}", "x", { images: [] }),
  image("unset-required", "Compose stops without a value", "redis:«${TAG:?}»", "redis unknown"),
];

export const TEXTS: readonly MarkedCase[] = [
  compose(
    "crlf-bom-less",
    "Windows line ends do not move lines",
    "services:\r\n  one:\r\n    image: redis:«6.2»\r\n  two:\r\n    image: 'redis:«7.0»' # x\r\n",
    ["redis unsupported 8.2", "redis end-of-life 7.4"],
  ),
  compose("no-final-break", "the text ends behind the tag", "services:\n  one:\n    image: redis:«6.2»", [
    "redis unsupported 8.2",
  ]),
  compose("tabs", "tabs may separate a value", "services:\n  one:\n    image:\t \tredis:«6.2»\t# x\n", [
    "redis unsupported 8.2",
  ]),
  compose(
    "emoji",
    "columns count UTF-16 units",
    'services: {one: {labels: {a: "🦣🦣👩‍👩‍👧 é"}, image: "redis:«6.2»"}, two: {image: redis:«7.0-alpine»}}\n',
    ["redis unsupported 8.2", "redis end-of-life 7.4-alpine"],
  ),
  compose(
    "long-line",
    "a line of 200,000 characters",
    `services: {one: {labels: {a: "${"x".repeat(200_000)}"}, image: redis:«6.2»}}\n`,
    ["redis unsupported 8.2"],
  ),
  compose("folded", "a block scalar", "services:\n  one:\n    image: >-\n      redis:«6.2»\n    restart: always\n", [
    "redis unsupported 8.2",
  ]),
  compose("literal", "a literal block", "services:\n  one:\n    image: |-\n      redis:«6.2»\n", [
    "redis unsupported 8.2",
  ]),
  compose("next-line", "the value on the next line", "services:\n  one:\n    image:\n      redis:«6.2»\n", [
    "redis unsupported 8.2",
  ]),
  compose("explicit-key", "an explicit key", "services:\n  one:\n    ? image\n    : redis:«6.2»\n", [
    "redis unsupported 8.2",
  ]),
  compose("quoted-keys", "keys in quotes", '"services":\n  \'one\':\n    "image": redis:«6.2»\n', [
    "redis unsupported 8.2",
  ]),
  compose("tagged", "an explicit tag of YAML", "services:\n  one:\n    image: !!str redis:«6.2»\n", [
    "redis unsupported 8.2",
  ]),
  compose(
    "directive",
    "a directive and a document start",
    "%YAML 1.2\n---\nservices:\n  one:\n    image: redis:«6.2»\n",
    ["redis unsupported 8.2"],
  ),
  compose(
    "comment-behind",
    "a comment is no part of the tag",
    "services:\n  one:\n    image: redis:«6.2» # 7.0 later\n",
    ["redis unsupported 8.2"],
  ),
  compose("hash-in-tag", "without a blank # begins no comment", "services:\n  one:\n    image: ⟦redis:6.2#x⟧\n", [], {
    problems: ["image/invalid-reference"],
  }),
  compose(
    "duplicate-service",
    "a service that stands twice is told",
    "services:\n  one:\n    image: nginx:1.27\n  ⟦one⟧:\n    image: nginx:1.28\n  two:\n    image: redis:«8.2»\n",
    ["redis supported"],
    { problems: ["yaml/duplicate-key"] },
  ),
  compose(
    "unclosed-quote",
    "what stands above the fault is still told",
    'services:\n  one:\n    image: redis:«6.2»\n  two:\n⟦    command: "redis-server\n⟧',
    ["redis unsupported 8.2"],
    { problems: ["yaml/syntax"] },
  ),
  compose(
    "unclosed-flow",
    "what stands above the fault is still told",
    "services:\n  one:\n    image: redis:«6.2»\n  two:\n    ports: [80⟦\n⟧",
    ["redis unsupported 8.2"],
    { problems: ["yaml/syntax"] },
  ),
  compose(
    "bad-indent",
    "what stands above the fault is still told",
    "services:\n  one:\n    image: redis:«6.2»\n  two:\n    image: nginx:1.27\n⟦   restart: always\n⟧",
    ["redis unsupported 8.2"],
    { problems: ["yaml/syntax"] },
  ),
  compose(
    "unknown-alias",
    "an alias of nothing spoils only itself",
    "services:\n  one:\n    image: redis:«6.2»\n  two:\n    image: ⟦*nothing⟧\n",
    ["redis unsupported 8.2"],
    { problems: ["yaml/syntax"] },
  ),
  compose("empty-image", "an image without a value", "services:\n  one:\n    image:\n  two:\n    image: ''\n", []),
  compose("image-is-a-list", "a value of another kind", "services:\n  one:\n    image: [redis:6.2]\n", []),
  compose("services-is-a-list", "a value of another kind", "services:\n  - image: redis:6.2\n", []),
  {
    id: "language",
    why: "the editor says that it is a compose file",
    files: { "anything.txt": "services:\n  one:\n    image: redis:«6.2»\n" },
    images: ["redis unsupported 8.2"],
    languageId: "dockercompose",
  },
];

export const TAGS: readonly MarkedCase[] = [
  image("digest-alone", "only the digest", `«redis@${DIGEST}»`, "redis unknown"),
  image("digest-latest", "the tag says nothing, the digest decides", `«redis:latest@${DIGEST}»`, "redis unknown"),
  image(
    "digest-line",
    "a line beside a digest is judged, nothing replaces it",
    `redis:«6.2»@${DIGEST}`,
    "redis unsupported",
  ),
  image("digest-stack", "the same in another repository", `valkey/valkey:«7.2»@${DIGEST}`, "valkey unlisted"),
  image("no-tag", "the repository as written", "«redis»", "redis floating redis:8.2"),
  image(
    "no-tag-full",
    "the repository as written",
    "«docker.io/library/redis»",
    "redis floating docker.io/library/redis:8.2",
  ),
  image("latest", "moving", "redis:«latest»", "redis floating 8.2"),
  image("variant-alone", "becomes major.minor", "redis:«alpine»", "redis floating 8.2-alpine"),
  image("suite-alone", "becomes major.minor", "redis:«bookworm»", "redis floating 8.2-bookworm"),
  image("major", "the highest supported line of the same major", "redis:«7-alpine»", "redis floating 7.4-alpine"),
  image(
    "major-without-line",
    "no supported 6.x: the highest supported line",
    "redis:«6-alpine»",
    "redis floating 8.2-alpine",
  ),
  image("major-above", "never a lower line", "valkey/valkey:«9»", "valkey floating", { mastodon: "4.4" }),
  image("major-above-listed", "a supported 9.0", "valkey/valkey:«9»", "valkey floating 9.0"),
  image("no-column", "4.2 has no supported Redis", "redis:«latest»", "redis floating", { mastodon: "4.2" }),
  image("no-valkey-column", "4.3 has no supported Valkey", "valkey/valkey:«8.1»", "valkey unlisted", {
    mastodon: "4.3",
  }),
  image("patch", "the newest known patch", "redis:«7.0.15»", "redis end-of-life 7.4.11"),
  image(
    "patch-alpine",
    "the newest patch with an Alpine that is published",
    "redis:«7.0.15-alpine3.19»",
    "redis end-of-life 7.4.11-alpine3.21",
  ),
  image(
    "bullseye",
    "the suite of the same family that is published",
    "redis:«6.2-bullseye»",
    "redis unsupported 8.2-bookworm",
  ),
  image(
    "alpine-release",
    "the Alpine of the same family that is published",
    "redis:«6.2-alpine3.17»",
    "redis unsupported 8.2-alpine3.22",
  ),
  image("prerelease", "a prerelease of a listed line", "redis:«8.0-rc1»", "redis unlisted 8.2"),
  image("numbers", "8.10 is above 8.2, and nothing steps back", "redis:«8.10»", "redis unlisted"),
  image("below", "7.0 alone in its column", "redis:«7.0»", "redis end-of-life 7.2", { mastodon: "4.3" }),
  image("patched-column", "a patch of Mastodon has the column of its series", "redis:«7.0»", "redis end-of-life 7.4", {
    mastodon: "4.5.3",
  }),
  image(
    "dragonfly-old",
    "the newest known release",
    "ghcr.io/dragonflydb/dragonfly:«v1.25.0»",
    "dragonfly unlisted v1.40.1",
  ),
  image(
    "dragonfly-44",
    "a cross in the column of 4.4",
    "ghcr.io/dragonflydb/dragonfly:«v1.27.1»",
    "dragonfly unsupported",
    {
      mastodon: "4.4",
    },
  ),
  image("keydb", "an engine without a table: the whole reference", "«eqalpha/keydb:x86_64_v6.3.4»", "keydb unlisted"),
  image("garnet", "an engine without a table", "«ghcr.io/microsoft/garnet:1.0.61»", "garnet unlisted"),
  image("kvrocks", "an engine without a table, and no tag", "«apache/kvrocks»", "kvrocks unlisted"),
  image(
    "stack",
    "major.minor of a stack is the line of Redis",
    "redis/redis-stack-server:«6.2.6-v9»",
    "redis-stack unsupported",
  ),
  image("frozen", "nothing is published there any more", "bitnamilegacy/redis:«6.2»", "redis unsupported"),
  image(
    "legacy-index",
    "an old name of the same registry",
    "index.docker.io/library/redis:«6.2»",
    "redis unsupported 8.2",
  ),
  image(
    "mirror",
    "a mirror of the official image",
    "public.ecr.aws/docker/library/redis:«6.2»",
    "redis unsupported 8.2",
  ),
  image("port", "a port is no tag, and a private copy is silent", "localhost:5000/redis:6.2", "x", { images: [] }),
  image("port-without-tag", "a port is no tag", "registry.example.org:443/library/redis", "x", { images: [] }),
  image("look-alike", "no server", "oliver006/redis_exporter:v1.62.0", "x", { images: [] }),
  image("memcached", "no backend of Mastodon", "memcached:1.5", "x", { images: [] }),
  image("library-valkey", "nobody publishes it", "valkey:7.2", "x", { images: [] }),
  image("unknown-form", "a tag of no known form", "redis:«my-own-build»", "redis unknown"),
  image("upper-case", "repositories are written in lower case", "⟦Redis:6.2⟧", "x", {
    images: [],
    problems: ["image/invalid-reference"],
  }),
  image("two-colons", "no reference", "⟦redis:6.2:alpine⟧", "x", { images: [], problems: ["image/invalid-reference"] }),
];
