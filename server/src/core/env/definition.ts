import type { Place } from "../finding.ts";
import { type Span, touches } from "../text.ts";
import { EnvContext, type EnvInput } from "./context.ts";

/** From `${NAME}` in a value to the line that gives the name its value, here or in another source of its reader. */
export function definitionEnv(
  input: EnvInput,
  offset: number,
): { readonly origin: Span; readonly target: Place } | null {
  if (!input.text.includes("$")) return null;
  const context = new EnvContext(input);
  for (const line of context.lines) {
    const expression = line.expressions.find(({ span }) => touches(span, offset));
    if (expression === undefined) continue;
    const above = context.lines.findLast(
      ({ key, keySpan }) => key === expression.name && keySpan.start < line.keySpan.start,
    );
    // A line further down counts for nobody, but it is what the person looks for.
    const target = above ?? context.line(expression.name);
    const outside = context.outside(expression.name)?.place ?? null;
    if (above === undefined && outside !== null) return { origin: expression.span, target: outside };
    if (target === undefined || target === line) return null;
    return { origin: expression.span, target: { path: context.path, span: target.keySpan } };
  }
  return null;
}
