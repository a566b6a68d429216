// tsx scripts/data/check.ts [FOLDER]: the guard of the tables. One line per problem and status 1, else one line.
import { DATA, readData } from "./files.ts";
import { allProblems, line, summary } from "./guard.ts";

const data = readData(process.argv[2] ?? DATA);
const problems = allProblems(data);
for (const file of data.unguarded) console.log(`${file}: names no $schema, not checked`);
for (const problem of problems) console.log(line(problem));
if (problems.length > 0) process.exitCode = 1;
else console.log(summary(data));
