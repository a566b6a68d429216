/**
 * Variables in values by the rules of the Compose specification (compose-go, template/template.go): `$NAME`, `${NAME}`,
 * `${NAME:-default}`, `${NAME-default}`, `${NAME:?error}`, `${NAME?error}`, `${NAME:+replacement}`, `${NAME+replacement}`
 * and `$$`. Operands nest. Any text gives a result: what is no expression stays text.
 */
import { type Span, spanOf } from "../text.ts";

type Operator = ":-" | "-" | ":?" | "?" | ":+" | "+";

interface TextPart {
  readonly kind: "text";
  readonly span: Span;
  readonly text: string;
}

interface VariablePart {
  readonly kind: "variable";
  /** The whole expression with `$` and braces. */
  readonly span: Span;
  readonly name: string;
  readonly operator: Operator | null;
  readonly operand: readonly TemplatePart[];
}

/** `${` without an end, or with something that is no name: Compose refuses the file. */
interface BrokenPart {
  readonly kind: "broken";
  readonly span: Span;
}

export type TemplatePart = TextPart | VariablePart | BrokenPart;

/** Nested operands deeper than this are treated as broken; nobody writes them, and recursion stays bounded. */
const MAX_DEPTH = 20;
const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const OPERATOR = /:-|:\?|:\+|-|\?|\+/y;

/** Splits a value into text and expressions; spans are offsets in `text`. */
export function parseTemplate(text: string, base = 0, depth = 0): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let literalStart = 0;
  const flush = (end: number): void => {
    if (end > literalStart) {
      const span = spanOf(base + literalStart, base + end);
      parts.push({ kind: "text", span, text: text.slice(literalStart, end) });
    }
  };
  for (let i = text.indexOf("$"); i >= 0; ) {
    // An escaped dollar: its own part, because two characters of the source stand for one of the value.
    const read: TemplatePart | null =
      text[i + 1] === "$"
        ? { kind: "text", span: spanOf(base + i, base + i + 2), text: "$" }
        : readExpression(text, i, base, depth);
    if (read !== null) {
      flush(i);
      parts.push(read);
      literalStart = read.span.end - base;
    }
    i = text.indexOf("$", read === null ? i + 1 : literalStart);
  }
  flush(text.length);
  return parts;
}

function readExpression(text: string, at: number, base: number, depth: number): VariablePart | BrokenPart | null {
  const braced = text[at + 1] === "{";
  NAME.lastIndex = at + (braced ? 2 : 1);
  const name = NAME.exec(text)?.[0];
  if (!braced) {
    if (name === undefined) return null;
    return {
      kind: "variable",
      span: spanOf(base + at, base + at + 1 + name.length),
      name,
      operator: null,
      operand: [],
    };
  }
  const close = closingBrace(text, at + 2);
  if (close < 0 || name === undefined || depth >= MAX_DEPTH) {
    return { kind: "broken", span: spanOf(base + at, base + (close < 0 ? text.length : close + 1)) };
  }
  const span = spanOf(base + at, base + close + 1);
  const behindName = at + 2 + name.length;
  if (behindName === close) return { kind: "variable", span, name, operator: null, operand: [] };
  OPERATOR.lastIndex = behindName;
  const operator = OPERATOR.exec(text)?.[0] as Operator | undefined;
  if (operator === undefined) return { kind: "broken", span };
  const operandStart = behindName + operator.length;
  const operand = parseTemplate(text.slice(operandStart, close), base + operandStart, depth + 1);
  return { kind: "variable", span, name, operator, operand };
}

function closingBrace(text: string, from: number): number {
  let depth = 1;
  for (let i = from; i < text.length; i++) {
    if (text[i] === "$" && text[i + 1] === "{") {
      depth++;
      i++;
    } else if (text[i] === "}" && --depth === 0) return i;
  }
  return -1;
}

/** Where the value of a variable is written. */
export interface Definition {
  readonly value: string;
  readonly path: string;
  /** The value itself, without quotes; `null` when it is not written as it reads (escapes, other variables). */
  readonly span: Span | null;
}

/** A run of characters of the resolved value and where it comes from. */
export interface Piece {
  readonly text: string;
  /**
   * `literal`: written as it reads at `span`. `default`: the same, inside the expression `expression`.
   * `variable`: from the definition. `unknown`: a variable without a value, or a broken expression.
   */
  readonly kind: "literal" | "default" | "variable" | "unknown";
  readonly span: Span;
  /** The outermost expression around the piece; `null` for literals. */
  readonly expression: Span | null;
  readonly definition: Definition | null;
  readonly name: string | null;
}

export interface Resolved {
  /** Unknown pieces count as empty. */
  readonly value: string;
  readonly pieces: readonly Piece[];
  /** Names without a value, in order; empty when the value is certain. */
  readonly unresolved: readonly string[];
}

export type Lookup = (name: string) => Definition | null;

/** Both in one; most values hold no expression. */
export function expandTemplate(text: string, lookup: Lookup, base = 0): Resolved {
  return text.includes("$") ? resolveTemplate(parseTemplate(text, base), lookup) : plainValue(text, base);
}

/** Replaces expressions by the values that `lookup` knows. A variable that nobody defines stays unknown: the shell may set it. */
export function resolveTemplate(parts: readonly TemplatePart[], lookup: Lookup): Resolved {
  const pieces: Piece[] = [];
  const unresolved: string[] = [];
  const visit = (list: readonly TemplatePart[], outer: Span | null): void => {
    for (const part of list) {
      const expression = outer ?? (part.kind === "text" ? null : part.span);
      if (part.kind === "text") {
        pieces.push({
          text: part.text,
          kind: outer === null ? "literal" : "default",
          span: part.span,
          expression,
          definition: null,
          name: null,
        });
        continue;
      }
      if (part.kind === "broken") {
        unresolved.push("");
        pieces.push({ text: "", kind: "unknown", span: part.span, expression, definition: null, name: null });
        continue;
      }
      const definition = lookup(part.name);
      const value = definition?.value;
      const isSet = value !== undefined && (part.operator?.startsWith(":") ? value !== "" : true);
      if (part.operator === ":+" || part.operator === "+") {
        if (isSet) visit(part.operand, expression);
        continue;
      }
      if (isSet && definition !== null) {
        pieces.push({
          text: definition.value,
          kind: "variable",
          span: part.span,
          expression,
          definition,
          name: part.name,
        });
      } else if (part.operator === ":-" || part.operator === "-") {
        visit(part.operand, expression);
      } else {
        unresolved.push(part.name);
        pieces.push({ text: "", kind: "unknown", span: part.span, expression, definition: null, name: part.name });
      }
    }
  };
  visit(parts, null);
  return { value: pieces.map((piece) => piece.text).join(""), pieces, unresolved };
}

const NONE: readonly string[] = [];

/** A value without expressions, such as an unquoted image in a file that knows no variables. */
export function plainValue(text: string, base = 0): Resolved {
  const span = spanOf(base, base + text.length);
  const piece: Piece = { text, kind: "literal", span, expression: null, definition: null, name: null };
  return { value: text, pieces: text === "" ? [] : [piece], unresolved: NONE };
}
