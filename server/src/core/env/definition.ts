import type { Place } from "../finding.ts";
import { type Span, touches } from "../text.ts";
import { EnvContext, type EnvInput } from "./context.ts";
import type { EnvExpression, EnvLine } from "./entry.ts";

interface EnvDefinition {
  readonly origin: Span;
  readonly target: Place;
}

/**
 * From `${NAME}` in a value to the line that gives the name its value, here or in another source of its reader; from the
 * host of a URL, or a host alone, to the service of the compose file that has this name.
 */
export function definitionEnv(input: EnvInput, offset: number): EnvDefinition | null {
  const context = EnvContext.of(input);
  const line = context.linesNear(offset).find(({ valueSpan }) => touches(valueSpan, offset));
  if (line === undefined) return null;
  const expression = line.expressions.find(({ span }) => touches(span, offset));
  return expression === undefined ? toService(context, line, offset) : toLine(context, line, expression);
}

function toLine(context: EnvContext, line: EnvLine, { name, span }: EnvExpression): EnvDefinition | null {
  const above = context.lines.findLast(({ key, keySpan }) => key === name && keySpan.start < line.keySpan.start);
  // A line further down counts for nobody, but it is what the person looks for.
  const target = above ?? context.line(name);
  const outside = context.outside(name)?.place ?? null;
  if (above === undefined && outside !== null) return { origin: span, target: outside };
  if (target === undefined || target === line) return null;
  return { origin: span, target: { path: context.path, span: target.keySpan } };
}

function toService({ around }: EnvContext, line: EnvLine, offset: number): EnvDefinition | null {
  const whole = { text: line.text, span: line.valueSpan };
  const written = line.url.separator === null ? whole : line.url.host;
  const place = around.hosts?.find(({ host }) => host === written.text)?.place;
  return place !== undefined && touches(written.span, offset) ? { origin: written.span, target: place } : null;
}
