/** The JSON Schema of each table, for tables that come from elsewhere. */
import app from "../../../../data/schema/app.schema.json" with { type: "json" };
import directives from "../../../../data/schema/directives.schema.json" with { type: "json" };
import commands from "../../../../data/schema/directives-commands.schema.json" with { type: "json" };
import sentinel from "../../../../data/schema/directives-sentinel.schema.json" with { type: "json" };
import disagreements from "../../../../data/schema/disagreements.schema.json" with { type: "json" };
import engines from "../../../../data/schema/engines.schema.json" with { type: "json" };
import images from "../../../../data/schema/images.schema.json" with { type: "json" };
import lifecycles from "../../../../data/schema/lifecycles.schema.json" with { type: "json" };
import platform from "../../../../data/schema/platform.schema.json" with { type: "json" };
import type { DataTables } from "./tables.ts";

export const SCHEMAS: Readonly<Record<keyof DataTables, unknown>> = {
  "apps/mastodon": app,
  "apps/postiz": app,
  "directives/commands": commands,
  "directives/sentinel": sentinel,
  "directives/server": directives,
  disagreements,
  engines,
  images,
  lifecycles,
  "platforms/aptible": platform,
  "platforms/elasticache": platform,
};
