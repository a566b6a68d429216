import type { EnvContext } from "../../../env/context.ts";
import { addAfter, replace } from "../../../env/fixes.ts";
import type { EnvRule } from "../rule.ts";
import { POSTIZ_REDIS, POSTIZ_REFERENCE } from "../sources.ts";
import { isPostiz, unreadLines } from "./unread.ts";

/** Names by which the `.env` of a Postiz installation is told from any other. */
const SIGNS = ["MAIN_URL", "FRONTEND_URL", "NEXT_PUBLIC_BACKEND_URL", "BACKEND_INTERNAL_URL"];

export const redisUrlMissing: EnvRule = {
  meta: {
    id: "postiz/redis-url-missing",
    title: "REDIS_URL missing",
    severity: "error",
    sources: [POSTIZ_REDIS, POSTIZ_REFERENCE],
  },
  check: (context) => {
    if (context.isSample || context.outside("REDIS_URL") !== undefined) return [];
    const line = context.line("REDIS_URL");
    const message =
      "Postiz reads its Redis from REDIS_URL only. Without it Postiz starts with a stand-in in memory, which loses everything and knows three commands. Set REDIS_URL to the address of the server.";
    const url = address(context);
    if (line !== undefined) {
      if (!line.isBlank || !isPostiz(context)) return [];
      const title = "Set REDIS_URL to the usual address";
      return [
        {
          span: line.keySpan,
          message,
          fixes: [replace(context, title, line.entry.writtenSpan, url, { preferred: true })],
        },
      ];
    }
    const signs = SIGNS.map((name) => context.line(name)).filter((sign) => sign !== undefined);
    // What the cache page names in its place is a sign, too, but only where Postiz is known to read the file.
    const place =
      signs[0] ?? unreadLines(context)[0] ?? (context.around.complete === true ? context.firstLine : undefined);
    if (place === undefined || !isCertain(context, signs.length)) return [];
    const fix = addAfter(
      context,
      place,
      `REDIS_URL=${url}`,
      { preferred: true },
      "Add REDIS_URL with the usual address",
    );
    return [{ span: place.keySpan, message, fixes: [fix] }];
  },
};

/** Absent from all that the process gets; or, where no compose file tells, from what is or looks like the file of Postiz. */
function isCertain(context: EnvContext, signs: number): boolean {
  const { complete, composeReads } = context.around;
  if (composeReads === true) return isPostiz(context) && complete === true;
  return isPostiz(context) || (signs >= 2 && context.apps.length === 0);
}

function address(context: EnvContext): string {
  const servers = context.around.hosts?.filter(({ engine }) => engine !== "memcached") ?? [];
  const only = servers.length === 1 ? servers[0] : undefined;
  return only === undefined ? "redis://postiz-redis:6379" : `redis://${only.host}:${only.port ?? 6379}`;
}
