/** Processes of Mastodon that must share a Redis and do not, and servers that must not and do. */
import { type ClientConnections, type Connection, portOf } from "../../model/stack/connections.ts";
import type { Stack } from "../../model/stack/stack.ts";
import { connectionPlace, isKnown, related } from "../stack/parts.ts";
import type { StackDraft, StackRule } from "../stack/rule.ts";

export const sidekiqUrlOnlyInOneProcess: StackRule = {
  meta: {
    id: "mastodon/sidekiq-url-only-in-one-process",
    severity: "warning",
    title: "Web and Sidekiq see different Redis",
    sources: [
      {
        source:
          "https://github.com/mastodon/documentation/blob/2903485da54a20f1da5e7dfb8b34712e6196e8f7/content/en/admin/scaling.md",
        asOf: "2026-07-02",
      },
    ],
  },
  check: ({ clients }) => {
    const webs = clients.filter(({ client }) => client.app === "mastodon" && client.process === "web");
    const workers = clients.filter(({ client }) => client.app === "mastodon" && client.process === "sidekiq");
    return webs.flatMap((web) => workers.flatMap((worker) => apart(web, worker)));
  },
};

function apart(web: ClientConnections, worker: ClientConnections): StackDraft[] {
  const pushes = web.byRole.get("queue") ?? null;
  const takes = worker.byRole.get("queue") ?? null;
  if (pushes === null || takes === null || web.client.version !== worker.client.version) return [];
  if (isDifferentDomain(web, worker) || isSame(pushes, takes) !== false) return [];
  const message = `Service ${web.client.service.name} puts its jobs into another Redis than the one from which service ${worker.client.service.name} takes them, so they are never done. Give both the same variables, best through one env_file.`;
  // The variable of its own is the one that only one of the two has.
  const own = takes.variable.isOwn || !pushes.variable.isOwn ? takes : pushes;
  const other = own === takes ? pushes : takes;
  const about = `Service ${other.client.service.name} connects by this`;
  return [{ at: connectionPlace(own), message, related: related(connectionPlace(other), about) }];
}

/** `null` = nobody knows. */
function isSame(a: Connection, b: Connection): boolean | null {
  const [portA, portB, dbA, dbB] = [portOf(a), portOf(b), databaseOf(a), databaseOf(b)];
  if (portA === null || portB === null || dbA === null || dbB === null) return null;
  if (portA !== portB || dbA !== dbB) return false;
  if (a.target.kind === "server" && b.target.kind === "server") return a.target.server === b.target.server;
  if (a.host.text.toLowerCase() === b.host.text.toLowerCase()) return true;
  // Two names outside of the project may be one machine.
  return null;
}

function databaseOf({ database }: Connection): number | null {
  if (database === null) return 0;
  const [, number] = isKnown(database) ? (/^\/?(\d+)$/.exec(database.text) ?? []) : [];
  return number === undefined ? null : Number(number);
}

function domainOf({ client }: ClientConnections): string | null {
  return client.environment.variables.get("LOCAL_DOMAIN")?.value || null;
}

function isDifferentDomain(a: ClientConnections, b: ClientConnections): boolean {
  return domainOf(a) !== domainOf(b);
}

export const twoServersOneRedis: StackRule = {
  meta: {
    id: "mastodon/two-servers-one-redis",
    severity: "error",
    title: "Two Mastodon servers on one Redis",
    sources: [
      {
        source:
          "https://github.com/mastodon/redis_namespace_migration/blob/47c6bd9757e7a40f7091b5692d78aef992ea8bf2/README.md",
        asOf: "2025-05-05",
      },
    ],
  },
  check: ({ clients }: Stack) => {
    const known = clients.filter((one) => one.client.app === "mastodon" && domainOf(one) !== null);
    const first = new Map<unknown, ClientConnections>();
    return known.flatMap((one): StackDraft[] => {
      const main = one.byRole.get("main") ?? null;
      if (main === null || main.target.kind !== "server") return [];
      const { server } = main.target;
      const earlier = first.get(server);
      if (earlier === undefined) {
        first.set(server, one);
        return [];
      }
      const other = earlier.byRole.get("main") ?? null;
      if (!isDifferentDomain(earlier, one) || other === null || hasNamespaces(earlier, one)) return [];
      const message = `Two Mastodon servers use service ${server.name}: since namespaces are gone they share jobs and feeds, and a database number does not keep their messages apart. Give each server a Redis of its own.`;
      const about = `Service ${earlier.client.service.name}, of another LOCAL_DOMAIN, connects by this`;
      return [{ at: main.host.place, message, related: related(other.host.place, about) }];
    });
  },
};

/** Up to 4.3 different namespaces kept them apart. */
function hasNamespaces(a: ClientConnections, b: ClientConnections): boolean {
  const [one, two] = [a, b].map(({ client }) => client.environment.variables.get("REDIS_NAMESPACE")?.value ?? "");
  const isOld = [a, b].every(
    ({ client: { version } }) => version === null || /^(?:[0-3]\.|4\.[0-3](?:\.|$))/.test(version),
  );
  return isOld && one !== two;
}
