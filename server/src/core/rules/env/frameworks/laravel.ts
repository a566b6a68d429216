import { addAfter, replace } from "../../../env/fixes.ts";
import type { EnvRule } from "../rule.ts";
import { LARAVEL_CACHE, LARAVEL_PULL } from "../sources.ts";

export const cacheDriverRenamed: EnvRule = {
  meta: {
    id: "laravel/cache-driver-renamed",
    title: "Variable renamed in Laravel 11",
    severity: "warning",
    sources: [LARAVEL_CACHE, LARAVEL_PULL],
  },
  check: (context) => {
    const laravel = context.around.laravel ?? null;
    const line = context.line("CACHE_DRIVER");
    // Upgraded applications keep reading the old name: only their own configuration tells.
    if (laravel === null || (laravel.major ?? 0) < 11 || laravel.cacheVariable !== "CACHE_STORE") return [];
    if (line === undefined || line.isBlank || context.line("CACHE_STORE") !== undefined) return [];
    if (context.outside("CACHE_STORE") !== undefined || context.isUsedElsewhere("CACHE_DRIVER")) return [];
    return [
      {
        span: line.keySpan,
        message:
          "This Laravel reads CACHE_STORE; CACHE_DRIVER was its name before Laravel 11. The cache falls back to the default store. Rename the variable.",
        fixes: [replace(context, "Rename to CACHE_STORE", line.keySpan, "CACHE_STORE", { preferred: true })],
        tag: "deprecated",
      },
    ];
  },
};

export const memcachedHostMissing: EnvRule = {
  meta: {
    id: "laravel/memcached-host-missing",
    title: "Store without host",
    severity: "warning",
    sources: [LARAVEL_CACHE],
  },
  check: (context) => {
    const laravel = context.around.laravel ?? null;
    if (laravel === null || !laravel.stockMemcachedHost || context.isSample) return [];
    const servers = context.around.hosts?.filter(({ engine }) => engine === "memcached") ?? [];
    const line = [context.line("CACHE_STORE"), context.line("CACHE_DRIVER")].find(
      (candidate) => candidate?.isLiteral === true && candidate.meant === "memcached",
    );
    const isSet = context.line("MEMCACHED_HOST") !== undefined || context.outside("MEMCACHED_HOST") !== undefined;
    const [server] = servers;
    if (line === undefined || server === undefined || isSet) return [];
    return [
      {
        span: line.valueSpan,
        message:
          "MEMCACHED_HOST is not set, so Laravel looks for memcached on 127.0.0.1. The server of the compose file is another host. Set MEMCACHED_HOST to its service name.",
        fixes:
          servers.length === 1 ? [addAfter(context, line, `MEMCACHED_HOST=${server.host}`, { preferred: true })] : [],
      },
    ];
  },
};
