/** `cache-compat data`: newer tables from the network, on demand only, and the way back to those that came with the program. */
import { parseArgs } from "node:util";
import { BUILT_IN, Catalog, catalogTables, judgeOffer, PRODUCT, tablesInUse } from "../core/index.ts";
import { DATA_URL, download, LIMITS } from "../update/download.ts";
import { readStored, removeStored, storePath, writeStored } from "../update/store.ts";
import { printable } from "./printable.ts";
import { today } from "./today.ts";
import { UsageError } from "./usageError.ts";

export type DataOptions =
  | { readonly command: "data"; readonly action: "reset" }
  | { readonly command: "data"; readonly action: "update"; readonly url: string; readonly timeoutMs: number };

/** Longest wait that may be asked for, in seconds. */
const MAX_SECONDS = 600;
/** A line in the terminal; what was downloaded may hold long names. */
const MAX_LINE = 400;

export const DATA_HELP = `       cache-compat data update [--url URL] [--timeout SECONDS]
                                        fetch newer tables (the only network access there is; https only)
       cache-compat data reset          go back to the tables that came with the program`;

/** Takes the arguments behind `data`; throws `UsageError`. */
export function readDataOptions(args: readonly string[]): DataOptions {
  const usage = "Write: cache-compat data update [--url URL] [--timeout SECONDS], or cache-compat data reset";
  let parsed: { values: { url?: string; timeout?: string }; positionals: string[] };
  try {
    parsed = parseArgs({
      args: [...args],
      options: { url: { type: "string" }, timeout: { type: "string" } },
      allowPositionals: true,
    });
  } catch (error) {
    throw new UsageError(
      `${error instanceof Error ? (error.message.split(/\.\s|\n/)[0] ?? "") : String(error)}. ${usage}`,
    );
  }
  const { values, positionals } = parsed;
  const [action, ...rest] = positionals;
  if (rest.length > 0 || (action !== "update" && action !== "reset")) throw new UsageError(usage);
  if (action === "reset") {
    if (Object.keys(values).length > 0) throw new UsageError(usage);
    return { command: "data", action };
  }
  const url = values.url ?? DATA_URL;
  if (!URL.canParse(url) || new URL(url).protocol !== "https:")
    throw new UsageError("--url: write an address that begins with https://");
  const seconds = Number(values.timeout ?? LIMITS.timeoutMs / 1000);
  if (!(seconds > 0 && seconds <= MAX_SECONDS))
    throw new UsageError(`--timeout: write a number of seconds, at most ${MAX_SECONDS}.`);
  return { command: "data", action, url, timeoutMs: seconds * 1000 };
}

/** 0: newer tables are in use, or there are none; 1: the present ones stay because something went wrong. */
export async function runData(options: DataOptions): Promise<number> {
  if (options.action === "reset") {
    const wasThere = removeStored();
    const { dataAsOf } = new Catalog(catalogTables(BUILT_IN));
    tell(`${wasThere ? "the downloaded tables are removed; " : ""}the built-in data of ${dataAsOf} is in use.`);
    return 0;
  }
  const inUse = tablesInUse(readStored(), today());
  const present = `the ${inUse.from} data of ${new Catalog(catalogTables(inUse.tables)).dataAsOf}`;
  const answer = await download(options.url, { ...LIMITS, timeoutMs: options.timeoutMs });
  if (answer.kind === "failed") return stay(present, answer.why);
  const offer = judgeOffer(answer.text, inUse.tables, today());
  if (offer.kind === "refused")
    return stay(present, `the tables from ${new URL(options.url).host} are not taken: ${offer.why}`);
  if (offer.kind === "same") {
    tell(`nothing newer is published: ${present} stays in use.`);
    return 0;
  }
  try {
    writeStored(answer.text);
  } catch (error) {
    return stay(
      present,
      `${storePath()} cannot be written (${(error as NodeJS.ErrnoException).code ?? String(error)})`,
    );
  }
  tell(`data of ${offer.asOf} is in use now, instead of ${present}.`);
  return 0;
}

function stay(present: string, why: string): number {
  const line = printable(`${present} stays in use: ${why}`);
  process.stderr.write(`${PRODUCT}: ${line.length > MAX_LINE ? `${line.slice(0, MAX_LINE)}...` : line}\n`);
  return 1;
}

function tell(line: string): void {
  process.stdout.write(`${PRODUCT}: ${line}\n`);
}
