/** Settings of a Redis or Valkey: from its configuration file and its command line. */

import { parseVersion } from "../../catalog/version.ts";
import type { EffectiveValues, SettingPlace } from "../../conf/index.ts";
import { holdsPlaceholder } from "../../conf/template.ts";
import type { Place } from "../../finding.ts";
import type { KnownImage } from "../knownImage.ts";
import { portNumber, type ServerSettings, type Setting } from "./settings.ts";

export function redisSettings(
  values: EffectiveValues,
  image: KnownImage,
  toPlace: (place: SettingPlace) => Place | null,
): ServerSettings {
  const read = <T>(name: string, parse: (text: string) => T | null): Setting<T> | null => {
    const found = values.of(name);
    if (found === "unknown") return null;
    if (found === "default") {
      const value = values.value(name);
      const parsed = value === null ? null : parse(value);
      return parsed === null ? null : { value: parsed, place: null };
    }
    const [argument, ...rest] = found.args;
    if (argument === undefined || rest.length > 0 || holdsPlaceholder(argument.value)) return null;
    const parsed = parse(argument.value);
    return parsed === null ? null : { value: parsed, place: toPlace(argument.place) };
  };
  const lower = (text: string): string => text.toLowerCase();
  const flag = (name: string): boolean | null => {
    const value = read(name, lower)?.value;
    return value === "yes" ? true : value === "no" ? false : null;
  };
  const aclFile = read("aclfile", (text) => text);
  const users = values.linesOf("user").length > 0 || (aclFile !== null && aclFile.value !== "");
  return {
    port: read("port", portNumber),
    tlsPort: read("tls-port", portNumber) ?? (values.of("tls-port") === "default" ? { value: 0, place: null } : null),
    password:
      read("requirepass", (text) => text) ??
      (values.of("requirepass") === "default" ? { value: "", place: null } : null),
    hasUsers: users ? true : values.isComplete ? false : null,
    databases: databases(read, flag("cluster-enabled"), image),
    maxmemory: maxmemory(values, toPlace),
    policy: read("maxmemory-policy", lower),
    snapshots: values.takesSnapshots,
    appendOnly: flag("appendonly"),
  };
}

function maxmemory(values: EffectiveValues, toPlace: (place: SettingPlace) => Place | null): Setting<bigint> | null {
  const bytes = values.bytes("maxmemory");
  const found = values.of("maxmemory");
  if (bytes === null || found === "unknown") return null;
  return { value: bytes, place: found === "default" ? null : toPlace(found.args[0]?.place ?? found.place) };
}

/** In a cluster only database 0 exists; Valkey counts them apart from 9.0 on. */
function databases(
  read: (name: string, parse: (text: string) => number | null) => Setting<number> | null,
  isCluster: boolean | null,
  { judgedAs, line }: KnownImage,
): Setting<number> | null {
  const count = (text: string): number | null => (/^\d{1,6}$/.test(text) ? Number(text) : null);
  if (isCluster === null) return null;
  if (!isCluster) return read("databases", count);
  if (judgedAs !== "valkey") return { value: 1, place: null };
  const version = line === null ? null : parseVersion(line, null);
  if (version === null) return null;
  return version.major >= 9 ? read("cluster-databases", count) : { value: 1, place: null };
}
