/**
 * What the caches of a compose file are for Mastodon: its services name them by host in their environment. Only certain
 * answers count: a missing `env_file`, a value from elsewhere, a host that is no service here make everything unknown.
 */
import { composeLookup } from "../documents/composeEnvironment.ts";
import { composeServices } from "../documents/composeFile.ts";
import type { SourceText } from "../documents/extraction.ts";
import type { FolderIndex } from "../documents/folderIndex.ts";
import { type Environment, environmentOf, hostNames } from "../documents/serviceEnvironment.ts";
import type { FileSource } from "../files.ts";
import type { AppImage, DeclaredApp } from "./appVersion.ts";
import type { KnownImage } from "./knownImage.ts";

/** `main`: the unprefixed connection (feeds); `queue`: Sidekiq's jobs; `cache`: Rails' cache. */
export type Role = "main" | "queue" | "cache";

/** Roles by service name; a service without an entry is none of the app's. */
export type Roles = ReadonlyMap<string, ReadonlySet<Role>>;

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
    const environment = environmentOf(service, source.path, files, lookup);
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

/** Services that Postiz reaches by its `REDIS_URL`; it reads no other variable for that. */
export function postizServers(
  source: SourceText,
  appImages: readonly AppImage[],
  files: FileSource,
  index: FolderIndex,
): ReadonlySet<string> {
  const clients = new Set(appImages.filter(({ app }) => app === "postiz").flatMap(({ use }) => use.services));
  const servers = new Set<string>();
  if (clients.size === 0) return servers;
  const services = composeServices(index.yaml(source.path, source.text));
  const lookup = composeLookup(source.path, files, index);
  const byHost = hostNames(services);
  for (const service of services) {
    if (!clients.has(service.name)) continue;
    const url = environmentOf(service, source.path, files, lookup)?.get("REDIS_URL") ?? null;
    const server = url === null ? undefined : byHost.get(hostOfUrl(url) ?? "");
    if (server !== undefined) servers.add(server);
  }
  return servers;
}

function hostOfUrl(url: string): string | null {
  return /^rediss?:\/\/(?:[^@/]*@)?([A-Za-z0-9._-]+)(?::\d+)?(?:[/?#]|$)/.exec(url)?.[1]?.toLowerCase() ?? null;
}

/** The host of a connection: the URL wins over the host; a prefixed one that is not set falls back to the unprefixed one. */
function hostOf(environment: Environment, prefix: string): string | null {
  if (environment.has(`${prefix}REDIS_SENTINELS`)) return null;
  const url = environment.get(`${prefix}REDIS_URL`);
  if (url === null) return null;
  if (url !== undefined && url !== "") return hostOfUrl(url);
  const host = environment.get(`${prefix}REDIS_HOST`);
  if (host !== undefined && host !== "") return host?.toLowerCase() ?? null;
  return prefix === "" ? null : hostOf(environment, "");
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
