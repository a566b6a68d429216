/** What the caches of a stack are for Mastodon. Only certain answers count. */
import type { DeclaredApp } from "./appVersion.ts";
import type { KnownImage } from "./knownImage.ts";
import type { Role } from "./stack/connections.ts";
import type { Stack } from "./stack/stack.ts";

/** Roles by service name; a service without an entry is none of the app's. */
export type Roles = ReadonlyMap<string, ReadonlySet<Role>>;

/** `null` when it is not certain which services Mastodon talks to: a connection cannot be read, or leads elsewhere. */
export function mastodonRoles({ clients }: Stack): Roles | null {
  const own = clients.filter(({ client }) => client.app === "mastodon");
  const roles = new Map<string, Set<Role>>();
  for (const [role, connection] of own.flatMap(({ byRole }) => [...byRole])) {
    if (connection?.target.kind !== "server") return null;
    const { name } = connection.target.server;
    roles.set(name, (roles.get(name) ?? new Set()).add(role));
  }
  return roles.size === 0 ? null : roles;
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
