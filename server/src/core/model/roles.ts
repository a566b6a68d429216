/**
 * What the caches of a compose file are for Mastodon: its services name them by host in their environment. Only certain
 * answers count: a missing `env_file`, a value from elsewhere, a host that is no service here make everything unknown.
 */
import { composeLookup } from "../documents/composeEnvironment.ts";
import { type ComposeService, composeServices } from "../documents/composeFile.ts";
import type { SourceText } from "../documents/extraction.ts";
import type { FolderIndex } from "../documents/folderIndex.ts";
import type { FileSource } from "../files.ts";
import { envDefinitions } from "../parse/envFile.ts";
import { type Lookup, parseTemplate, resolveTemplate } from "../parse/interpolation.ts";
import type { YamlScalar } from "../parse/yamlTree.ts";
import { dirname, resolvePath } from "../paths.ts";
import type { AppImage, DeclaredApp } from "./appVersion.ts";
import type { KnownImage } from "./knownImage.ts";

/** `main`: the unprefixed connection (feeds); `queue`: Sidekiq's jobs; `cache`: Rails' cache. */
export type Role = "main" | "queue" | "cache";

/** Roles by service name; a service without an entry is none of the app's. */
export type Roles = ReadonlyMap<string, ReadonlySet<Role>>;

/** `null` where a value is unknown. */
type Environment = ReadonlyMap<string, string | null>;

const PREFIXES: readonly { readonly role: Role; readonly prefix: string }[] = [
  { role: "main", prefix: "" },
  { role: "queue", prefix: "SIDEKIQ_" },
  { role: "cache", prefix: "CACHE_" },
];

/** `null` when it is not certain which services Mastodon talks to. */
export function mastodonRoles(
  source: SourceText,
  appImages: readonly AppImage[],
  files: FileSource,
  index: FolderIndex,
): Roles | null {
  const clients = new Set(appImages.filter(({ app }) => app === "mastodon").flatMap(({ use }) => use.services));
  if (clients.size === 0) return null;
  const services = composeServices(index.yaml(source.path, source.text));
  const lookup = composeLookup(source.path, files, index);
  const byHost = hostNames(services);
  const roles = new Map<string, Set<Role>>();
  for (const service of services) {
    if (!clients.has(service.name)) continue;
    const environment = environmentOf(service, source, files, lookup);
    if (environment === null) return null;
    for (const { role, prefix } of PREFIXES) {
      const host = hostOf(environment, prefix);
      const server = host === null ? undefined : byHost.get(host);
      if (server === undefined) return null;
      roles.set(server, (roles.get(server) ?? new Set()).add(role));
    }
  }
  return roles;
}

/** The host of a connection: the URL wins over the host; a prefixed one that is not set falls back to the unprefixed one. */
function hostOf(environment: Environment, prefix: string): string | null {
  if (environment.has(`${prefix}REDIS_SENTINELS`)) return null;
  const url = environment.get(`${prefix}REDIS_URL`);
  if (url === null) return null;
  if (url !== undefined && url !== "")
    return /^rediss?:\/\/(?:[^@/]*@)?([A-Za-z0-9._-]+)(?::\d+)?(?:[/?#]|$)/.exec(url)?.[1]?.toLowerCase() ?? null;
  const host = environment.get(`${prefix}REDIS_HOST`);
  if (host !== undefined && host !== "") return host?.toLowerCase() ?? null;
  return prefix === "" ? null : hostOf(environment, "");
}

/** Every name under which a service can be reached, to its own name. */
function hostNames(services: readonly ComposeService[]): Map<string, string> {
  const names = new Map<string, string>();
  for (const { name, map, reader } of services) {
    const aliases = reader
      .entries(reader.map(reader.get(map, "networks")?.value))
      .flatMap(({ value }) => reader.seq(reader.get(reader.map(value), "aliases")?.value)?.items ?? []);
    const hosts = [
      name,
      reader.text(map, "container_name")?.value,
      reader.text(map, "hostname")?.value,
      ...aliases.map((alias) => reader.scalar(alias)?.value),
    ];
    for (const host of hosts) if (host !== undefined) names.set(host.toLowerCase(), name);
  }
  return names;
}

/** What the process of a service gets: `environment` over its `env_file`s, a later file over an earlier one. */
function environmentOf(
  service: ComposeService,
  source: SourceText,
  files: FileSource,
  lookup: Lookup,
): Environment | null {
  const { reader, map } = service;
  const environment = new Map<string, string | null>();
  for (const file of envFilesOf(service)) {
    const path = resolveTemplate(parseTemplate(file.path), lookup);
    const target = resolvePath(dirname(source.path), path.value);
    const text = path.unresolved.length > 0 ? null : files.read(target);
    if (typeof text !== "string") {
      if (file.isRequired) return null;
      continue;
    }
    for (const [name, { value }] of envDefinitions(target, text, lookup)) environment.set(name, value);
  }
  const own = reader.resolve(reader.get(map, "environment")?.value);
  const resolve = (scalar: YamlScalar): string | null => {
    const resolved = resolveTemplate(parseTemplate(scalar.value), lookup);
    return resolved.unresolved.length > 0 ? null : resolved.value;
  };
  if (own?.kind === "map") {
    for (const { key, value } of reader.entries(own)) {
      const scalar = reader.scalar(value);
      // Without a value it comes from the shell.
      environment.set(
        key.value,
        scalar === null || (scalar.style === "plain" && scalar.value === "") ? null : resolve(scalar),
      );
    }
  } else if (own?.kind === "seq") {
    for (const item of own.items) {
      const scalar = reader.scalar(item);
      const [, name, value] = /^([^=]+)(?:=([\s\S]*))?$/.exec(scalar?.value ?? "") ?? [];
      if (scalar !== null && name !== undefined)
        environment.set(name, value === undefined ? null : resolve({ ...scalar, value }));
    }
  }
  return environment;
}

function envFilesOf({ reader, map }: ComposeService): { path: string; isRequired: boolean }[] {
  const node = reader.resolve(reader.get(map, "env_file")?.value);
  const items = node?.kind === "seq" ? node.items : node === null ? [] : [node];
  return items.flatMap((item) => {
    const short = reader.scalar(item)?.value;
    if (short !== undefined) return [{ path: short, isRequired: true }];
    const long = reader.map(item);
    const path = reader.text(long, "path")?.value;
    return path === undefined ? [] : [{ path, isRequired: reader.text(long, "required")?.value !== "false" }];
  });
}

function rolesOf(image: KnownImage, roles: Roles): ReadonlySet<Role>[] {
  return image.use.services.map((service) => roles.get(service)).filter((role) => role !== undefined);
}

/** A cache that Mastodon certainly does not use belongs to another app of the file, unless somebody declared the version for it. */
export function appsOfImage(
  image: KnownImage,
  apps: readonly DeclaredApp[],
  roles: Roles | null,
  path: string,
): readonly DeclaredApp[] {
  if (roles === null || image.use.services.length === 0 || rolesOf(image, roles).length > 0) return apps;
  return apps.filter(({ app, from, place }) => app !== "mastodon" || from !== "detected" || place?.path !== path);
}

/** Sidekiq checks the server of its queue only. */
export function isCacheOnly(image: KnownImage, roles: Roles | null): boolean {
  const known = roles === null ? [] : rolesOf(image, roles);
  return known.length > 0 && known.every((role) => role.size === 1 && role.has("cache"));
}
