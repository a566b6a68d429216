/** What a compose service says about its ports, networks and volumes. Whatever cannot be read for certain makes the answer `null`. */
import { type Lookup, parseTemplate, resolveTemplate } from "../parse/interpolation.ts";
import type { YamlNode } from "../parse/yamlTree.ts";
import type { Span } from "../text.ts";
import type { ComposeService } from "./composeFile.ts";

export interface PublishedPort {
  /** `null`: all addresses. */
  readonly address: string | null;
  /** In the container; a range is kept as written. */
  readonly target: string;
}

function resolved(text: string, lookup: Lookup): string | null {
  const value = resolveTemplate(parseTemplate(text), lookup);
  return value.unresolved.length > 0 ? null : value.value;
}

function itemsOf({ reader, map }: ComposeService, key: string): readonly YamlNode[] | null {
  const pair = reader.get(map, key);
  if (pair === null) return [];
  return reader.seq(pair.value)?.items ?? null;
}

const SHORT_PORT = /^(?:(\[[^\]]+\]|[^:[\]]+):)?(?:[\d-]*:)?(\d+(?:-\d+)?)(?:\/(?:tcp|udp))?$/;

export function publishedPorts(service: ComposeService, lookup: Lookup): readonly PublishedPort[] | null {
  const items = itemsOf(service, "ports");
  if (items === null) return null;
  const { reader } = service;
  const ports: PublishedPort[] = [];
  for (const item of items) {
    const short = reader.scalar(item);
    const long = reader.map(item);
    const written = short?.value ?? reader.text(long, "target")?.value;
    const text = written === undefined ? null : resolved(written, lookup);
    if (text === null) return null;
    const ip = short === null ? resolved(reader.text(long, "host_ip")?.value ?? "", lookup) : "";
    const match = short === null ? null : shortPort(text);
    if (ip === null || (short !== null && match === null)) return null;
    ports.push(match ?? { address: ip === "" ? null : ip, target: text });
  }
  return ports;
}

/** `6379`, `6379:6379`, `127.0.0.1:6379:6379`, `[::1]::6379`. */
function shortPort(text: string): PublishedPort | null {
  const [, address, target] = SHORT_PORT.exec(text) ?? [];
  if (target === undefined) return null;
  // `6379:6379` has no address: what stands before the first colon is a port.
  const isPort = address !== undefined && /^[\d-]+$/.test(address);
  return { address: address === undefined || isPort ? null : address.replace(/^\[|\]$/g, ""), target };
}

export function isPublishedOnAll({ address }: PublishedPort): boolean {
  return address === null || address === "0.0.0.0" || address === "::";
}

/** `null` = a network that is not known, such as that of another service. */
export function isOnHostNetwork({ reader, map }: ComposeService, lookup: Lookup): boolean | null {
  const mode = reader.text(map, "network_mode");
  if (mode === null) return reader.get(map, "network_mode") === null ? false : null;
  const value = resolved(mode.value, lookup);
  if (value === null || /^(?:service|container):/.test(value)) return null;
  return value === "host";
}

export interface PlacedMount {
  /** In the container. */
  readonly target: string;
  readonly span: Span;
}

/** Volumes and `configs` whose target is known, each with its place in the file. */
export function resolvedMounts(service: ComposeService, lookup: Lookup): PlacedMount[] {
  const { reader } = service;
  const entries = [...(itemsOf(service, "volumes") ?? []), ...(itemsOf(service, "configs") ?? [])];
  return entries.flatMap((item) => {
    const long = reader.text(reader.map(item), "target");
    const short = reader.scalar(item);
    const text = resolved((long ?? short)?.value ?? "", lookup);
    const scalar = long ?? short;
    if (text === null || scalar === null) return [];
    return [{ target: long === null ? shortTarget(text) : text, span: scalar.span }];
  });
}

/** Paths in the container behind which a volume, a folder or a tmpfs lies. */
export function volumeTargets(service: ComposeService, lookup: Lookup): readonly string[] | null {
  const { reader, map } = service;
  const items = itemsOf(service, "volumes");
  if (items === null || reader.get(map, "volumes_from") !== null) return null;
  const targets: string[] = [];
  for (const item of items) {
    const written = reader.scalar(item)?.value ?? reader.text(reader.map(item), "target")?.value;
    const text = written === undefined ? null : resolved(written, lookup);
    if (text === null) return null;
    targets.push(reader.scalar(item) === null ? text : shortTarget(text));
  }
  const tmpfs = reader.resolve(reader.get(map, "tmpfs")?.value);
  const memory = tmpfs === null ? [] : tmpfs.kind === "seq" ? tmpfs.items : [tmpfs];
  for (const item of memory) {
    const scalar = reader.scalar(item);
    const text = scalar === null ? null : resolved(scalar.value, lookup);
    if (text === null) return null;
    targets.push(text.replace(/:.*$/, ""));
  }
  return targets;
}

/** `source:target:mode`, `source:target`, or a target alone; a drive of Windows is no source by itself. */
function shortTarget(text: string): string {
  const parts = text.replace(/^[A-Za-z]:(?=[\\/])/, "").split(":");
  return parts.length === 1 ? (parts[0] as string) : (parts[1] as string);
}
