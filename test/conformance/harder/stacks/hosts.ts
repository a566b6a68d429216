// Which service a host leads to, and what is said of one that leads nowhere.
import { compose, lines, MASTODON, mastodon, POSTIZ, postiz, REDIS, type StackCase, VALKEY } from "./stackCase.ts";

const UNKNOWN = "connection/unknown-host warning";
const LOCALHOST = "connection/localhost-in-container warning";
const WRONG_PORT = "connection/port-mismatch error";
/** Whoever reaches it on the usual port is told so: that is how a case sees that a host leads to it. */
const ON_6380 = [REDIS, "command: redis-server --port 6380"];

/** Mastodon with `REDIS_HOST` and no port, in front of a server that listens on another port. */
function leadsThere(id: string, why: string, host: string, server: readonly string[], ...more: string[]): StackCase {
  const web = mastodon(`⟦REDIS_HOST⟧: ${host}`);
  return {
    id,
    why,
    files: { "compose.yaml": compose({ web, redis: [...ON_6380, ...server] }, ...more) },
    told: [WRONG_PORT],
  };
}

export const NAMES: readonly StackCase[] = [
  leadsThere("service-name", "the name of the service", "redis", []),
  leadsThere("upper-case", "names know no case", "REDIS", []),
  leadsThere("container-name", "the name of its container", "town-cache", ["container_name: town-cache"]),
  leadsThere("container-name-with-dot", "also one with a dot", "town.cache", ["container_name: town.cache"]),
  leadsThere("hostname", "its hostname", "cachehost", ["hostname: cachehost"]),
  leadsThere("alias", "an alias in a network", "kv", ["networks:", "  default:", "    aliases: [kv]"]),
  leadsThere("copy", "a copy, as Compose names it", "town-redis-1", []),
  leadsThere("old-copy", "a copy, as Compose named it once", "town_redis_1", []),
  {
    id: "link",
    why: "a link gives another name",
    files: {
      "compose.yaml": compose({
        web: [...mastodon("⟦REDIS_HOST⟧: kv"), 'links: ["redis:kv"]'],
        redis: ON_6380,
      }),
    },
    told: [WRONG_PORT],
  },
  {
    id: "two-of-one-name",
    why: "a name that two services share leads to nobody in particular",
    files: {
      "compose.yaml": compose({
        web: mastodon("REDIS_HOST: kv"),
        one: [...ON_6380, "networks: {default: {aliases: [kv]}}"],
        two: [...ON_6380, "networks: {default: {aliases: [kv]}}"],
      }),
    },
  },
  {
    id: "no-common-network",
    why: "what the client does not share a network with is not its server, but the name exists",
    files: {
      "compose.yaml": compose(
        {
          web: [...mastodon("REDIS_HOST: redis"), "networks: [front]"],
          redis: [...ON_6380, "networks: [back]"],
        },
        "networks: {front: {}, back: {}}",
      ),
    },
  },
  {
    id: "one-common-network",
    why: "one network in common is enough",
    files: {
      "compose.yaml": compose(
        {
          web: [...mastodon("⟦REDIS_HOST⟧: redis"), "networks: [front, back]"],
          redis: [...ON_6380, "networks: {back: {}}"],
        },
        "networks: {front: {}, back: {}}",
      ),
    },
    told: [WRONG_PORT],
  },
  {
    id: "host-network-of-both",
    why: "on the host's network localhost is the host for both",
    files: {
      "compose.yaml": compose({
        web: [...mastodon("REDIS_HOST: localhost", "REDIS_PORT: ⟦6379⟧"), "network_mode: host"],
        redis: [REDIS, "command: redis-server --port 6380 --bind 127.0.0.1", "network_mode: host"],
      }),
    },
    told: [WRONG_PORT],
  },
  {
    id: "network-of-the-server",
    why: "who uses the network of the server reaches it as localhost",
    files: {
      "compose.yaml": compose({
        web: [...mastodon("REDIS_URL: redis://127.0.0.1:⟦6379⟧"), 'network_mode: "service:redis"'],
        redis: ON_6380,
      }),
    },
    told: [WRONG_PORT],
  },
  {
    id: "proxy",
    why: "a proxy in between is no server, whatever it is called",
    files: {
      "compose.yaml": compose({
        web: mastodon("REDIS_HOST: redis", "REDIS_PORT: 6390"),
        redis: ["image: haproxy:3.0"],
        redis1: [REDIS],
      }),
    },
  },
  {
    id: "built",
    why: "nobody knows what a service that is built runs",
    files: {
      "compose.yaml": compose({
        web: mastodon("REDIS_HOST: redis", "REDIS_PORT: 6390"),
        redis: [REDIS, "build: ./redis"],
        other: [REDIS],
      }),
    },
  },
  {
    id: "address",
    why: "addresses and names with a dot lead out of the project",
    files: {
      "compose.yaml": compose({
        web: mastodon("REDIS_HOST: 10.0.0.5", "REDIS_PORT: 6390"),
        more: mastodon("REDIS_HOST: cache.example.org", "REDIS_PORT: 6390"),
        last: mastodon("REDIS_HOST: host.docker.internal", "REDIS_PORT: 16379"),
        redis: [REDIS, 'ports: ["127.0.0.1:16379:6379"]'],
      }),
    },
  },
];

export const NOWHERE: readonly StackCase[] = [
  {
    id: "unknown-in-env-file",
    why: "told in the file that names it",
    files: {
      "compose.yaml": compose({ web: [MASTODON, "env_file: .env.production"], redis: [REDIS] }),
      ".env.production": lines("REDIS_HOST=⟦cache⟧"),
    },
    told: [UNKNOWN],
  },
  {
    id: "unknown-in-url",
    why: "the host alone, whatever stands around it",
    files: {
      "compose.yaml": compose({ app: postiz("REDIS_URL: 'redis://:x@⟦cache⟧:6379/0'"), valkey: [VALKEY] }),
    },
    told: [UNKNOWN],
    about: /^connection\/unknown-host$/,
  },
  {
    id: "unknown-in-default",
    why: "the default of an expression",
    files: {
      "compose.yaml": compose({ web: mastodon("REDIS_HOST: ${CACHE_HOST:-⟦cache⟧}"), redis: [REDIS] }),
    },
    told: [UNKNOWN],
  },
  {
    id: "unknown-in-dotenv",
    why: "a variable leads to its definition",
    files: {
      "compose.yaml": compose({ web: mastodon("REDIS_HOST: ${CACHE_HOST:-redis}"), redis: [REDIS] }),
      ".env": lines("CACHE_HOST=⟦cache⟧"),
    },
    told: [UNKNOWN],
  },
  {
    id: "unknown-in-list",
    why: "environment as a list",
    files: {
      "compose.yaml": compose({ web: [MASTODON, "environment:", "  - REDIS_HOST=⟦cache⟧"], redis: [REDIS] }),
    },
    told: [UNKNOWN],
  },
  {
    id: "unknown-once-in-an-anchor",
    why: "what two services merge is told once, where it is written",
    files: {
      "compose.yaml":
        lines("x-env: &env", "  REDIS_HOST: ⟦cache⟧", "  REDIS_PORT: 6379") +
        compose({
          web: [MASTODON, "environment:", "  <<: *env"],
          sidekiq: [MASTODON, "command: bundle exec sidekiq", "environment: *env"],
          redis: [REDIS],
        }),
    },
    told: [UNKNOWN],
  },
  {
    id: "unknown-on-windows-lines",
    why: "Windows lines in both files",
    files: {
      "compose.yaml": compose({ web: [MASTODON, "env_file: [.env.production]"], redis: [REDIS] }).replaceAll(
        "\n",
        "\r\n",
      ),
      ".env.production": "LOCAL_DOMAIN=a.example\r\nREDIS_HOST=⟦cache⟧\r\n",
    },
    told: [UNKNOWN],
  },
  {
    id: "unknown-behind-a-prefix",
    why: "a connection of its own is judged by itself",
    files: {
      "compose.yaml": compose({
        web: mastodon("REDIS_HOST: redis", "CACHE_REDIS_URL: redis://⟦cach⟧:6379"),
        redis: [REDIS],
      }),
    },
    told: [UNKNOWN],
  },
  ...(
    [
      [
        "external-network",
        "names of another stack resolve there",
        ["networks: [shared]"],
        ["networks: {shared: {external: true}}"],
      ],
      [
        "external-default",
        "the default network may be another stack's, too",
        [],
        ["networks:", "  default:", "    name: shared", "    external: true"],
      ],
      ["extra-hosts", "the host's own table knows it", ['extra_hosts: ["cache:10.0.0.5"]'], []],
      ["extra-hosts-map", "as a map", ["extra_hosts:", "  cache: 10.0.0.5"], []],
      ["external-links", "a container of another project", ['external_links: ["town_redis_1:cache"]'], []],
      ["dns", "its own name server may know it", ["dns: 10.0.0.2"], []],
      ["dns-search", "its own search list may end it", ["dns_search: example.org"], []],
      ["host-network", "the host's names count there", ["network_mode: host"], []],
    ] as const
  ).map(
    ([id, why, own, more]): StackCase => ({
      id,
      why,
      files: { "compose.yaml": compose({ web: [...mastodon("REDIS_HOST: cache"), ...own], redis: [REDIS] }, ...more) },
    }),
  ),
  {
    id: "swarm-name",
    why: "a stack in a swarm names its services so",
    files: { "compose.yaml": compose({ web: mastodon("REDIS_HOST: town_redis"), redis: [REDIS] }) },
  },
  {
    id: "in-another-file-of-the-folder",
    why: "who loads both files finds the name",
    files: {
      "docker-compose.yml": compose({ web: mastodon("REDIS_HOST: cache"), redis: [REDIS] }),
      "docker-compose.cache.yml": compose({ cache: [REDIS] }),
    },
  },
  {
    id: "no-server-here",
    why: "a project without a server gets it from elsewhere",
    files: { "compose.yaml": compose({ web: mastodon("REDIS_HOST: cache") }) },
  },
  {
    id: "shadowed",
    why: "a URL takes the place of the host",
    files: {
      "compose.yaml": compose({
        web: mastodon("REDIS_URL: redis://redis:6379", "REDIS_HOST: localhost"),
        redis: [REDIS],
      }),
    },
  },
  {
    id: "nobody-reads-it",
    why: "no service names the file",
    files: {
      "compose.yaml": compose({ web: mastodon("REDIS_HOST: redis"), redis: [REDIS] }),
      ".env.production": "REDIS_HOST=localhost\n",
    },
  },
  {
    id: "sample",
    why: "placeholders are no values",
    files: {
      "compose.yaml": compose({ web: [MASTODON, "env_file: .env.sample"], redis: [REDIS] }),
      ".env.sample": "REDIS_HOST=cache\nREDIS_PORT=6390\n",
    },
  },
  {
    id: "placeholder",
    why: "somebody fills it in",
    files: {
      "compose.yaml": compose({ web: [MASTODON, "env_file: .env.production"], redis: [REDIS] }),
      ".env.production": "REDIS_HOST={{ cache_host }}\nREDIS_PORT=<port>\n",
    },
    about: /^connection\//,
  },
  {
    id: "sentinel-client",
    why: "the name of a group is no host",
    files: {
      "compose.yaml": compose({
        web: mastodon("REDIS_SENTINELS: sentinel:26379", "REDIS_SENTINEL_MASTER: mymaster", "REDIS_HOST: nowhere"),
        redis: [REDIS],
        sentinel: [REDIS, "command: redis-server /etc/sentinel.conf --sentinel"],
      }),
    },
    about: /^connection\//,
  },
];

export const LOOPBACK: readonly StackCase[] = [
  {
    id: "localhost-in-env-file",
    why: "as the sample of Mastodon brings it",
    files: {
      "docker-compose.yml": compose({ web: [MASTODON, "env_file: .env.production"], redis: [REDIS] }),
      ".env.production": lines("REDIS_HOST=⟦localhost⟧", "REDIS_PORT=6379"),
    },
    told: [LOCALHOST],
  },
  ...["127.0.0.1", "[::1]", "LOCALHOST"].map(
    (host): StackCase => ({
      id: `localhost-as-${host}`,
      why: "all its names",
      files: { "compose.yaml": compose({ app: postiz(`REDIS_URL: redis://⟦${host}⟧:6379`), redis: [REDIS] }) },
      told: [LOCALHOST],
    }),
  ),
  {
    id: "localhost-on-the-host",
    why: "on the host's network it is the host",
    files: {
      "compose.yaml": compose({
        web: [...mastodon("REDIS_HOST: localhost"), "network_mode: host"],
        redis: [REDIS, 'ports: ["127.0.0.1:6379:6379"]'],
      }),
    },
  },
  {
    id: "localhost-of-another-service",
    why: "the network of a service whose network is the server's",
    files: {
      "compose.yaml": compose({
        web: [...mastodon("REDIS_HOST: localhost"), "network_mode: service:redis"],
        redis: [REDIS],
      }),
    },
  },
  {
    id: "localhost-of-a-sidecar",
    why: "the server uses the network of the app",
    files: {
      "compose.yaml": compose({
        web: mastodon("REDIS_HOST: localhost"),
        redis: [REDIS, "network_mode: service:web"],
      }),
    },
  },
  {
    id: "all-in-one",
    why: "the container starts a server of its own",
    files: {
      "compose.yaml": compose({
        app: [
          ...postiz("REDIS_URL: redis://localhost:6379"),
          'command: sh -c "redis-server --daemonize yes && npm start"',
        ],
        redis: [REDIS],
      }),
    },
  },
  {
    id: "localhost-beside-a-server-of-another-app",
    why: "the server of the project belongs to somebody else, so this is a guess",
    files: {
      "compose.yaml": compose({
        web: [MASTODON, "env_file: .env.production"],
        paperless: ["image: paperless:2", "environment:", "  PAPERLESS_REDIS: redis://broker:6379"],
        broker: [REDIS],
      }),
      ".env.production": lines("REDIS_HOST=⟦localhost⟧"),
    },
    told: ["connection/localhost-in-container hint"],
  },
  {
    id: "all-clear",
    why: "the stack of Postiz as its documentation writes it",
    files: {
      "compose.yaml": compose(
        {
          app: [POSTIZ, "env_file: .env"],
          redis: [REDIS, "healthcheck: {test: redis-cli ping}", "volumes: [redis:/data]"],
        },
        "volumes: {redis: {}}",
      ),
      ".env": "REDIS_URL=redis://redis:6379\nTEMPORAL_ADDRESS=temporal.example.org:7233\n",
    },
    about: /./,
  },
];
