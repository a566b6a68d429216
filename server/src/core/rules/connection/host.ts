/** Hosts that lead nowhere: a name that the project does not have, and the container itself. */
import { fieldOf } from "../../documents/composeProject.ts";
import { isOnForeignNetwork, networkMode } from "../../documents/serviceNetwork.ts";
import { shownHost } from "../../excerpt.ts";
import type { Connection } from "../../model/stack/connections.ts";
import { isLoopback } from "../../model/stack/resolveHost.ts";
import type { StackServer } from "../../model/stack/servers.ts";
import type { Stack } from "../../model/stack/stack.ts";
import { isNamedByOthers, names, useOf } from "../../model/stack/use.ts";
import { basename } from "../../paths.ts";
import { COMPOSE_NETWORKING, nameOf, related, rewriting } from "../stack/parts.ts";
import type { StackDraft, StackRule } from "../stack/rule.ts";

export const unknownHost: StackRule = {
  meta: {
    id: "connection/unknown-host",
    severity: "warning",
    title: "Host is no service of the compose file",
    sources: [COMPOSE_NETWORKING],
  },
  check: (stack) =>
    stack.connections.flatMap((connection): StackDraft[] => {
      const { target, client, host } = connection;
      if (target.kind !== "nothing" || !stack.project.isWhole) return [];
      if (stack.besides.has(host.text.toLowerCase())) return [];
      const { service } = client;
      const isElsewhere =
        isOnForeignNetwork(service, stack.project) ||
        networkMode(service) !== undefined ||
        ["dns", "dns_search", "domainname"].some((key) => fieldOf(service, key) !== null);
      // Names of a stack in a swarm, and of copies of a service.
      if (isElsewhere || /_/.test(host.text) || /[-_]\d+$/.test(host.text)) return [];
      const file = basename(stack.project.path);
      const message = `No service, container or alias of ${file} is called \`${shownHost(host.text)}\`, so the name leads nowhere and the app finds no Redis. ${advice(stack)}`;
      return [{ at: host.place, message, related: servers(stack), fixes: hostFixes(connection, stack) }];
    }),
};

export const localhostInContainer: StackRule = {
  meta: {
    id: "connection/localhost-in-container",
    severity: "warning",
    title: "localhost inside a container",
    sources: [
      {
        source: "https://github.com/mastodon/mastodon/blob/main/.env.production.sample",
        asOf: "2026-11-20",
      },
      COMPOSE_NETWORKING,
    ],
  },
  check: (stack) =>
    stack.connections.flatMap((connection): StackDraft[] => {
      const { target, host, client } = connection;
      if (target.kind !== "itself" || !isLoopback(host.text.replace(/^\[|\]$/g, ""))) return [];
      if (startsOwnServer(connection)) return [];
      const message = `Inside a container \`${host.text}\` is the container itself, and service ${client.service.name} runs no Redis. ${advice(stack)}`;
      const isGuess = stack.servers.every((server) => belongsToOthers(server, connection, stack));
      return [
        {
          at: host.place,
          message,
          ...(isGuess ? { severity: "hint" as const } : {}),
          related: servers(stack),
          fixes: hostFixes(connection, stack),
        },
      ];
    }),
};

/** Another app of the project uses the server, and nothing says that this one does. */
function belongsToOthers(server: StackServer, { client, host }: Connection, stack: Stack): boolean {
  if (!isNamedByOthers(stack, server) || names(client.service, server)) return false;
  const text = client.environment.files.includes(host.place.path)
    ? (host.written?.source.text ?? "").toLowerCase()
    : "";
  return ![...server.names].some((name) => text.includes(name));
}

/** Images that bring a server of their own, and commands that start one. */
function startsOwnServer({ client: { service } }: Connection): boolean {
  return service.layers.some(({ map, text }) =>
    /(?:redis|valkey)-server/.test(text.slice(map.span.start, map.span.end)),
  );
}

/** Servers that no other app of the project uses. */
function candidates(stack: Stack): StackServer[] {
  const free = stack.servers.filter((server) => !server.isSentinel);
  const unused = free.filter((server) => useOf(stack, server).roles.size === 0);
  return unused.length > 0 ? unused : free;
}

function advice(stack: Stack): string {
  const names = candidates(stack).map(({ name }) => `\`${name}\``);
  return names.length === 1
    ? `Use ${names[0]}, the service with the server.`
    : `Use the name of the service: ${names.join(", ")}.`;
}

function servers(stack: Stack) {
  return candidates(stack).flatMap((server) => related(nameOf(server), `Service ${server.name} runs the server`));
}

function hostFixes({ host }: Connection, stack: Stack) {
  const found = candidates(stack);
  return found.flatMap(({ name }, at) =>
    rewriting(`Change to ${name}`, host.written, host.range, name).map((fix) => ({
      ...fix,
      preferred: found.length === 1 && at === 0,
    })),
  );
}
