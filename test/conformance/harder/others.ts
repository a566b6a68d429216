// Dockerfiles, Kubernetes, Helm values and workflows, by the rules of each format.
import type { MarkedCase } from "../marked.ts";

function dockerfile(id: string, why: string, text: string, images: readonly string[]): MarkedCase {
  return { id, why, files: { Dockerfile: text }, images };
}

export const DOCKERFILES: readonly MarkedCase[] = [
  dockerfile("arg", "the expression is told, the ARG is edited", "ARG TAG=‹7.0-alpine›\nFROM redis:«${TAG}»\n", [
    "redis end-of-life 7.4-alpine",
  ]),
  dockerfile("arg-quoted", "quotes are no part of the value", 'ARG TAG="‹7.0›"\nFROM redis:«$TAG»\n', [
    "redis end-of-life 7.4",
  ]),
  dockerfile("arg-twice", "the later ARG wins", "ARG TAG=6.2\nARG TAG=‹7.0›\nFROM redis:«${TAG}»\n", [
    "redis end-of-life 7.4",
  ]),
  dockerfile("arg-several", "several on one line", "ARG NAME=redis TAG=‹7.0›\nFROM ${NAME}:«${TAG}»\n", [
    "redis end-of-life 7.4",
  ]),
  dockerfile("arg-of-arg", "an ARG made of another one", "ARG V=7.0\nARG TAG=${V}-alpine\nFROM redis:«${TAG}»\n", [
    "redis end-of-life *",
  ]),
  dockerfile("arg-without-value", "nobody knows what will be given", "ARG TAG\nFROM redis:«${TAG}»\n", [
    "redis unknown",
  ]),
  dockerfile("arg-default", "the default inside the expression", "ARG TAG\nFROM redis:${TAG:-«7.0»}\n", [
    "redis end-of-life 7.4",
  ]),
  dockerfile(
    "arg-of-a-stage",
    "an ARG below the first FROM belongs to its stage",
    "FROM alpine:3.22\nARG TAG=7.0\nFROM redis:«${TAG}»\n",
    ["redis unknown"],
  ),
  dockerfile("platform", "flags are no image", "FROM --platform=$BUILDPLATFORM redis:«6.2» AS x\n", [
    "redis unsupported 8.2",
  ]),
  dockerfile(
    "stages",
    "an earlier stage is no image, also when it is called redis",
    "FROM alpine:3.22 AS redis\nFROM Redis AS two\nFROM redis:«7.0»\nFROM two\n",
    ["redis end-of-life 7.4"],
  ),
  dockerfile(
    "later-stage",
    "a name that is a stage only further down is an image",
    "FROM «redis»\nFROM alpine:3.22 AS redis\n",
    ["redis floating redis:8.2"],
  ),
  dockerfile(
    "copy-from",
    "COPY --from runs nothing",
    "FROM alpine:3.22\nCOPY --from=redis:5.0 /a /b\nRUN docker run redis:5.0\n",
    [],
  ),
  dockerfile("continuation", "a line that goes on", "FROM \\\n  redis:«6.2» \\\n  AS x\n", ["redis unsupported 8.2"]),
  dockerfile("continuation-comment", "comments between the lines", "FROM \\\n# x\n  redis:«6.2»\n", [
    "redis unsupported 8.2",
  ]),
  dockerfile("escape", "another escape character", "# escape=`\nFROM `\n  redis:«6.2»\n", ["redis unsupported 8.2"]),
  dockerfile("lower-case", "instructions may be written small", "from redis:«6.2» as x\nfrom x\n", [
    "redis unsupported 8.2",
  ]),
  dockerfile("indented", "blanks in front", "  \t FROM\t redis:«6.2»   \n", ["redis unsupported 8.2"]),
  dockerfile(
    "heredoc",
    "the text of a heredoc is no instruction",
    "FROM alpine:3.22\nRUN <<EOF\nFROM redis:5.0\nEOF\nFROM redis:«6.2»\n",
    ["redis unsupported 8.2"],
  ),
  dockerfile("scratch", "scratch is no image", "FROM scratch\nFROM redis:«8.2»\n", ["redis supported"]),
  dockerfile("commented", "a comment", "# FROM redis:5.0\nFROM redis:«8.2»\n", ["redis supported"]),
  dockerfile("crlf", "Windows line ends", "ARG TAG=‹7.0›\r\nFROM redis:«${TAG}»\r\n", ["redis end-of-life 7.4"]),
  dockerfile("empty-from", "FROM without an image", "FROM\nFROM \nFROM redis:«8.2»\n", ["redis supported"]),
  {
    id: "names",
    why: "the names of Dockerfiles",
    files: {
      "Dockerfile.cache": "FROM redis:«6.2»\n",
      "a/cache.Dockerfile": "FROM redis:«6.2»\n",
      "b/Containerfile": "FROM redis:«6.2»\n",
      "b/Dockerfile-old": "FROM redis:6.2\n",
    },
    images: ["redis unsupported *", "redis unsupported *", "redis unsupported *"],
  },
];

function kubernetes(id: string, why: string, text: string, images: readonly string[]): MarkedCase {
  return { id, why, files: { "k8s/cache.yaml": text }, images };
}

export const KUBERNETES: readonly MarkedCase[] = [
  kubernetes(
    "cron-job",
    "a pod template deep inside, init containers included",
    "apiVersion: batch/v1\nkind: CronJob\nspec:\n  jobTemplate:\n    spec:\n      template:\n        spec:\n          initContainers:\n            - {name: a, image: redis:«6.2»}\n          containers:\n            - name: b\n              image: redis:«7.0»\n",
    ["redis unsupported 8.2", "redis end-of-life 7.4"],
  ),
  kubernetes(
    "list",
    "a List of manifests",
    "apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: Pod\n    spec:\n      containers:\n        - image: redis:«6.2»\n  - apiVersion: v1\n    kind: Pod\n    spec:\n      ephemeralContainers:\n        - image: redis:«7.0»\n",
    ["redis unsupported 8.2", "redis end-of-life 7.4"],
  ),
  kubernetes(
    "json",
    "a manifest in JSON form",
    '{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a", "image": "redis:«6.2»"}]}}\n',
    ["redis unsupported 8.2"],
  ),
  kubernetes(
    "config-map",
    "a text inside a ConfigMap runs nothing",
    "apiVersion: v1\nkind: ConfigMap\ndata:\n  a.yaml: |\n    containers:\n      - image: redis:5.0\n",
    [],
  ),
  kubernetes(
    "second-document",
    "only documents with apiVersion and kind",
    "apiVersion: v1\nkind: Pod\nspec:\n  containers: [{image: redis:«8.2»}]\n---\nspec:\n  containers: [{image: redis:5.0}]\n",
    ["redis supported"],
  ),
  kubernetes(
    "template",
    "a template of Helm as far as it is YAML",
    'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - image: "redis:«{{ .Values.tag }}»"\n    - image: redis:«6.2»\n',
    ["redis unknown", "redis unsupported 8.2"],
  ),
  kubernetes(
    "anchor",
    "one text, two containers",
    "apiVersion: v1\nkind: Pod\nspec:\n  initContainers:\n    - image: &i redis:«6.2»\n  containers:\n    - image: *i\n",
    ["redis unsupported 8.2"],
  ),
];

function values(
  id: string,
  why: string,
  text: string,
  images: readonly string[],
  problems?: readonly string[],
): MarkedCase {
  return { id, why, files: { "chart/values.yaml": text }, images, ...(problems === undefined ? {} : { problems }) };
}

export const HELM: readonly MarkedCase[] = [
  values("image-text", "an image as one text", "cache:\n  image: redis:«6.2»\n", ["redis unsupported 8.2"]),
  values(
    "alias",
    "an aliased image is told once",
    'image: &i\n  repository: redis\n  tag: "«7.0»"\nmaster:\n  image: *i\nreplica:\n  image:\n    <<: *i\n',
    ["redis end-of-life 7.4"],
  ),
  values(
    "merged-with-own-tag",
    "a merged repository with a tag of its own is another image",
    'image: &i\n  repository: redis\n  tag: "«6.2»"\nreplica:\n  image:\n    <<: *i\n    tag: "«7.0»"\n',
    ["redis unsupported 8.2", "redis end-of-life 7.4"],
  ),
  values(
    "global-registry",
    "a registry for all images makes them private copies",
    'global:\n  imageRegistry: registry.example.org\nredis:\n  image:\n    repository: library/redis\n    tag: "6.2"\n',
    [],
  ),
  values(
    "private-registry",
    "the registry stands beside the repository",
    'redis:\n  image:\n    registry: registry.example.org\n    repository: library/redis\n    tag: "6.2"\n',
    [],
  ),
  values(
    "digest",
    "a digest beside the tag: judged, not replaced",
    `image:\n  repository: redis\n  tag: "«6.2»"\n  digest: sha256:${"4c1d90be".repeat(8)}\n`,
    ["redis unsupported"],
  ),
  values(
    "moved",
    "no replacement inside a moved repository; sentinel and exporter stay silent",
    'image:\n  registry: docker.io\n  repository: bitnami/redis\n  tag: «7.0.12-debian-11-r3»\nsentinel:\n  image: {repository: bitnami/redis-sentinel, tag: "6.2"}\nmetrics:\n  image: {repository: bitnami/redis-exporter, tag: "1.0"}\n',
    ["redis end-of-life"],
  ),
  values(
    "number",
    "YAML reads 7.0 as a number, so the chart pulls redis:7",
    "image:\n  repository: redis\n  tag: ⟦«7.0»⟧\n",
    ["redis floating *"],
    ["helm/number-tag"],
  ),
  values("number-that-stays", "7.2 is printed as it is written", "image:\n  repository: redis\n  tag: «7.2»\n", [
    "redis supported",
  ]),
  values("text-that-looks-like-a-number", "in quotes it is a text", 'image:\n  repository: redis\n  tag: "«7.0»"\n', [
    "redis end-of-life 7.4",
  ]),
  values("template", "a template is not known", 'image:\n  repository: redis\n  tag: "«{{ .x }}»"\n', [
    "redis unknown",
  ]),
  values(
    "list",
    "images in a list",
    "images:\n  - repository: redis\n    tag: «6.2-alpine»\n  - image: valkey/valkey:«8.1»\n",
    ["redis unsupported 8.2-alpine", "valkey supported"],
  ),
  {
    id: "names",
    why: "the names of values files",
    files: {
      "values-prod.yaml": "image: redis:«6.2»\n",
      "values.prod.yml": "image: redis:«6.2»\n",
      "myvalues.yaml": "image: redis:6.2\n",
    },
    images: ["redis unsupported *", "redis unsupported *"],
  },
];

function workflow(id: string, why: string, text: string, images: readonly string[]): MarkedCase {
  return { id, why, files: { ".github/workflows/test.yaml": text }, images };
}

export const WORKFLOWS: readonly MarkedCase[] = [
  workflow("container", "the container of a job as one text", "jobs:\n  a:\n    container: redis:«6.2»\n", [
    "redis unsupported 8.2",
  ]),
  workflow(
    "container-map",
    "the container of a job as a map",
    "jobs:\n  a:\n    container:\n      image: redis:«6.2»\n    services: {b: {image: redis:«7.0»}}\n",
    ["redis unsupported 8.2", "redis end-of-life 7.4"],
  ),
  workflow(
    "matrix",
    "the values of a matrix are not known where they are used",
    "jobs:\n  a:\n    strategy:\n      matrix:\n        image: [redis:6.2]\n        version: ['6.2']\n    services:\n      b: {image: 'redis:«${{ matrix.version }}»'}\n      c: {image: '${{ matrix.image }}'}\n",
    ["redis unknown"],
  ),
  workflow(
    "steps",
    "steps run no server",
    "jobs:\n  a:\n    steps:\n      - uses: docker://redis:5.0\n      - run: |\n          image: redis:5.0\n        with:\n          image: redis:5.0\n",
    [],
  ),
  workflow(
    "shell-dollar",
    "$TAG is no variable of a workflow, and no tag",
    "jobs:\n  a:\n    container: nginx:$TAG\n",
    [],
  ),
  {
    id: "other-folder",
    why: "only files in .github/workflows are workflows",
    files: { "workflows/test.yml": "jobs:\n  a:\n    container: redis:6.2\n" },
    images: [],
  },
];
