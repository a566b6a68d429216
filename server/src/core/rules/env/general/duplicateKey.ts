import type { EnvContext } from "../../../env/context.ts";
import type { EnvLine } from "../../../env/entry.ts";
import { deleteLine } from "../../../env/fixes.ts";
import type { EnvRule } from "../rule.ts";
import { COMPOSE_DOTENV, NODE_DOTENV, PHP_DUPLICATES, RUBY_DOTENV } from "../sources.ts";

export const duplicateKey: EnvRule = {
  meta: {
    id: "env/duplicate-key",
    title: "Key stands twice",
    severity: "warning",
    sources: [COMPOSE_DOTENV, RUBY_DOTENV, NODE_DOTENV, PHP_DUPLICATES],
  },
  check: (context) =>
    context.cacheLines.flatMap((line) => {
      const winner = context.line(line.key);
      if (winner === undefined || winner === line || !context.concernsCaches(line.key)) return [];
      const isSame = winner.text === line.text && winner.entry.quote === line.entry.quote;
      return [
        {
          span: line.keySpan,
          severity: isSame ? ("hint" as const) : ("warning" as const),
          message: `${line.key} stands again further down, and ${context.reader} takes the last one. This line has no effect. Remove it, or the other one.`,
          related: [{ path: context.path, span: winner.keySpan, message: `This ${line.key} counts.` }],
          fixes: [
            deleteLine(context, `Remove this ${line.key}`, line, { safe: isDead(context, line), preferred: true }),
          ],
          tag: "unnecessary" as const,
        },
      ];
    }),
};

/** Nothing changes without the line: it is certain who reads the file, and no line refers to the name. */
function isDead(context: EnvContext, line: EnvLine): boolean {
  const isCertain = context.around.dialect !== undefined || context.around.composeReads === true;
  return isCertain && !context.isUsedElsewhere(line.key) && line.entry.unterminated === null;
}
