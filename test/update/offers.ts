// Tables as they could be published after this program.
import { BUILT_IN, writeBundle } from "../../server/src/core/index.ts";
import { must } from "../support/must.ts";

type Json = { [key: string]: unknown };

/** As far as tests change it. */
export interface Bundle extends Json {
  readonly tables: {
    readonly lifecycles: { readonly products: (Json & { product: string; asOf: string; releases: Json[] })[] };
    readonly "apps/mastodon": { readonly detection: Json };
  };
}

/** Today is the newest day that data can be of. */
export const NEW_DAY = new Date().toISOString().slice(0, 10);

/** The present tables after a change, as they are published. */
export function published(change: (bundle: Bundle) => void): string {
  const bundle = JSON.parse(writeBundle(BUILT_IN)) as Bundle;
  change(bundle);
  return JSON.stringify(bundle);
}

export function product(bundle: Bundle, name: string): Bundle["tables"]["lifecycles"]["products"][number] {
  return must(
    bundle.tables.lifecycles.products.find((one) => one.product === name),
    name,
  );
}

/** Newer data: Redis 7.4 has ended on a day that the built-in tables do not know. */
export function newerData(end = "2026-10-31", asOf = NEW_DAY): string {
  return published((bundle) => {
    const redis = product(bundle, "redis");
    redis.asOf = asOf;
    Object.assign(
      must(
        redis.releases.find((one) => one.cycle === "7.4"),
        "7.4",
      ),
      { endOfLife: end },
    );
  });
}

/** Whole and right, and from before the built-in tables. */
export function olderData(): string {
  return published((bundle) => {
    for (const one of bundle.tables.lifecycles.products) one.asOf = "2026-01-01";
  });
}
