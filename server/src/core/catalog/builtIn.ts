import mastodon from "../../../../data/apps/mastodon.json" with { type: "json" };
import postiz from "../../../../data/apps/postiz.json" with { type: "json" };
import commands from "../../../../data/directives/commands.json" with { type: "json" };
import sentinel from "../../../../data/directives/sentinel.json" with { type: "json" };
import server from "../../../../data/directives/server.json" with { type: "json" };
import disagreements from "../../../../data/disagreements.json" with { type: "json" };
import engines from "../../../../data/engines.json" with { type: "json" };
import images from "../../../../data/images.json" with { type: "json" };
import lifecycles from "../../../../data/lifecycles.json" with { type: "json" };
import aptible from "../../../../data/platforms/aptible.json" with { type: "json" };
import elasticache from "../../../../data/platforms/elasticache.json" with { type: "json" };
import { Catalog } from "./catalog.ts";
import type { DataTables, Tables } from "./tables.ts";

/** The tables that come with the program. `data:check` holds them against their schemas, so the shape is certain here. */
export const BUILT_IN = {
  "apps/mastodon": mastodon,
  "apps/postiz": postiz,
  "directives/commands": commands,
  "directives/sentinel": sentinel,
  "directives/server": server,
  disagreements,
  engines,
  images,
  lifecycles,
  "platforms/aptible": aptible,
  "platforms/elasticache": elasticache,
} as unknown as DataTables;

/** What the catalogue is made of, taken from the files of `data/`. */
export function catalogTables(tables: DataTables): Tables {
  return {
    apps: [tables["apps/mastodon"], tables["apps/postiz"]],
    products: tables.lifecycles.products,
    repositories: tables.images.repositories,
    lookAlikes: tables.images.lookAlikes,
    engines: tables.engines.engines,
    platforms: [tables["platforms/aptible"], tables["platforms/elasticache"]],
    disagreements: tables.disagreements.disagreements,
  };
}

export function builtInCatalog(): Catalog {
  return new Catalog(catalogTables(BUILT_IN));
}
