// What the tests use of `node:assert/strict`, for the extension host that is no Node.

class AssertionError extends Error {
  override readonly name = "AssertionError";
  constructor(
    readonly actual: unknown,
    readonly expected: unknown,
    message: string,
  ) {
    super(message);
  }
}

const show = (value: unknown): string => (typeof value === "string" ? value : (JSON.stringify(value) ?? String(value)));

function ok(value: unknown, message = "the value is falsy"): void {
  if (!value) throw new AssertionError(value, true, message);
}

function equal(actual: unknown, expected: unknown, message?: string): void {
  if (!Object.is(actual, expected))
    throw new AssertionError(actual, expected, message ?? `${show(actual)} is not ${show(expected)}`);
}

function match(text: string, pattern: RegExp, message?: string): void {
  if (!pattern.test(text))
    throw new AssertionError(text, pattern, message ?? `${show(text)} does not match ${pattern}`);
}

function doesNotMatch(text: string, pattern: RegExp, message?: string): void {
  if (pattern.test(text)) throw new AssertionError(text, pattern, message ?? `${show(text)} matches ${pattern}`);
}

function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  const keys = Object.keys(a);
  const other = b as Record<string, unknown>;
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => key in other && isSame((a as Record<string, unknown>)[key], other[key]))
  );
}

function deepEqual(actual: unknown, expected: unknown, message?: string): void {
  if (!isSame(actual, expected))
    throw new AssertionError(actual, expected, message ?? `${show(actual)} is not ${show(expected)}`);
}

export default Object.assign(ok, { ok, equal, match, doesNotMatch, deepEqual });
