import { daysBetween, lastDay } from "./dates.ts";
import type { Licence, Product, Release } from "./tables.ts";
import { releaseLine, satisfies, type Version } from "./version.ts";

/**
 * Where a release line stands on a day. The end date itself is the last day, as endoflife.date counts it.
 * `open`: no end announced; `unknown`: nobody published a policy.
 */
export type LifecycleState =
  | { readonly kind: "ended"; readonly on: string | null }
  | { readonly kind: "ends-soon"; readonly on: string; readonly days: number }
  | { readonly kind: "maintained"; readonly until: string }
  | { readonly kind: "open" }
  | { readonly kind: "unknown" };

export class Lifecycles {
  readonly products: readonly Product[];
  readonly #products: ReadonlyMap<string, Product>;

  constructor(products: readonly Product[]) {
    this.products = products;
    this.#products = new Map(products.map((product) => [product.product, product]));
  }

  product(name: string): Product | undefined {
    return this.#products.get(name);
  }

  /** The release line a version belongs to: by major.minor, else by major alone (products that count so). */
  release(product: string, version: Version): Release | null {
    const line = releaseLine(version);
    const releases = this.#products.get(product)?.releases ?? [];
    return (
      releases.find((release) => release.cycle === line) ??
      releases.find((release) => release.cycle === String(version.major)) ??
      null
    );
  }

  byLine(product: string, line: string): Release | null {
    return this.#products.get(product)?.releases.find((release) => release.cycle === line) ?? null;
  }

  licence(product: string, version: Version): Licence | null {
    return this.#products.get(product)?.licences?.find((licence) => satisfies(version, licence.range)) ?? null;
  }
}

/** `noticeDays`: how long before the end a line counts as `ends-soon`. A month ends with its last day. */
export function lifecycleState(
  { endOfLife: end }: { readonly endOfLife: string | boolean | null },
  asOf: string,
  noticeDays: number,
): LifecycleState {
  if (end === true) return { kind: "ended", on: null };
  if (end === false) return { kind: "open" };
  const on = end === null ? null : lastDay(end);
  if (on === null) return { kind: "unknown" };
  const days = daysBetween(asOf, on);
  if (days < 0) return { kind: "ended", on };
  if (days <= noticeDays) return { kind: "ends-soon", on, days };
  return { kind: "maintained", until: on };
}
