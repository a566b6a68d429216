import { type ConnectionRule, userAmong } from "../platform/connectionRule.ts";
import { ELASTICACHE_ENDPOINTS, REPLICATION_GROUP } from "../platform/sources.ts";

/** Some forms of host names exist with transit encryption only. */
export const tlsUrlMismatch: ConnectionRule = {
  meta: {
    id: "elasticache/tls-url-mismatch",
    title: "URL scheme does not fit transit encryption",
    severity: "error",
    sources: [ELASTICACHE_ENDPOINTS, REPLICATION_GROUP],
  },
  check: (use) => {
    const { name, scheme, schemeSpan, provider, span } = use;
    if (provider?.platform.platform !== "elasticache" || provider.endpoint.tls !== "always") return null;
    const why = `this is a ${provider.endpoint.name}, and such a name exists with transit encryption only`;
    if (schemeSpan !== null) {
      if (scheme !== "redis" && scheme !== "valkey") return null;
      const tls = scheme === "redis" ? "rediss" : "valkeys";
      return {
        span,
        message: `${name} connects without TLS: ${why}. The server hangs up. Write ${tls}://${mastodonsDriver(use)}.`,
        fixes: [use.replace(`Use ${tls}:// (TLS)`, schemeSpan, tls)],
      };
    }
    // Other apps may have a switch of their own for TLS.
    if (userAmong(use, ["mastodon"]) === undefined) return null;
    return {
      span,
      severity: "warning",
      message: `${name} names a host alone, which Mastodon reaches without TLS: ${why}. Put the address into ${name.replace(/HOST$/, "URL")} with rediss://${mastodonsDriver(use)}.`,
    };
  },
};

function mastodonsDriver(use: Parameters<ConnectionRule["check"]>[0]): string {
  return userAmong(use, ["mastodon"]) === undefined ? "" : ", and set REDIS_DRIVER=ruby";
}
