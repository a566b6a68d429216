/** Passwords on both sides of a connection. Compared, never shown. */
import type { Connection, MaybePart } from "../../model/stack/connections.ts";
import type { StackServer } from "../../model/stack/servers.ts";
import type { Setting } from "../../model/stack/settings.ts";
import { connectionPlace, isKnown, related } from "../stack/parts.ts";
import type { StackDraft, StackRule } from "../stack/rule.ts";

const LOCAL_CHECK = {
  source: "local check with redis-server 7.0.15 / redis-cli 7.0.15 (Debian 12)",
  asOf: "2026-11-20",
};
const LOCAL_CHECK_OF_ALL = {
  source:
    "local check 2026-11-20: servers redis 6.0 to 8.8 and valkey 7.2 to 9.1, redis-cli 7.0.15, Ruby 3.1 URI, addressable 2.8.1, Node 20 URL",
  asOf: "2026-11-20",
};

/** A connection whose server, and whose password on both sides, are known. */
interface Login {
  readonly server: StackServer;
  readonly wanted: Setting<string>;
  /** Empty = none is sent. */
  readonly sent: string;
}

export const passwordMissing: StackRule = {
  meta: {
    id: "connection/password-missing",
    severity: "error",
    title: "Server wants a password, client sends none",
    sources: [LOCAL_CHECK],
  },
  check: ({ connections }) =>
    connections.flatMap((connection): StackDraft[] => {
      const login = loginOf(connection);
      if (login === null || login.wanted.value === "" || login.sent !== "") return [];
      const { server, wanted } = login;
      const message = `Service ${server.name} wants a password and this connection sends none: every command fails with NOAUTH. Give the client the same password, best through one variable for both.`;
      const place = connection.passwordVariable?.key ?? connectionPlace(connection);
      return [{ at: place, message, related: related(wanted.place, `Service ${server.name} gets its password here`) }];
    }),
};

export const passwordDiffers: StackRule = {
  meta: {
    id: "connection/password-differs",
    severity: "error",
    title: "Passwords differ",
    sources: [LOCAL_CHECK],
  },
  check: ({ connections }) =>
    connections.flatMap((connection): StackDraft[] => {
      const login = loginOf(connection);
      if (login === null || login.wanted.value === "" || login.sent === "" || login.sent === login.wanted.value)
        return [];
      const { server, wanted } = login;
      const message = `This password is not the one of service ${server.name}: the server answers WRONGPASS. Use one variable for both.`;
      const at = isKnown(connection.password) ? connection.password.place : connectionPlace(connection);
      return [{ at, message, related: related(wanted.place, `Service ${server.name} gets its password here`) }];
    }),
};

export const passwordUnexpected: StackRule = {
  meta: {
    id: "connection/password-unexpected",
    severity: "warning",
    title: "Client sends a password the server has not",
    sources: [LOCAL_CHECK, LOCAL_CHECK_OF_ALL],
  },
  check: ({ connections }) =>
    connections.flatMap((connection): StackDraft[] => {
      const { client, password, user } = connection;
      const login = loginOf(connection);
      if (login === null || login.wanted.value !== "" || login.sent === "" || !isKnown(password)) return [];
      const { server } = login;
      if (user !== null || isMeantForImage(server)) return [];
      // ioredis prints a warning and goes on.
      const isIoredis = client.app === "postiz" || client.process === "streaming";
      const message = `Service ${server.name} has no password, and Redis answers a login without one with an error. Give the server a password with \`--requirepass\`, or remove it here.`;
      return [{ at: password.place, message, ...(isIoredis ? { severity: "hint" as const } : {}) }];
    }),
};

/** `null` where one side is not known, or where users other than `default` have their say. */
function loginOf({ target, user, password, url }: Connection): Login | null {
  const server = target.kind === "server" ? target.server : null;
  if (server === null || server.settings.hasUsers !== false || server.settings.password === null) return null;
  if (user === "unknown" || (user !== null && user.text !== "default")) return null;
  const sent = sentPassword(password, url !== null);
  return sent === null ? null : { server, wanted: server.settings.password, sent };
}

function sentPassword(password: MaybePart, isInUrl: boolean): string | null {
  if (password === "unknown") return null;
  if (password === null) return "";
  if (!isInUrl) return password.text;
  try {
    return decodeURIComponent(password.text);
  } catch {
    return null;
  }
}

/** A variable of the service that the image does not read: `compose/password-variable-ignored` tells the cause. */
function isMeantForImage({ environment }: StackServer): boolean {
  return ["REDIS_PASSWORD", "VALKEY_PASSWORD"].some((name) => (environment.variables.get(name)?.value ?? "") !== "");
}
