/** How the YAML package is asked, and what it is not asked at all. */

/** How it reads a text. */
export const OPTIONS = {
  schema: "failsafe",
  strict: false,
  uniqueKeys: false,
  prettyErrors: false,
  logLevel: "silent",
} as const;

/** No file that anybody wrote nests so deeply; the package reads three times as much. */
const MOST_LEVELS = 500;
/** Each level of a block stands at least one column further in. */
const FAR_IN = new RegExp(`^[ \\t?:-]{${MOST_LEVELS},}[^ \\t\\r\\n]`, "m");

/** A broken text may have tens of thousands of errors. Nobody asks where in the package they were made, which costs more than the reading. */
const ERRORS = Error as { stackTraceLimit?: number };

/** Throws a `RangeError` for a text that nests too deeply. */
export function withinLimits<T>(text: string, read: () => T): T {
  if (isNestedTooDeeply(text)) throw new RangeError("nested too deeply");
  const { stackTraceLimit } = ERRORS;
  try {
    ERRORS.stackTraceLimit = 0;
    return read();
  } finally {
    if (stackTraceLimit !== undefined) ERRORS.stackTraceLimit = stackTraceLimit;
  }
}

/**
 * The package would use up the stack, and that is not always an error like others: where V8 makes a regular expression ready while little of
 * the stack is left, the whole server ends. At most a little too careful: brackets in quotes and comments count, too.
 */
export function isNestedTooDeeply(text: string): boolean {
  if (FAR_IN.test(text)) return true;
  let depth = 0;
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    if (bracket === "[" || bracket === "{") depth++;
    else if (depth > 0) depth--;
    if (depth > MOST_LEVELS) return true;
  }
  return false;
}
