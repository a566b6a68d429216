import { deleteLines } from "../../../env/fixes.ts";
import type { EnvRule } from "../rule.ts";
import { POSTIZ_CACHE_PAGE, POSTIZ_CHECKER, POSTIZ_TREE } from "../sources.ts";
import { isPostiz, isReadByAnother } from "./unread.ts";

export const redisUrlScheme: EnvRule = {
  meta: {
    id: "postiz/redis-url-scheme",
    title: "Checker dislikes TLS URLs",
    severity: "information",
    sources: [POSTIZ_CHECKER],
  },
  check: (context) => {
    const line = context.line("REDIS_URL");
    if (!isPostiz(context) || line === undefined || line.entry.unterminated !== null) return [];
    const { scheme } = line.url;
    if (scheme?.text.toLowerCase() !== "rediss") return [];
    return [
      {
        span: scheme.span,
        message:
          "Postiz logs a configuration warning for rediss:// when it starts. Its check knows redis:// only; the connection itself works. Keep rediss:// where the server asks for TLS.",
      },
    ];
  },
};

/** Told where the unread variable itself is not: something else uses it. */
export const urlTrailingParts: EnvRule = {
  meta: {
    id: "postiz/url-trailing-parts",
    title: "Host differs from the one in REDIS_URL",
    severity: "hint",
    sources: [POSTIZ_CACHE_PAGE, POSTIZ_TREE],
  },
  check: (context) => {
    const url = context.line("REDIS_URL");
    if (!isPostiz(context) || url?.isVerbatim !== true || url.url.host.text === "") return [];
    return ["REDIS_HOST", "CACHE_HOST"].flatMap((name) => {
      const line = context.line(name);
      if (line === undefined || line.isBlank || !line.isLiteral || !context.isUsedElsewhere(name)) return [];
      if (line.meant.toLowerCase() === url.url.host.text.toLowerCase() || isReadByAnother(context, name)) return [];
      return [
        {
          span: line.valueSpan,
          message: `${name} and REDIS_URL name different hosts. Postiz uses REDIS_URL. Make them equal, or remove ${name}.`,
          fixes: [deleteLines(context, `Remove ${name}`, [line])],
        },
      ];
    });
  },
};
