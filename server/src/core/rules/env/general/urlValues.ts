/** Host, port and database of a cache URL. */

import { isIpv6 } from "../../../env/cacheUrl.ts";
import type { EnvContext } from "../../../env/context.ts";
import type { EnvLine } from "../../../env/entry.ts";
import { insert, replace } from "../../../env/fixes.ts";
import { isPort } from "../../../env/hosts.ts";
import { spanOf } from "../../../text.ts";
import type { Draft } from "../../rule.ts";
import type { Reader } from "./readers.ts";

const REDIS = /^rediss?$/i;
const USUAL: Readonly<Record<string, string>> = { memcached: "11211" };

export function urlDrafts(context: EnvContext, line: EnvLine, readers: readonly Reader[]): Draft[] {
  const { url } = line;
  const { scheme, separator } = url;
  if (!line.isVerbatim || scheme === null || separator?.text !== "://") return [];
  const isRedis = REDIS.test(scheme.text);
  const isMemcached = scheme.text.toLowerCase() === "memcached";
  if (!isRedis && !isMemcached) return [];
  if (url.host.text === "")
    return missingHost(context, line, scheme.text.toLowerCase() === "rediss" ? "rediss" : "redis");
  const drafts = [...ipv6Draft(context, line), ...portDrafts(context, line, isMemcached)];
  const isNumbered = isRedis && readers.some(({ variable }) => variable.type === "url");
  return isNumbered ? [...drafts, ...databaseDraft(context, line)] : drafts;
}

function missingHost(context: EnvContext, line: EnvLine, scheme: string): Draft[] {
  const at = line.url.host.span.start;
  // A user or a password without a host: nobody can tell what was meant.
  const isPlain = line.url.user === null && line.url.password === null;
  return [
    {
      span: line.url.span,
      message: `${line.key} names no host. The reader has no server to connect to, or takes localhost. Write the host behind ${scheme}://.`,
      fixes: isPlain ? [insert(context, "Put localhost in", [[at, "localhost"]])] : [],
    },
  ];
}

function ipv6Draft(context: EnvContext, line: EnvLine): Draft[] {
  const { host } = line.url;
  if (!host.text.includes(":") || host.text.startsWith("[")) return [];
  return [
    {
      span: host.span,
      message: `The host in ${line.key} has colons without square brackets. Nobody can tell where the port begins. Put the IPv6 address into brackets.`,
      fixes: isIpv6(host.text)
        ? [replace(context, "Add brackets", host.span, `[${host.text}]`, { preferred: true })]
        : [],
    },
  ];
}

function portDrafts(context: EnvContext, line: EnvLine, isMemcached: boolean): Draft[] {
  const { port, host, span } = line.url;
  const usual = USUAL[isMemcached ? "memcached" : ""] ?? "6379";
  if (port === null) {
    if (!isMemcached) return [];
    return [
      {
        span,
        // Nobody here speaks memcached: the other fault weighs more.
        severity: "warning",
        message: `${line.key} names no port. A memcached URL has none by default. Write host:port, usually ${usual}.`,
        fixes: [insert(context, `Add port ${usual}`, [[host.span.end, `:${usual}`]], { preferred: true })],
      },
    ];
  }
  if (port.text === "") {
    return [
      {
        span,
        severity: "information",
        message: `${line.key} has a colon and no port behind it. Readers take ${usual}, if they do not refuse it. Write the port, or remove the colon.`,
        fixes: [insert(context, `Add port ${usual}`, [[port.span.start, usual]], { preferred: true })],
      },
    ];
  }
  if (isPort(port.text)) return [];
  return [
    {
      span: port.span,
      message: `The port in ${line.key} is none: digits only, from 1 to 65535. Nobody can connect with it. Write the port of the server, usually ${usual}.`,
      fixes: [replace(context, `Use ${usual}, the usual port`, port.span, usual, { preferred: true })],
    },
  ];
}

function databaseDraft(context: EnvContext, line: EnvLine): Draft[] {
  const { database } = line.url;
  if (database === null || /^\/\d*$/.test(database.text)) return [];
  const number = /^\/+(\d+)\/*$/.exec(database.text)?.[1];
  const span = spanOf(database.span.start, database.span.end);
  return [
    {
      span,
      message: `The path in ${line.key} is no database number. The reader refuses it, or takes database 0. Write / and a number from 0, or nothing.`,
      fixes: [
        number === undefined
          ? replace(context, "Use database 0", span, "/0", { preferred: true })
          : replace(context, `Use /${number}`, span, `/${number}`, { preferred: true }),
      ],
    },
  ];
}
