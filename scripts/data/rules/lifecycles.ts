// lifecycles.json: products in the order of the engines and then the apps by name, releases newest first.
import type { Problem, Product, Release, Tables } from "../types.ts";
import { disjoint, inFile, newestFirst, type Order, type Report, sorted } from "./common.ts";

export function lifecyclesRules(tables: Tables): readonly Problem[] {
  const { products } = tables.lifecycles;
  const known = [...tables.engines.engines.map(({ engine }) => engine), ...Object.keys(tables.apps).sort()];
  const order: Order = (a, b) => known.indexOf(a) - known.indexOf(b);
  return inFile("data/lifecycles.json", (report) => {
    const keys = products.map(({ product }) => product);
    const at = (i: number): string => `$.products[${i}].product`;
    sorted(keys, order, "that of the engines table, then the apps", at, report);
    keys.forEach((key, i) => {
      if (!known.includes(key)) report(at(i), `${key} is neither an engine nor an app`);
    });
    products.forEach((product, i) => {
      productRules(product, `$.products[${i}]`, report);
    });
  });
}

function productRules({ releases, licences = [] }: Product, at: string, report: Report): void {
  const cycles = releases.map(({ cycle }) => cycle);
  sorted(cycles, newestFirst, "newest first", (i) => `${at}.releases[${i}].cycle`, report);
  releases.forEach((release, i) => {
    releaseRules(release, `${at}.releases[${i}]`, report);
  });
  const ranges = licences.map(({ range }, i) => ({ range, path: `${at}.licences[${i}].range` }));
  disjoint(ranges, report);
}

function releaseRules(
  { cycle, latest, releaseDate, latestReleaseDate, held = [], ...rest }: Release,
  at: string,
  report: Report,
): void {
  if (!latest.startsWith(`${cycle}.`)) report(`${at}.latest`, `${latest} is no version of ${cycle}`);
  if (releaseDate !== null && latestReleaseDate !== null && latestReleaseDate < releaseDate) {
    report(`${at}.latestReleaseDate`, `${latestReleaseDate} is before the first release (${releaseDate})`);
  }
  const facts = { latest, releaseDate, latestReleaseDate, ...rest };
  held.forEach(({ field, upstream }, i) => {
    const path = `${at}.held[${i}]`;
    if (held.findIndex((other) => other.field === field) < i) report(`${path}.field`, `${field} is there twice`);
    if (facts[field] === upstream) report(path, `${field} is what endoflife.date says: nothing to hold`);
  });
}
