/** Addresses of caches in variables: a URL, or a host alone. Nothing of it is ever repeated in a message: it may hold a secret. */
import type { CacheUrl } from "../env/cacheUrl.ts";
import { type EnvLine, type EnvValue, moved } from "../env/entry.ts";
import { type Span, spanOf } from "../text.ts";

export interface Connection {
  /** The variable. */
  readonly name: string;
  /** In lower case; `null` for a host alone. */
  readonly scheme: string | null;
  readonly schemeSpan: Span | null;
  /** In lower case, without the dot of the root. */
  readonly host: string;
  readonly hostSpan: Span;
  /** As written; `null` where none is. */
  readonly port: string | null;
  /** The whole value. */
  readonly span: Span;
  /** The characters behind the `?`. */
  readonly query: string;
}

const SCHEMES = /^(?:redis|rediss|valkey|valkeys|redis\+ssl|redis\+tls)$/;
const HOST = /^[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?$/i;
/** Variables whose host alone is that of a Redis, by their name. */
const HOST_NAME = /(?:REDIS|VALKEY|ELASTICACHE).*(?:HOST|ENDPOINT|ADDR|SERVER)|^(?:REDIS|VALKEY|ELASTICACHE)$/i;
const HOST_ALONE = /^([a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?)(?::(\d{1,5}))?$/i;

/** `null` for a value that is no address of a Redis, or whose host nobody can read. */
export function connectionIn(name: string, text: string, span: Span, url: CacheUrl): Connection | null {
  if (url.separator?.text === "://" && url.scheme !== null) {
    const scheme = url.scheme.text.toLowerCase();
    if (!SCHEMES.test(scheme) || !HOST.test(url.host.text)) return null;
    return {
      name,
      scheme,
      schemeSpan: url.scheme.span,
      host: plainHost(url.host.text),
      hostSpan: url.host.span,
      port: url.port?.text ?? null,
      span,
      query: url.trailing?.text ?? "",
    };
  }
  const [, host, port = null] = HOST_NAME.test(name) ? (HOST_ALONE.exec(text) ?? []) : [];
  if (host === undefined) return null;
  const hostSpan = spanOf(span.start, span.start + host.length);
  return { name, scheme: null, schemeSpan: null, host: plainHost(host), hostSpan, port, span, query: "" };
}

const CONNECTIONS = new WeakMap<EnvValue, { readonly connection: Connection | null }>();

/** The same for a value by itself: its places count as those of its entry do. */
export function connectionOfValue(value: EnvValue): Connection | null {
  let known = CONNECTIONS.get(value);
  if (known === undefined) {
    const { entry, text, isBlank } = value;
    const mayBe = text.includes("://") || HOST_NAME.test(entry.key);
    const isNone = !mayBe || entry.unterminated !== null || isBlank;
    known = { connection: isNone ? null : connectionIn(entry.key, text, entry.valueSpan, value.url) };
    CONNECTIONS.set(value, known);
  }
  return known.connection;
}

export function connectionOfLine({ value, start }: EnvLine): Connection | null {
  const connection = connectionOfValue(value);
  return connection === null || start === 0 ? connection : movedConnection(connection, start);
}

export function movedConnection<T extends Connection>(connection: T, by: number): T {
  const { schemeSpan, hostSpan, span } = connection;
  return {
    ...connection,
    schemeSpan: schemeSpan && moved(schemeSpan, by),
    hostSpan: moved(hostSpan, by),
    span: moved(span, by),
  };
}

function plainHost(host: string): string {
  return host.toLowerCase().replace(/\.$/, "");
}

/** Mastodon's word for what a connection is for, by the prefix of its variable. */
export function roleOf({ name }: Pick<Connection, "name">): "main" | "queue" | "cache" {
  return name.startsWith("CACHE_") ? "cache" : name.startsWith("SIDEKIQ_") ? "queue" : "main";
}

/** A tunnel, the machine itself, a container beside it: no server of a provider. */
export function isNearby(host: string): boolean {
  return (
    !host.includes(".") ||
    /^[\d.]+$/.test(host) ||
    /(?:^|\.)(?:localhost|local|localdomain|docker\.internal|test|svc)$|\.svc\./.test(host)
  );
}
