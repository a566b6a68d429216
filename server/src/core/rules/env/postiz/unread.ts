/** What Postiz makes of the variables that its cache page names and its code never reads. */
import type { EnvContext } from "../../../env/context.ts";
import type { EnvLine } from "../../../env/entry.ts";
import { hostFault, isPort } from "../../../env/hosts.ts";

export const UNREAD = [
  "CACHE_DRIVER",
  "CACHE_HOST",
  "CACHE_PORT",
  "CACHE_PASSWORD",
  "REDIS_HOST",
  "REDIS_PORT",
  "REDIS_PASSWORD",
] as const;

export const OTHER_BACKENDS = ["memcached", "file", "database"] as const;
const PORTS: Readonly<Record<string, string>> = { redis: "6379", memcached: "11211" };

/** A value that does not even fit the page: worth more than "not read", and told in its place. */
export interface UnfitValue {
  readonly what: string;
  /** `null`: nobody can tell what was meant. */
  readonly newText: string | null;
}

export function isPostiz(context: EnvContext): boolean {
  return context.app("postiz") !== undefined;
}

/** Another app that reads the file may read the name. */
export function isReadByAnother(context: EnvContext, name: string): boolean {
  return context.meanings(name).some(({ app, variable }) => app.app !== "postiz" && variable.status !== "not-read");
}

export function unreadLines(context: EnvContext): EnvLine[] {
  if (!isPostiz(context)) return [];
  return UNREAD.map((name) => context.line(name)).filter(
    (line) =>
      line !== undefined && !line.isBlank && !context.isUsedElsewhere(line.key) && !isReadByAnother(context, line.key),
  ) as EnvLine[];
}

export function driverOf(context: EnvContext): string | undefined {
  return context.value("CACHE_DRIVER");
}

export function unfitValue(context: EnvContext, line: EnvLine): UnfitValue | null {
  if (!line.isLiteral) return null;
  const value = line.meant;
  if (line.key === "CACHE_DRIVER") {
    if (value === "redis" || OTHER_BACKENDS.some((backend) => backend === value)) return null;
    const newText = value.toLowerCase().startsWith("mem") ? "memcached" : "redis";
    return { what: "This is none of redis, memcached, file and database", newText };
  }
  if (line.key === "CACHE_HOST" || line.key === "REDIS_HOST") {
    const fault = hostFault(line.key, value);
    return fault === null ? null : { what: fault.what, newText: fault.host };
  }
  if (line.key !== "CACHE_PORT" && line.key !== "REDIS_PORT") return null;
  const driver = line.key === "REDIS_PORT" ? "redis" : (driverOf(context) ?? "redis");
  const usual = PORTS[driver];
  if (!isPort(value)) return { what: `${line.key} is no port from 1 to 65535`, newText: usual ?? "6379" };
  const isOthers = Object.entries(PORTS).some(([other, port]) => other !== driver && port === value);
  if (line.key !== "CACHE_PORT" || usual === undefined || !isOthers) return null;
  return { what: `${line.key} is not the port of ${driver}, but of the other server`, newText: usual };
}
