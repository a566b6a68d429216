// Managed servers and calendars on several days, in whole folders.
import { readdirSync } from "node:fs";
import path from "node:path";
import { CASES } from "./cases.ts";
import { itPasses } from "./runs.ts";

const FOLDER = path.join(CASES, "platform");

for (const id of readdirSync(FOLDER).sort())
  describe(`conformance: platform/${id}`, () => itPasses(path.join(FOLDER, id)));
