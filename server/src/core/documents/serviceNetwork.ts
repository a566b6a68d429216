/** How services of a project reach each other: names, networks, ports. Whatever cannot be read for certain gives `null`. */
import { Fact } from "../fact.ts";
import type { Place } from "../finding.ts";
import { type ComposeProject, fieldOf, fieldsOf, type ProjectService } from "./composeProject.ts";
import { type Written, writtenScalar } from "./written.ts";

/** A service without `networks` is in this one. */
const DEFAULT_NETWORK = "default";

const MODE = new Fact<ProjectService, string | null | undefined>();
const NETWORKS = new Fact<ProjectService, ReadonlySet<string>>();
const NAMES = new Fact<ProjectService, ReadonlySet<string>>();
const LINKS = new Fact<ProjectService, ReadonlyMap<string, string>>();
const OUTSIDE_NAMES = new Fact<ProjectService, ReadonlySet<string>>();
const PORTS = new Fact<ProjectService, readonly PublishedPort[] | null>();

export interface PublishedPort {
  /** `null`: all addresses. */
  readonly address: string | null;
  /** On the host; `null` = any free one. A range is kept as written. */
  readonly published: string | null;
  /** In the container. */
  readonly target: string;
  readonly protocol: string;
  /** The whole entry; in its long form the port that is published. */
  readonly place: Place;
  /** The entry, where it is one text. */
  readonly written: Written | null;
}

/** A text of a service, `!reset` and variables considered; `null` where it is missing or not known. */
export function textOf(service: ProjectService, ...keys: readonly string[]): Written | null {
  const field = fieldOf(service, ...keys);
  if (field === null || field.node?.kind !== "scalar") return null;
  const written = writtenScalar(field.node, field.layer, service.lookup);
  return written.value === null ? null : written;
}

/** `host`, `none`, `bridge`, `service:NAME`; `undefined` where it is not set, `null` where it is not known. */
export function networkMode(service: ProjectService): string | null | undefined {
  return MODE.of(service, readMode);
}

function readMode(service: ProjectService): string | null | undefined {
  if (fieldOf(service, "network_mode") === null) return undefined;
  return textOf(service, "network_mode")?.value ?? null;
}

/** The networks of a service; empty where `network_mode` says otherwise. */
export function networksOf(service: ProjectService): ReadonlySet<string> {
  return NETWORKS.of(service, readNetworks);
}

function readNetworks(service: ProjectService): ReadonlySet<string> {
  if (networkMode(service) !== undefined) return new Set();
  const names = fieldsOf(service, "networks").flatMap(({ layer, node }) => {
    if (node?.kind === "map") return layer.reader.entries(node).map(({ key }) => key.value);
    if (node?.kind !== "seq") return [];
    return node.items.flatMap((item) => layer.reader.scalar(item)?.value ?? []);
  });
  return new Set(names.length === 0 ? [DEFAULT_NETWORK] : names);
}

/** True where another stack may join a network of the service, so that names of its services resolve here, too. */
export function isOnForeignNetwork(service: ProjectService, project: ComposeProject): boolean {
  const networks = project.section("networks");
  return [...networksOf(service)].some((name) => {
    const entry = networks.get(name);
    if (entry === undefined || entry.map === null) return false;
    const external = entry.reader.get(entry.map, "external");
    return external !== null && entry.reader.scalar(external.value)?.value !== "false";
  });
}

/** Every name under which others reach a service, in lower case. */
export function namesOf(service: ProjectService): ReadonlySet<string> {
  return NAMES.of(service, readNames);
}

function readNames(service: ProjectService): ReadonlySet<string> {
  const names = new Set([service.name.toLowerCase()]);
  for (const key of ["container_name", "hostname"]) {
    const name = textOf(service, key)?.value;
    if (name != null) names.add(name.toLowerCase());
  }
  for (const { layer, node } of fieldsOf(service, "networks")) {
    if (node?.kind !== "map") continue;
    for (const { value } of layer.reader.entries(node)) {
      const { reader } = layer;
      for (const alias of reader.seq(reader.get(reader.map(value), "aliases")?.value)?.items ?? []) {
        const scalar = reader.scalar(alias);
        const name = scalar === null ? null : writtenScalar(scalar, layer, service.lookup).value;
        if (name !== null) names.add(name.toLowerCase());
      }
    }
  }
  return names;
}

/** `links`: the name that this service gives to another one, to that one's own name. */
export function linksOf(service: ProjectService): ReadonlyMap<string, string> {
  return LINKS.of(service, readLinks);
}

function readLinks(service: ProjectService): ReadonlyMap<string, string> {
  const links = listTexts(service, "links").map((text) => text.split(":"));
  return new Map(links.map(([target = "", alias = target]) => [alias.toLowerCase(), target] as const));
}

/** Names that `extra_hosts` and `external_links` add: they lead out of the project. */
export function outsideNamesOf(service: ProjectService): ReadonlySet<string> {
  return OUTSIDE_NAMES.of(service, readOutsideNames);
}

function readOutsideNames(service: ProjectService): ReadonlySet<string> {
  const names = new Set<string>();
  for (const text of listTexts(service, "external_links")) names.add((text.split(":").at(-1) ?? "").toLowerCase());
  for (const { layer, node } of fieldsOf(service, "extra_hosts")) {
    if (node?.kind === "map") for (const { key } of layer.reader.entries(node)) names.add(key.value.toLowerCase());
  }
  for (const text of listTexts(service, "extra_hosts")) names.add((text.split(/[:=]/)[0] ?? "").toLowerCase());
  return names;
}

function listTexts(service: ProjectService, key: string): string[] {
  return fieldsOf(service, key).flatMap(({ layer, node }) =>
    node?.kind === "seq" ? node.items.flatMap((item) => layer.reader.scalar(item)?.value ?? []) : [],
  );
}

const PORT =
  /^(?:(?<address>\[[^\]]+\]|\d+\.\d+\.\d+\.\d+|localhost|[0-9a-fA-F]*:[0-9a-fA-F:]*:[0-9a-fA-F:]*(?=:)):)?(?:(?<published>\d+(?:-\d+)?)?:)?(?<target>\d+(?:-\d+)?)(?:\/(?<protocol>\w+))?$/;

/** `null` where an entry is not known. */
export function portsOf(service: ProjectService): readonly PublishedPort[] | null {
  return PORTS.of(service, readPorts);
}

function readPorts(service: ProjectService): readonly PublishedPort[] | null {
  const ports: PublishedPort[] = [];
  for (const { layer, node } of fieldsOf(service, "ports")) {
    if (node?.kind !== "seq") return null;
    for (const item of node.items) {
      const scalar = layer.reader.scalar(item);
      const port =
        scalar === null ? longPort(service, layer, item) : shortPort(writtenScalar(scalar, layer, service.lookup));
      if (port === null) return null;
      ports.push(port);
    }
  }
  return ports;
}

/** `6379`, `6379:6379`, `127.0.0.1:6379:6379`, `[::1]::6379`. */
function shortPort(written: Written): PublishedPort | null {
  const { address, published, target, protocol = "tcp" } = PORT.exec(written.value ?? "")?.groups ?? {};
  if (target === undefined) return null;
  return {
    address: address?.replace(/^\[|\]$/g, "") ?? null,
    published: published ?? null,
    target,
    protocol,
    place: { path: written.path, span: written.span },
    written,
  };
}

function longPort(
  { lookup }: ProjectService,
  layer: ProjectService["layers"][number],
  item: Parameters<typeof layer.reader.map>[0],
): PublishedPort | null {
  const { reader } = layer;
  const map = reader.map(item);
  const read = (key: string): string | null | undefined => {
    const scalar = reader.text(map, key);
    return scalar === null ? undefined : writtenScalar(scalar, layer, lookup).value;
  };
  const [target, published, address, protocol] = ["target", "published", "host_ip", "protocol"].map(read);
  if (map === null || target == null || published === null || address === null || protocol === null) return null;
  return {
    address: address === undefined || address === "" ? null : address,
    published: published ?? null,
    target,
    protocol: protocol ?? "tcp",
    place: { path: layer.path, span: (reader.text(map, "published") ?? reader.text(map, "target") ?? map).span },
    written: null,
  };
}

export function isPublishedOnAll({ address }: PublishedPort): boolean {
  return address === null || address === "0.0.0.0" || address === "::";
}
