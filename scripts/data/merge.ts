// Brings answers of endoflife.date into the lifecycles table. Pure: the table that would be written, what changes in
// words, and what only a person can decide.
import type { Answer } from "./endoflife.ts";
import { newestFirst } from "./rules/common.ts";
import type { End, LifecyclesTable, Product, Release, ReleaseFacts, ReleaseField } from "./types.ts";

export interface Merge {
  readonly table: LifecyclesTable;
  readonly changes: readonly string[];
  readonly problems: readonly string[];
}

const WORDS: Readonly<Record<ReleaseField, string>> = {
  releaseDate: "release date",
  activeSupportEnds: "active support",
  endOfLife: "end of life",
  latest: "latest",
  latestReleaseDate: "latest release date",
};
const FIELDS = Object.keys(WORDS) as readonly ReleaseField[];

/** What a release that came from the API names as its source; never the address of a test server. */
export function sourceOf(endoflifeName: string): string {
  return `https://endoflife.date/api/v1/products/${endoflifeName}/`;
}

/** `answers` by product key; `accepted` holds `product@cycle` for each new release line that a person has looked at. */
export function merge(
  table: LifecyclesTable,
  answers: ReadonlyMap<string, Answer>,
  accepted: ReadonlySet<string>,
): Merge {
  const changes: string[] = [];
  const problems: string[] = [];
  const used = new Set<string>();
  const products = table.products.map((product) => {
    const answer = answers.get(product.product);
    return answer ? mergeProduct(product, answer, { accepted, used, changes, problems }) : product;
  });
  for (const one of accepted) if (!used.has(one)) problems.push(`${one}: nothing new to accept`);
  return { table: { ...table, products }, changes, problems };
}

interface Ledger {
  readonly accepted: ReadonlySet<string>;
  readonly used: Set<string>;
  readonly changes: string[];
  readonly problems: string[];
}

function mergeProduct(product: Product, answer: Answer, ledger: Ledger): Product {
  const from = { source: sourceOf(product.endoflifeDate ?? product.product), asOf: answer.asOf };
  const kept = product.releases.map((release) => {
    const facts = answer.releases.get(release.cycle);
    if (release.manual) return release;
    if (facts) return mergeRelease(product.product, release, facts, from, ledger);
    const way = `remove it, or keep it by hand with "manual": true`;
    ledger.problems.push(`${product.product} ${release.cycle}: endoflife.date lists it no more: ${way}`);
    return release;
  });
  const added: Release[] = [];
  for (const [cycle, facts] of answer.releases) {
    if (product.releases.some((release) => release.cycle === cycle)) continue;
    const key = `${product.product}@${cycle}`;
    if (ledger.accepted.has(key)) {
      ledger.used.add(key);
      ledger.changes.push(`${product.product} ${cycle}: new, ${all(facts)}`);
      added.push({ cycle, ...facts, ...from });
    } else
      ledger.problems.push(
        `${product.product} ${cycle}: new at endoflife.date (${all(facts)}): file it with --accept ${key}`,
      );
  }
  const releases = [...kept, ...added].sort((a, b) => newestFirst(a.cycle, b.cycle));
  const changed = releases.some((release) => !product.releases.includes(release));
  return changed ? { ...product, ...from, releases } : product;
}

/** The very same object when nothing changes, so that source and date move only with what was read anew. */
function mergeRelease(
  product: string,
  release: Release,
  facts: ReleaseFacts,
  from: Pick<Release, "source" | "asOf">,
  { changes, problems }: Ledger,
): Release {
  const differing = FIELDS.filter(
    (field) => !isHeld(product, release, facts, field, problems) && release[field] !== facts[field],
  );
  if (differing.length === 0) return release;
  for (const field of differing) {
    changes.push(`${product} ${release.cycle}: ${WORDS[field]} ${say(release[field])} -> ${say(facts[field])}`);
  }
  const news = Object.fromEntries(differing.map((field) => [field, facts[field]]));
  return { ...release, ...news, ...from };
}

/** Whether a person has decided the field. The decision was about one value upstream: another one needs another look. */
function isHeld(
  product: string,
  release: Release,
  facts: ReleaseFacts,
  field: ReleaseField,
  problems: string[],
): boolean {
  const held = release.held?.find((one) => one.field === field);
  if (!held) return false;
  if (facts[field] !== held.upstream) {
    const change = `endoflife.date changed it from ${say(held.upstream)} to ${say(facts[field])}`;
    problems.push(`${product} ${release.cycle}: ${WORDS[field]} is held at ${say(release[field])}, but ${change}`);
  }
  return true;
}

function all(facts: ReleaseFacts): string {
  return FIELDS.map((field) => `${WORDS[field]} ${say(facts[field])}`).join(", ");
}

function say(value: End): string {
  if (typeof value === "string") return value;
  return value === null ? "unknown" : value ? "over" : "open";
}
