/** Client and server that speak on different ports; the published port is told by a rule of its own. */
import { type Connection, isTls, portOf } from "../../model/stack/connections.ts";
import type { StackServer } from "../../model/stack/servers.ts";
import type { Setting } from "../../model/stack/settings.ts";
import { COMPOSE_NETWORKING, connectionPlace, isKnown, related, rewriting, serverOf } from "../stack/parts.ts";
import type { StackDraft, StackRule } from "../stack/rule.ts";

interface Mismatch {
  readonly server: StackServer;
  readonly used: number;
  /** The one that the client should use. */
  readonly listens: Setting<number>;
  readonly isPublished: boolean;
}

export const portMismatch: StackRule = {
  meta: {
    id: "connection/port-mismatch",
    severity: "error",
    title: "Ports do not agree",
    sources: [COMPOSE_NETWORKING],
  },
  check: ({ connections }) =>
    connections.flatMap((connection): StackDraft[] => {
      const found = mismatchOf(connection);
      if (found === null || found.isPublished) return [];
      const { server, used, listens } = found;
      const message = `The client connects to port ${used}, and service ${server.name} listens on ${listens.value}: no connection comes about. Use the same port on both sides.`;
      return [draftOf(connection, message, found)];
    }),
};

export const publishedPortUsedInside: StackRule = {
  meta: {
    id: "connection/published-port-used-inside",
    severity: "warning",
    title: "Published port used between containers",
    sources: [COMPOSE_NETWORKING],
  },
  check: ({ connections }) =>
    connections.flatMap((connection): StackDraft[] => {
      const found = mismatchOf(connection);
      if (found === null || !found.isPublished) return [];
      const { server, used, listens } = found;
      const message = `Port ${used} is published for clients on the host; between containers service ${server.name} is reached on ${listens.value} only. Use ${listens.value} here.`;
      return [draftOf(connection, message, found)];
    }),
};

function mismatchOf(connection: Connection): Mismatch | null {
  const server = serverOf(connection);
  const used = portOf(connection);
  const tls = isTls(connection);
  if (server === null || used === null || tls === null) return null;
  const { port, tlsPort } = server.settings;
  if (port === null || tlsPort === null) return null;
  const open = [port, tlsPort].filter(({ value }) => value > 0);
  // Without a port it listens on a socket.
  if (open.length === 0 || open.some(({ value }) => value === used)) return null;
  const listens = (tls ? open.at(-1) : open[0]) as Setting<number>;
  const isPublished = (server.ports ?? []).some(
    ({ published, target }) => published === String(used) && target === String(listens.value),
  );
  return { server, used, listens, isPublished };
}

function draftOf(connection: Connection, message: string, { server, listens }: Mismatch): StackDraft {
  const { port, host } = connection;
  const wanted = String(listens.value);
  const fixes = isKnown(port)
    ? rewriting(`Change to ${wanted}`, port.written, port.range, wanted)
    : connection.url === null
      ? []
      : rewriting(`Add port ${wanted}`, host.written, host.range, `${host.text}:${wanted}`);
  return {
    at: isKnown(port) ? port.place : connectionPlace(connection),
    message,
    related: related(listens.place, `Service ${server.name} listens on ${wanted}`),
    fixes,
  };
}
