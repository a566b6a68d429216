import { join } from "node:path";
import process from "node:process";
import { version } from "../../../package.json";
import {
  type Checker,
  checkerOf,
  describeError,
  freshness,
  OLD_AFTER_DAYS,
  PRODUCT,
  RULE_METAS,
  tablesInUse,
} from "../core/index.ts";
import { compileLate } from "../node/machineCode.ts";
import { readStored } from "../update/store.ts";
import { runCheck } from "./check.ts";
import { runData } from "./data.ts";
import { HELP, type Options, readOptions } from "./options.ts";
import { pagePath, readPage } from "./pages.ts";
import { printable } from "./printable.ts";
import { today } from "./today.ts";
import { UsageError } from "./usageError.ts";

// Broken YAML makes thousands of errors whose stacks nobody reads; writing them is what takes the time.
Error.stackTraceLimit = 0;

// A reader that goes away (`| head`) is no fault of ours, and takes nothing more.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit();
  process.stderr.write(`${PRODUCT}: the output cannot be written (${error.code}).\n`);
  process.exit(2);
});
// Whoever does not want to know need not be told that.
process.stderr.on("error", () => {});

function explain(rule: string): string {
  const meta = RULE_METAS.find(({ id }) => id === rule);
  if (meta === undefined)
    throw new UsageError(`There is no rule "${rule}". \`${PRODUCT} check --list-rules\` prints them all.`);
  const page = readPage(rule);
  if (page === null) throw new UsageError(`The page of ${rule} is not installed: ${pagePath(rule)}`);
  return page;
}

function listRules(): string {
  const width = Math.max(...RULE_METAS.map(({ id }) => id.length));
  return RULE_METAS.map(
    ({ id, severity, title, offByDefault }) =>
      `${id.padEnd(width)}  ${(offByDefault === true ? "off" : severity).padEnd(11)}  ${title}\n`,
  ).join("");
}

/** The age of the data is told here, and never as a finding. */
function versionText({ catalog: { dataAsOf, dataFrom } }: Checker, day: string): string {
  const { words, isOld } = freshness(dataAsOf, dataFrom, day);
  const advice = `The data is older than ${OLD_AFTER_DAYS} days: \`${PRODUCT} data update\` fetches newer tables.\n`;
  return `${PRODUCT} ${version} (${words})\n${isOld ? advice : ""}`;
}

async function run(options: Options, checker: Checker): Promise<number> {
  switch (options.command) {
    case "help":
      process.stdout.write(HELP);
      return 0;
    case "version":
      process.stdout.write(versionText(checker, options.asOf ?? today()));
      return 0;
    case "list-rules":
      process.stdout.write(listRules());
      return 0;
    case "explain":
      process.stdout.write(explain(options.rule));
      return 0;
    case "check":
      compileLate();
      return runCheck(options, checker);
    case "lsp":
      // The server is a bundle of its own: `check` never pays for it. It reads --stdio from the arguments.
      require(join(__dirname, "server.js"));
      return -1;
    case "data":
      return runData(options);
  }
}

async function main(): Promise<void> {
  try {
    // Neither asks the tables anything here.
    const isElsewhere = ["data", "lsp"].includes(process.argv[2] ?? "");
    const inUse = tablesInUse(isElsewhere ? null : readStored(), today());
    const checker = checkerOf(inUse);
    const options = readOptions(process.argv.slice(2), checker.openVocabulary);
    if (inUse.note !== null && (options.command === "check" || options.command === "version"))
      process.stderr.write(`${PRODUCT}: ${printable(inUse.note)}\n`);
    const status = await run(options, checker);
    if (status >= 0) process.exitCode = status;
  } catch (error) {
    const message = error instanceof UsageError ? error.message : `internal error: ${describeError(error)}`;
    process.stderr.write(`${PRODUCT}: ${printable(message)}\n`);
    process.exitCode = 2;
  }
}

void main();
