// tsx scripts/data/update.ts: see updateCommand.ts.
import { update } from "./updateCommand.ts";

update(process.argv.slice(2), { out: console.log, err: console.error }).then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
