/** Values to offer for one variable: words, ports, hosts of the project, skeletons of addresses. */
import type { EnvContext } from "./context.ts";
import { DIALECTS } from "./dialect.ts";
import { splitName } from "./mastodon.ts";
import type { EngineHost } from "./surroundings.ts";
import type { EnvVariable } from "./variables.ts";

export interface OfferedValue {
  readonly text: string;
  readonly detail: string;
}

const REDIS_PORT = 6379;
const MEMCACHED_PORT = 11211;

export function valuesFor(context: EnvContext, name: string): OfferedValue[] {
  const variable = context.meaning(name)?.variable;
  if (variable === undefined) return [];
  switch (variable.type) {
    case "enum":
    case "boolean":
      return (variable.values ?? []).map((text) => ({ text, detail: text === variable.default ? "default" : "" }));
    case "url":
      return urls(context, variable);
    case "host":
      return hosts(context, name).map(({ host, engine }) => ({ text: host, detail: `service with ${engine}` }));
    case "port":
      return ports(context, name);
    case "list":
      return name.endsWith("SENTINELS")
        ? [{ text: "sentinel-1:26379,sentinel-2:26379,sentinel-3:26379", detail: "host:port, without blanks" }]
        : [];
    case "integer":
      return /(?:^|_)DB$/.test(name) ? ["0", "1", "2"].map((text) => ({ text, detail: "database" })) : [];
    case "variable-name":
      return [{ text: "REDIS_URL", detail: "the variable with the address" }];
    default:
      return [];
  }
}

/** Servers of the project that speak what the variable wants. */
function hosts(context: EnvContext, name: string): readonly EngineHost[] {
  const wantsMemcached = name.startsWith("MEMCACHE");
  return (context.around.hosts ?? []).filter(({ engine }) => (engine === "memcached") === wantsMemcached);
}

function ports(context: EnvContext, name: string): OfferedValue[] {
  if (name.includes("SENTINEL")) return [{ text: "26379", detail: "usual port of Sentinel" }];
  const usual = name.startsWith("MEMCACHE") ? MEMCACHED_PORT : REDIS_PORT;
  const known = hosts(context, name).flatMap(({ host, port }) =>
    port === null || port === usual ? [] : [{ text: String(port), detail: `port of ${host}` }],
  );
  return [...known, { text: String(usual), detail: "usual port" }];
}

function urls(context: EnvContext, variable: EnvVariable): OfferedValue[] {
  const schemes = variable.schemes ?? [];
  const known = hosts(context, variable.name);
  const servers = known.length > 0 ? known : [{ host: "localhost", engine: "", port: REDIS_PORT }];
  const reference = passwordReference(context, variable.name);
  const offered: OfferedValue[] = [];
  for (const { host, engine, port } of servers) {
    const address = `${host}:${port ?? REDIS_PORT}/0`;
    const detail = engine === "" ? "form of the address" : `service with ${engine}`;
    if (reference !== null)
      offered.push({ text: `redis://:${reference}@${address}`, detail: `${detail}, with a password` });
    if (schemes.includes("redis")) offered.push({ text: `redis://${address}`, detail });
  }
  const first = servers[0] as EngineHost;
  if (schemes.includes("rediss"))
    offered.push({ text: `rediss://${first.host}:${first.port ?? REDIS_PORT}/0`, detail: "with TLS" });
  if (schemes.includes("unix"))
    offered.push({ text: "unix:///run/redis/redis.sock", detail: "socket on the same machine" });
  return offered;
}

/** `${REDIS_PASSWORD}`, when it stands above and the reader replaces it: the secret stays on its own line. */
function passwordReference(context: EnvContext, url: string): string | null {
  const name = `${splitName(url)?.prefix ?? ""}REDIS_PASSWORD`;
  const [password, line] = [context.line(name), context.line(url)];
  const isAbove = password !== undefined && (line === undefined || password.keySpan.start < line.keySpan.start);
  return isAbove && DIALECTS[context.dialect].expands ? `\${${name}}` : null;
}
