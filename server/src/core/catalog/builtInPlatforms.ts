/** The tables of providers that come with the program; rules about addresses need them without a catalogue around. */
import aptible from "../../../../data/platforms/aptible.json" with { type: "json" };
import elasticache from "../../../../data/platforms/elasticache.json" with { type: "json" };
import { Platforms } from "./platforms.ts";
import type { PlatformTable } from "./platformTable.ts";

/** `data:check` holds them against their schema, so the shape is certain here. */
export const PLATFORM_TABLES = new Platforms([aptible, elasticache] as unknown as readonly PlatformTable[]);
