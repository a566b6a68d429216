// tsx scripts/data/bundle.ts [FILE]: writes the tables as they are published, into dist/data.json when no file is named.
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { BUILT_IN, writeBundle } from "../../server/src/core/index.ts";

const file = process.argv[2] ?? path.join("dist", "data.json");
mkdirSync(path.dirname(file), { recursive: true });
writeFileSync(file, writeBundle(BUILT_IN));
