/** The value of something that must be there; a test that finds nothing has lost its ground. */
export function must<T>(value: T | null | undefined, what = "it"): T {
  if (value === undefined || value === null) throw new Error(`${what} is not there`);
  return value;
}
