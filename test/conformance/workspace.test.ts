// Whole folders without any flag: the version comes from the files, the day from the run.
import { readdirSync } from "node:fs";
import path from "node:path";
import { CASES } from "./cases.ts";
import { itPasses } from "./runs.ts";

const FOLDER = path.join(CASES, "workspace");

for (const id of readdirSync(FOLDER).sort())
  describe(`conformance: workspace/${id}`, function () {
    this.timeout(20_000);
    itPasses(path.join(FOLDER, id));
  });
