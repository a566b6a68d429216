// What the edits begin with, and what they paste: files of every kind, and nasty ones of our own.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { kindOf } from "../../server/src/core/documents/kind.ts";
import { FIXTURES } from "../property/texts.ts";
import { readPage } from "../rules/pageExamples.ts";
import { ROOT } from "../support/build.ts";

export interface Kind {
  readonly name: string;
  /** The file that is edited, below the workspace folder. */
  readonly file: string;
  readonly languageId: string;
  readonly samples: readonly string[];
  /** Words that mean something in such files. */
  readonly words: readonly string[];
}

/** Longer ones make a run slow without making it harder. */
const MAX_SAMPLE = 6000;

const PAGES = path.join(ROOT, "data", "rules");

const WRITTEN: readonly { readonly name: string; readonly text: string }[] = [
  ...FIXTURES,
  ...readdirSync(PAGES, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .sort()
    .flatMap((name) => readPage(readFileSync(path.join(PAGES, name), "utf8")).wrong.flatMap(({ files }) => files)),
].filter(({ text }) => text.length <= MAX_SAMPLE);

function written(kind: string, isNamed: (name: string) => boolean = () => true): string[] {
  const fitting = WRITTEN.filter(
    ({ name, text }) => kindOf(`/project/${name}`, null, text) === kind && isNamed(path.basename(name)),
  );
  return [...new Set(fitting.map(({ text }) => text))];
}

/** Everything that YAML can do to a reader who looks at one service at a time. */
const NASTY_COMPOSE = [
  `x-cache: &cache
  image: &image redis:\${REDIS_TAG:-6.2}
  environment: &env
    REDIS_URL: redis://one:6379/0
  restart: always
x-more: &more { <<: *cache, ports: ["6379:6379"] }
services:
  one:
    <<: *cache
    command: redis-server --maxmemory 100mb --maxmemory-policy allkeys-lru
  two: { <<: [*cache, *more], image: valkey/valkey:7.2 }
  three:
    image: *image
    environment:
      <<: *env
      OTHER: "1"
  web:
    image: ghcr.io/mastodon/mastodon:v4.5.1
    depends_on: [one, two]
    environment: *env
`,
  `services:
  cache:   # the cache
    image: "redis:6.0"  # pinned
    command: |+
      redis-server
      --save 60 1

    entrypoint: >-
      sh -c
       "exec"
    labels:
      a: "one
        two \\
        three"
      b: 'it''s
        quoted'
      ? complex
      : value
# at the margin
    healthcheck: {
      test: ["CMD", "redis-cli",
        "ping"],
      interval: 5s }
  # between
  db:
    image: docker.dragonflydb.io/dragonflydb/dragonfly:v1.25.0
    command: |2-
        dragonfly --cache_mode

  streaming:
    image: ghcr.io/mastodon/mastodon-streaming:v4.4.0
    env_file: [.env, { path: other.env, required: false }]
volumes:
  data:
`,
  `%YAML 1.2
---
services:
  a: &a
    image: redis:7.0
    x: &deep [1, *deep2, {y: *a}]
  b: *a
...
---
services:
  a:
    image: redis:6.2
`,
  `include:
  - path: compose.other.yaml
services:
  redis:
    extends: { file: compose.other.yaml, service: base }
    image: redis:8.0-alpine
    ports:
    - "6379:6379"
    command:
    - redis-server
    - /usr/local/etc/redis/redis.conf
    volumes:
    - ./redis.conf:/usr/local/etc/redis/redis.conf:ro
  redis:
    image: redis:5
  "sidekiq":
    image: 'ghcr.io/mastodon/mastodon:v4.3'
    environment:
    - REDIS_HOST=redis
    - REDIS_PORT=\${PORT:?no port}
    - REDIS_PASSWORD=$PASSWORD
    deploy: { resources: { limits: { memory: 64m } } }
`,
  `services:\r\n  redis:\r\n    image: redis:6.2\r\n    command: redis-server --requirepass s3cret\r\n\r\n  web:\r\n    image: ghcr.io/mastodon/mastodon:v4.5.0\r\n    environment:\r\n      REDIS_URL: redis://redis:6379/0\r\n`,
  `\uFEFFservices: {"redis": {"image": "redis:6.2", "ports": ["6379:6379"]}, "web": {
  "image": "ghcr.io/mastodon/mastodon:v4.5.0",
  "environment": {"REDIS_HOST": "redis"}}}
`,
  `services:
  🦣:
    image: redis:6.2 # é🦣
    container_name: 缓存
\tworker:
    image: redis:7.2
  empty:
  tab:\t
    image:\tredis:7.4
`,
];

const COMPOSE_WORDS = [
  "services:\n",
  "  image: redis:6.2\n",
  "image: ",
  "redis:7.0-alpine",
  "valkey/valkey:8",
  "ghcr.io/mastodon/mastodon:v4.5.1",
  "<<: *cache",
  "<<: *a",
  "&cache ",
  "&a ",
  "*cache",
  "*a",
  "&image ",
  "*image",
  "|+\n",
  "|-\n",
  "|2\n",
  ">\n",
  ">-\n",
  "---\n",
  "...\n",
  "--- ",
  "%YAML 1.1\n---\n",
  "? ",
  ": ",
  ":",
  "- ",
  "[",
  "]",
  "{",
  "}",
  ",",
  "# ",
  " # ",
  "#",
  '"',
  "'",
  "''",
  '\\"',
  "\\",
  "!reset ",
  "!override ",
  "!!str ",
  "null",
  "~",
  "command: redis-server --appendonly no\n",
  "environment:\n      REDIS_URL: redis://redis:6379/0\n",
  "env_file: .env\n",
  "depends_on: [redis]",
  "extends: { service: one }",
  "ports: [6379]",
  "profiles: [x]\n",
  "x-a: ",
  "include: [compose.other.yaml]\n",
  "volumes:\n",
  "networks:\n",
  "${REDIS_TAG}",
  "${TAG:-7.0}",
  "$$",
  "${",
  "}",
  "# cache-compat: mastodon=4.5\n",
  "# cache-compat-ignore-next-line\n",
  "# cache-compat-ignore-file image/floating-tag\n",
];

const YAML_WORDS = [...COMPOSE_WORDS, "apiVersion: v1\n", "kind: Pod\n", "containers:\n", "name: x\n", "jobs:\n"];

const CONF_WORDS = [
  "maxmemory 100mb",
  "maxmemory-policy ",
  "allkeys-lru",
  "save 900 1\n",
  'save ""',
  "include ./other.conf\n",
  "slaveof 10.0.0.1 6379\n",
  "requirepass s3cret\n",
  "user default on nopass ~* &* +@all\n",
  'rename-command CONFIG ""\n',
  "hash-max-ziplist-entries 512\n",
  "protected-mode no\n",
  "bind 0.0.0.0\n",
  "appendonly yes\n",
  "unknown-directive 1\n",
  "# ",
  '"',
  "'",
  "\\x41",
  "\\",
  " ",
  "\t",
  "port 0\n",
  "loadmodule /x.so\n",
  "# cache-compat-ignore-next-line\n",
  "# cache-compat: conf=redis@7.2\n",
];

const DOCKERFILE = [
  `# syntax=docker/dockerfile:1
ARG REDIS_TAG=6.2
ARG VARIANT
FROM redis:\${REDIS_TAG}\${VARIANT:+-alpine} AS base
COPY redis.conf /usr/local/etc/redis/redis.conf
ENV A=1 B="two words" \\
    C=3
RUN apt-get update && apt-get install -y curl \\
    # comment
    && rm -rf /var/lib/apt/lists/*
FROM --platform=linux/amd64 base AS next
COPY --from=valkey/valkey:7.2 /usr/local/bin/valkey-server /bin/
CMD ["redis-server", "/usr/local/etc/redis/redis.conf"]
`,
  `# escape=\`
FROM ghcr.io/mastodon/mastodon:v4.4.1
RUN <<EOF
FROM redis:5.0
EOF
FROM redis \`
  AS x
FROM x
`,
];

const KUBERNETES = [
  `apiVersion: apps/v1
kind: StatefulSet
metadata: { name: redis, labels: &labels { app: redis } }
spec:
  template:
    metadata: { labels: *labels }
    spec:
      initContainers:
        - image: redis:5.0.3
          name: init
      containers:
        - name: redis
          image: "redis:6.2"
          args: ["--maxmemory", "100mb"]
---
apiVersion: v1
kind: ConfigMap
metadata: { name: redis-config }
data:
  redis.conf: |
    maxmemory 2mb
    slaveof 10.0.0.1 6379
`,
  `{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [
  {"name": "a", "image": "valkey/valkey:7.2"}]}}
`,
];

const SENTINEL = [
  `port 26379
sentinel monitor mymaster 127.0.0.1 6379 2
sentinel down-after-milliseconds mymaster 60000
sentinel auth-pass mymaster s3cret
sentinel parallel-syncs mymaster 1
sentinel resolve-hostnames yes
sentinel notification-script mymaster /x.sh
`,
  `sentinel down-after-milliseconds other 5000
sentinel monitor other redis.example.org 6379 0
sentinel rename-command other CONFIG ZZZ
protected-mode no
SENTINEL known-replica other 1.2.3.4 6379
`,
];

export const KINDS: readonly Kind[] = [
  {
    name: "compose",
    file: "compose.yaml",
    languageId: "dockercompose",
    samples: [...NASTY_COMPOSE, ...written("compose")],
    words: COMPOSE_WORDS,
  },
  {
    name: "dockerfile",
    file: "Dockerfile",
    languageId: "dockerfile",
    samples: [...DOCKERFILE, ...written("dockerfile")],
    words: [
      "FROM ",
      "ARG TAG=6.2\n",
      "ARG ",
      "FROM redis:${TAG} AS x\n",
      "AS ",
      "RUN x \\\n",
      "\\\n",
      "`\n",
      "# escape=`\n",
      "# syntax=docker/dockerfile:1\n",
      "<<EOF\n",
      "EOF\n",
      "COPY --from=redis:6.2 /a /b\n",
      "--platform=$BUILDPLATFORM ",
      "ENV A=1 ",
      "$TAG",
      "${TAG:-7.0}",
      '["redis-server"]',
      "CMD ",
      "ONBUILD ",
      "redis:7.0",
      '"',
      "'",
      "# cache-compat-ignore-next-line\n",
    ],
  },
  {
    name: "workflow",
    file: ".github/workflows/test.yml",
    languageId: "yaml",
    samples: written("workflow"),
    words: [...YAML_WORDS, "${{ matrix.redis }}", "uses: docker://redis:6.2\n", "strategy:\n", "run: redis-cli ping\n"],
  },
  {
    name: "kubernetes",
    file: "k8s.yaml",
    languageId: "yaml",
    samples: [...KUBERNETES, ...written("kubernetes")],
    words: [...YAML_WORDS, "{{ .Values.tag }}", "data:\n", "redis.conf: |\n"],
  },
  {
    name: "helm",
    file: "values.yaml",
    languageId: "yaml",
    samples: written("helm-values"),
    words: [...YAML_WORDS, "repository: redis\n", "tag: 7.0\n", "registry: docker.io\n"],
  },
  {
    name: "conf",
    file: "redis.conf",
    languageId: "redis-conf",
    samples: written("server-config", (name) => /^(?:redis|valkey)/.test(name)),
    words: CONF_WORDS,
  },
  {
    name: "sentinel",
    file: "sentinel.conf",
    languageId: "redis-conf",
    samples: [...SENTINEL, ...written("server-config", (name) => name.startsWith("sentinel"))],
    words: [
      ...CONF_WORDS,
      "sentinel monitor mymaster 127.0.0.1 6379 2\n",
      "sentinel auth-pass mymaster x\n",
      "mymaster ",
      "sentinel ",
    ],
  },
  {
    name: "env",
    file: ".env",
    languageId: "dotenv",
    samples: written("environment"),
    words: [
      "REDIS_URL=redis://:s3cret@redis:6379/0\n",
      "REDIS_HOST=redis\n",
      "REDIS_TAG=6.2\n",
      "SIDEKIQ_REDIS_URL=",
      "export ",
      "=",
      "'",
      '"',
      "`",
      "# ",
      "#",
      "\\\n",
      "${REDIS_TAG}",
      "$",
      "CACHE_REDIS_URL",
      "rediss://",
      "@",
      ":6379",
      "/16",
      "# cache-compat-ignore-next-line\n",
    ],
  },
  {
    name: "script",
    file: "setup.sh",
    languageId: "shellscript",
    samples: written("shell-script"),
    words: [
      "aptible db:create x --type redis --version 6.2\n",
      "--version ",
      "\\\n",
      "'",
      '"',
      "$(",
      ")",
      "# ",
      "EOF\n",
      "<<EOF\n",
      "; ",
      "&& ",
    ],
  },
  {
    name: "project-file",
    file: "cache-compat.json",
    languageId: "jsonc",
    samples: [
      ...written("project-file"),
      '{\n  "apps": { "mastodon": "4.5" },\n  "rules": { "image/floating-tag": "off" }\n}\n',
    ],
    words: [
      '"apps": ',
      '{ "mastodon": "4.5" }',
      '"rules": ',
      '"image/floating-tag": "error"',
      '"ignore": ["**/*.yaml"]',
      '"asOf": "2026-01-01"',
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      '"',
      "// x\n",
      "/*",
      "*/",
      "null",
      "true",
      "7",
      "\\u00e9",
      '"data": ["own.json"]',
    ],
  },
];

/** Files beside the edited one, so that there is a project to have a say in. */
export const BESIDE: Readonly<Record<string, string>> = {
  ".env": "REDIS_TAG=6.2\nTAG=7.0\nPASSWORD=s3cret\nREDIS_URL=redis://redis:6379/0\nREDIS_HOST=redis\n",
  "redis.conf": "maxmemory 100mb\nmaxmemory-policy allkeys-lru\nrequirepass s3cret\nappendonly no\n",
  "compose.yaml":
    "services:\n  redis:\n    image: redis:6.2\n    command: redis-server /etc/redis.conf\n    volumes: [./redis.conf:/etc/redis.conf]\n  web:\n    image: ghcr.io/mastodon/mastodon:v4.5.0\n    env_file: .env\n    build: { context: . }\n",
  "compose.other.yaml": "services:\n  base:\n    image: redis:7.0\n    environment: { A: '1' }\n",
  Dockerfile: "ARG REDIS_TAG=6.2\nFROM redis:${REDIS_TAG}\n",
};
