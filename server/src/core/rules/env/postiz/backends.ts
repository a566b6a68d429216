import { replace } from "../../../env/fixes.ts";
import type { Draft } from "../../rule.ts";
import type { EnvRule } from "../rule.ts";
import { POSTIZ_CACHE_PAGE, POSTIZ_REDIS, POSTIZ_TREE } from "../sources.ts";
import { isPostiz, isReadByAnother, OTHER_BACKENDS } from "./unread.ts";

/** What the cache page says of each backend. */
const STATUS: Readonly<Record<string, string>> = {
  redis: "recommended",
  memcached: "supported",
  file: "for development",
  database: "not recommended",
};

export const backendNotAvailable: EnvRule = {
  meta: {
    id: "postiz/backend-not-available",
    title: "Only Redis works as backend",
    severity: "warning",
    sources: [POSTIZ_CACHE_PAGE, POSTIZ_TREE, POSTIZ_REDIS],
  },
  check: (context) => {
    if (!isPostiz(context)) return [];
    const drafts: Draft[] = [];
    const driver = context.line("CACHE_DRIVER");
    const backend = OTHER_BACKENDS.find((name) => driver?.isLiteral === true && driver.meant === name);
    if (driver !== undefined && backend !== undefined && !isReadByAnother(context, "CACHE_DRIVER")) {
      drafts.push({
        span: driver.valueSpan,
        message: `${told(backend)} Postiz keeps its cache in Redis whatever stands here. Use Redis, and name it in REDIS_URL.`,
        fixes: [replace(context, "Use redis", driver.entry.writtenSpan, "redis")],
      });
    }
    for (const name of ["REDIS_URL", "CACHE_URL"]) {
      const line = context.line(name);
      const scheme = line?.isLiteral === true ? line.url.scheme : null;
      if (scheme?.text.toLowerCase() !== "memcached" || isReadByAnother(context, name)) continue;
      drafts.push({
        span: scheme.span,
        message: `${told("memcached")} Postiz cannot connect with this URL. Name a Redis server in REDIS_URL.`,
      });
    }
    return drafts;
  },
};

function told(backend: string): string {
  return `A page of Postiz lists ${backend} (${STATUS[backend]}), but the code has no such backend.`;
}

export const seedBackendStatus: EnvRule = {
  meta: {
    id: "postiz/seed-backend-status",
    title: "What the cache page says of the backend",
    severity: "hint",
    sources: [POSTIZ_CACHE_PAGE],
  },
  check: (context) => {
    const line = context.line("CACHE_DRIVER");
    if (!isPostiz(context) || line?.isLiteral !== true || isReadByAnother(context, line.key)) return [];
    // The other backends have a warning of their own at the same place.
    if (line.meant !== "redis") return [];
    return [{ span: line.valueSpan, message: statusMessage() }];
  },
};

function statusMessage(): string {
  const list = Object.entries(STATUS).map(([backend, status]) => `${backend} ${status}`);
  return `A page of Postiz calls ${list.join(", ")}. The code knows Redis only and reads its address from REDIS_URL. Set REDIS_URL.`;
}
