// The server of Postiz: its policy, by the version of Postiz, and its age.
import { compose, DRAGONFLY, REDIS, type StackCase, VALKEY } from "./stackCase.ts";

const RULE = "postiz/bullmq-needs-noeviction";
const LIMITED = "--maxmemory 1gb";

/** Postiz of a tag, and a server with these flags. */
function policy(
  id: string,
  why: string,
  tag: string,
  flags: string,
  severity: string | null,
  image = REDIS,
): StackCase {
  const app = [`image: ghcr.io/gitroomhq/postiz-app:${tag}`, "environment: {REDIS_URL: 'redis://redis:6379'}"];
  return {
    id,
    why,
    files: { "compose.yaml": compose({ app, redis: [image, `command: redis-server ${flags}`] }) },
    told: severity === null ? [] : [`${RULE} ${severity}`],
    about: /^postiz\/bullmq/,
  };
}

export const POLICIES: readonly StackCase[] = [
  policy("old", "jobs are lost", "v2.11.3", `${LIMITED} --maxmemory-policy ⟦allkeys-lru⟧`, "error"),
  policy("old-volatile", "every other policy", "v2.8.0", `${LIMITED} --maxmemory-policy ⟦volatile-ttl⟧`, "error"),
  policy(
    "old-lrm",
    "also the newest ones",
    "v2.11.3",
    `${LIMITED} --maxmemory-policy ⟦allkeys-lrm⟧`,
    "error",
    "image: redis:8.6",
  ),
  policy("old-without-limit", "nothing is dropped yet", "v2.11.3", "--maxmemory-policy ⟦allkeys-lru⟧", "warning"),
  policy("new", "Temporal holds the jobs", "v2.12.0", `${LIMITED} --maxmemory-policy ⟦allkeys-lru⟧`, "information"),
  policy("latest", "latest is newer than that", "latest", `${LIMITED} --maxmemory-policy ⟦allkeys-lru⟧`, "information"),
  policy(
    "no-tag-version",
    "a version that nobody knows",
    "${POSTIZ_TAG}",
    `${LIMITED} --maxmemory-policy ⟦allkeys-lru⟧`,
    "warning",
  ),
  policy("noeviction", "as it should be", "v2.11.3", `${LIMITED} --maxmemory-policy noeviction`, null),
  policy("default", "no policy is written", "v2.11.3", LIMITED, null),
  {
    id: "conf",
    why: "in the configuration",
    files: {
      "compose.yaml": compose({
        app: ["image: ghcr.io/gitroomhq/postiz-app:v2.11.3", "env_file: postiz.env"],
        redis: [REDIS, "command: redis-server /etc/redis.conf", "volumes: ['./redis.conf:/etc/redis.conf:ro']"],
      }),
      "postiz.env": "REDIS_URL=redis://redis:6379\n",
      "redis.conf": "maxmemory 256mb\nmaxmemory-policy ⟦allkeys-lru⟧\n",
    },
    told: [`${RULE} error`],
    about: /^postiz\/bullmq/,
  },
  {
    id: "another-server",
    why: "the server of another app",
    files: {
      "compose.yaml": compose({
        app: ["image: ghcr.io/gitroomhq/postiz-app:v2.11.3", "environment: {REDIS_URL: 'redis://redis:6379'}"],
        redis: [REDIS],
        cache: [REDIS, `command: redis-server ${LIMITED} --maxmemory-policy allkeys-lru`],
      }),
    },
    about: /^postiz\/bullmq/,
  },
  {
    id: "declared",
    why: "the one server of a folder for which Postiz is declared",
    files: {
      "compose.yaml": compose({ redis: [REDIS, `command: redis-server ${LIMITED} --maxmemory-policy ⟦allkeys-lru⟧`] }),
    },
    told: [`${RULE} error`],
    about: /^postiz\/bullmq/,
    settings: { apps: { postiz: "2.11" } },
  },
  {
    id: "declared-with-another",
    why: "one of two servers may be anybody's",
    files: {
      "compose.yaml": compose({
        redis: [REDIS, `command: redis-server ${LIMITED} --maxmemory-policy allkeys-lru`],
        other: [REDIS],
      }),
    },
    about: /^postiz\/bullmq/,
    settings: { apps: { postiz: "2.11" } },
  },
];

function age(id: string, why: string, image: string, isTold: boolean): StackCase {
  const app = ["image: ghcr.io/gitroomhq/postiz-app:v2.20.0", "environment: {REDIS_URL: 'redis://redis:6379'}"];
  return {
    id,
    why,
    files: { "compose.yaml": compose({ app, redis: [image] }) },
    told: isTold ? ["postiz/minimum-redis warning"] : [],
    about: /^postiz\/minimum/,
  };
}

export const AGES: readonly StackCase[] = [
  age("five", "Redis 5", "image: redis:⟦5.0.14-alpine⟧", true),
  age("five-alone", "a tag with the major alone", "image: redis:⟦5⟧", true),
  age("six", "Redis 6", "image: redis:6.0", false),
  age("unknown", "nobody knows", "image: redis:${REDIS_TAG}", false),
  age("valkey", "Valkey", VALKEY, false),
  age("dragonfly", "Dragonfly, whose numbers are its own", DRAGONFLY, false),
];
