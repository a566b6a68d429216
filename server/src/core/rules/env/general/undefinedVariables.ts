/** `${NAME}` that nothing in reach defines: the reader puts nothing in its place, or leaves it as it stands. */
import type { EnvContext } from "../../../env/context.ts";
import type { EnvExpression, EnvLine } from "../../../env/entry.ts";
import type { Draft } from "../../rule.ts";

export function undefinedVariables(context: EnvContext, line: EnvLine): Draft[] {
  if (context.isSample || line.entry.unterminated !== null) return [];
  return line.expressions
    .filter((expression) => !expression.hasOperator && !isDefined(context, line, expression))
    .map(({ name, span }) => {
      const below = context.line(name) !== undefined;
      const isCertain = context.around.complete === true;
      const what = below ? "is set further down only" : "is set nowhere in this file";
      const result = context.dialect === "laravel" ? "leaves the text as it is" : "puts nothing in its place";
      return {
        span,
        severity: isCertain || below ? ("warning" as const) : ("information" as const),
        // Without braces the word may be a piece of a password.
        message: `${isBraced(context, span.start) ? name : "This variable"} ${what}. ${context.reader} ${result}, unless the shell sets it. Set it above ${line.key}, or put the value into single quotes if the dollar is meant as it stands.`,
      };
    });
}

function isBraced(context: EnvContext, start: number): boolean {
  return context.text[start + 1] === "{";
}

/** Only what stands above counts: the readers replace while they read. */
function isDefined(context: EnvContext, line: EnvLine, { name }: EnvExpression): boolean {
  if (context.outside(name) !== undefined) return true;
  return context.lines.some((other) => other.key === name && other.keySpan.start < line.keySpan.start);
}
