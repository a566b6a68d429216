/** `${NAME}` that nothing in reach defines: the reader puts nothing in its place, or leaves it as it stands. */
import type { EnvContext } from "../../../env/context.ts";
import type { EnvLine } from "../../../env/entry.ts";
import type { Draft } from "../../rule.ts";

export function undefinedVariables(context: EnvContext, line: EnvLine): Draft[] {
  if (context.isSample || line.entry.unterminated !== null) return [];
  return line.expressions
    .filter(
      (expression) =>
        !expression.hasOperator &&
        // `KEY=${KEY}` passes on what the shell says.
        expression.name !== line.key &&
        context.outside(expression.name) === undefined &&
        !context.isSetAbove(expression.name, line),
    )
    .map(({ name, span }) => {
      const below = context.line(name) !== undefined;
      const isCertain = context.around.complete === true;
      const what = below ? "is set further down only" : "is set nowhere in this file";
      const result = context.dialect === "laravel" ? "leaves the text as it is" : "puts nothing in its place";
      return {
        span,
        severity: isCertain || below ? ("warning" as const) : ("information" as const),
        // Not named: what looks like a variable may be a piece of a password.
        message: `This variable ${what}. ${context.reader} ${result}, unless the shell sets it. Set it above ${line.key}, or put the value into single quotes if the dollar is meant as it stands.`,
      };
    });
}
