import type { EnvContext } from "../../../env/context.ts";
import type { EnvLine } from "../../../env/entry.ts";
import { deleteLines } from "../../../env/fixes.ts";
import type { Fix } from "../../../finding.ts";
import type { EnvRule } from "../rule.ts";
import { POSTIZ_CACHE_PAGE, POSTIZ_REDIS, POSTIZ_TREE } from "../sources.ts";
import { driverOf, OTHER_BACKENDS, unfitValue, unreadLines } from "./unread.ts";

export const variableNotRead: EnvRule = {
  meta: {
    id: "postiz/variable-not-read",
    title: "Postiz does not read this",
    severity: "warning",
    sources: [POSTIZ_CACHE_PAGE, POSTIZ_REDIS, POSTIZ_TREE],
  },
  check: (context) =>
    unreadLines(context)
      // The value itself is told: env/invalid-value, postiz/backend-not-available.
      .filter((line) => unfitValue(context, line) === null && !isOtherBackend(line))
      .map((line) => ({
        span: line.keySpan,
        message: `Postiz reads REDIS_URL only; ${line.key} has no effect. It looks as if this decided where Postiz connects to, and it does not. Put the address into REDIS_URL and remove the line.`,
        fixes: [...buildUrl(context, line), deleteLines(context, `Remove ${line.key}`, [line])],
        tag: "unnecessary" as const,
      })),
};

function isOtherBackend(line: EnvLine): boolean {
  return line.key === "CACHE_DRIVER" && OTHER_BACKENDS.some((backend) => backend === line.meant);
}

/** The address from host and port. With a password nothing is offered: it would be copied into another line. */
function buildUrl(context: EnvContext, line: EnvLine): Fix[] {
  const prefix = line.key.startsWith("CACHE_") ? "CACHE_" : "REDIS_";
  const [host, port = "6379"] = [context.value(`${prefix}HOST`), context.value(`${prefix}PORT`)];
  const isFree = context.line("REDIS_URL") === undefined && context.outside("REDIS_URL") === undefined;
  const isPlain = host !== undefined && /^[\w.-]+$/.test(host) && /^\d{1,5}$/.test(port);
  const isRedis = (driverOf(context) ?? "redis") === "redis" || prefix === "REDIS_";
  if (!isFree || !isPlain || !isRedis || context.isSet(`${prefix}PASSWORD`) || line.key !== `${prefix}HOST`) return [];
  const eol = context.text.includes("\r\n") ? "\r\n" : "\n";
  const ownPort = context.line(`${prefix}PORT`);
  // Other lines with these names go, too: they have no more effect than this one.
  const removal = deleteLines(context, "Replace by REDIS_URL with this host and port", [line, ownPort ?? line], {
    preferred: true,
  });
  const { start } = line.entry.statement;
  const edits = removal.edits.map((edit) =>
    edit.span.start === start ? { ...edit, newText: `REDIS_URL=redis://${host}:${port}${eol}` } : edit,
  );
  return [{ ...removal, edits }];
}
