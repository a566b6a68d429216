/** An encrypted connection to a server that speaks no TLS. */
import { isTls } from "../../model/stack/connections.ts";
import { COMPOSE_NETWORKING, isKnown, nameOf, related, rewriting, serverOf } from "../stack/parts.ts";
import type { StackDraft, StackRule } from "../stack/rule.ts";

const TLS = {
  source: "https://github.com/valkey-io/valkey-doc/blob/e68c85a9c07520cebeffa16f2b1a0496b80c4fdd/topics/encryption.md",
  asOf: "2026-11-20",
};

export const tlsPortMissing: StackRule = {
  meta: {
    id: "connection/tls-port-missing",
    severity: "error",
    title: "TLS URL, plain server",
    sources: [TLS, COMPOSE_NETWORKING],
  },
  check: ({ connections }) =>
    connections.flatMap((connection): StackDraft[] => {
      const { scheme } = connection;
      const server = serverOf(connection);
      if (server === null || isTls(connection) !== true || !isKnown(scheme)) return [];
      if (server.settings.tlsPort?.value !== 0) return [];
      const message = `\`rediss\` asks for TLS, and service ${server.name} speaks none: the handshake fails. Use \`redis\` inside the project's network, or give the server a \`tls-port\` with a certificate.`;
      return [
        {
          at: scheme.place,
          message,
          related: related(nameOf(server), `Service ${server.name} has no TLS port`),
          fixes: rewriting("Change to redis", scheme.written, scheme.range, "redis"),
        },
      ];
    }),
};
