// What several rules need: orders, patterns, ranges, and a reporter that knows its file.
import semver from "semver";
import type { Problem } from "../types.ts";

export type Report = (path: string, message: string) => void;

/** Collects the problems of one file. */
export function inFile(file: string, look: (report: Report) => void): readonly Problem[] {
  const problems: Problem[] = [];
  look((path, message) => problems.push({ file, path, message }));
  return problems;
}

export type Order = (a: string, b: string) => number;

/** By code unit, so that no locale of a machine decides. */
export const alphabetical: Order = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/** Runs of digits as numbers, the rest by code unit: 8.8 before 8.10, 6.2.2-v9 before 6.2.2-v10. */
export const natural: Order = (a, b) => {
  const left = a.match(/\d+|\D+/g) ?? [];
  const right = b.match(/\d+|\D+/g) ?? [];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const [x = "", y = ""] = [left[i], right[i]];
    const order = /^\d/.test(x) && /^\d/.test(y) ? Number(x) - Number(y) : alphabetical(x, y);
    if (order !== 0) return order;
  }
  return left.length - right.length;
};

export const newestFirst: Order = (a, b) => natural(b, a);

/** Keys that are unique and stand in `order`; `at` gives the path of one of them. */
export function sorted(
  keys: readonly string[],
  order: Order,
  name: string,
  at: (i: number) => string,
  report: Report,
): void {
  const seen = new Set<string>();
  keys.forEach((key, i) => {
    const before = keys[i - 1];
    if (seen.has(key)) report(at(i), `${key} is there twice`);
    else if (before !== undefined && order(before, key) > 0)
      report(at(i), `${key} after ${before}: the order is ${name}`);
    seen.add(key);
  });
}

/** Ranges that are semver ranges and do not overlap. */
export function disjoint(ranges: readonly { readonly range: string; readonly path: string }[], report: Report): void {
  const valid = ranges.filter(({ range, path }) => {
    if (semver.validRange(range) !== null) return true;
    report(path, `${range} is no semver range`);
    return false;
  });
  valid.forEach((one, i) => {
    const other = valid.slice(0, i).find(({ range }) => semver.intersects(range, one.range));
    if (other) report(one.path, `${one.range} overlaps ${other.range}`);
  });
}

/** The names of the groups of a pattern, or undefined (and a problem) when it does not compile. */
export function groups(pattern: string, path: string, report: Report): readonly string[] | undefined {
  try {
    // An empty alternative always matches, and a match lists every group of the pattern, set or not.
    return Object.keys(new RegExp(`${pattern}|`).exec("")?.groups ?? {});
  } catch (error) {
    report(path, `no regular expression: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

/** A pattern that compiles, has all groups of `needed`, and no group that no code reads. */
export function pattern(
  text: string,
  path: string,
  known: { readonly needed: readonly string[]; readonly optional?: readonly string[] },
  report: Report,
): void {
  const found = groups(text, path, report);
  if (!found) return;
  for (const name of known.needed) if (!found.includes(name)) report(path, `the group ${name} is missing`);
  const unread = found.filter((name) => !known.needed.includes(name) && !known.optional?.includes(name));
  for (const name of unread) report(path, `no code reads the group ${name}`);
}

/** Whether a day of the form YYYY-MM-DD is in the calendar: 2026-02-30 is not. */
export function isRealDay(day: string): boolean {
  const time = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
}
