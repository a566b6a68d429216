import mastodon from "../../../../data/apps/mastodon.json" with { type: "json" };
import postiz from "../../../../data/apps/postiz.json" with { type: "json" };
import engines from "../../../../data/engines.json" with { type: "json" };
import images from "../../../../data/images.json" with { type: "json" };
import lifecycles from "../../../../data/lifecycles.json" with { type: "json" };
import { Catalog } from "./catalog.ts";
import type { Tables } from "./tables.ts";

/** The tables that come with the program. `data:check` holds them against their schemas, so the shape is certain here. */
export function builtInTables(): Tables {
  return {
    apps: [mastodon, postiz],
    products: lifecycles.products,
    repositories: images.repositories,
    lookAlikes: images.lookAlikes,
    engines: engines.engines,
  } as unknown as Tables;
}

export function builtInCatalog(): Catalog {
  return new Catalog(builtInTables());
}
