// The command `data:update`: brings data/lifecycles.json up to what endoflife.date says, and prints what changes.
// Status 0 = up to date or written, 1 = a person has to look (nothing written), 2 = wrong usage.
import { parseArgs } from "node:util";
import { mayAsk } from "./download.ts";
import { DATA } from "./files.ts";
import { type RefreshOptions, refresh } from "./refresh.ts";

const USAGE = `usage: data:update [--dry-run] [--accept PRODUCT@CYCLE]... [--base URL] [--data FOLDER] [--timeout-ms N] [--max-bytes N]`;

function readOptions(args: readonly string[]): RefreshOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      "dry-run": { type: "boolean", default: false },
      accept: { type: "string", multiple: true, default: [] },
      base: { type: "string", default: "https://endoflife.date/api/v1/" },
      data: { type: "string", default: DATA },
      "timeout-ms": { type: "string", default: "20000" },
      // The largest of our answers has about 10,000 bytes.
      "max-bytes": { type: "string", default: "1000000" },
    },
  });
  const base = new URL(values.base.endsWith("/") ? values.base : `${values.base}/`);
  if (!mayAsk(base)) throw new Error("--base must be https, or on this machine");
  for (const one of values.accept)
    if (!/^[a-z0-9-]+@\d+(\.\d+)?$/.test(one)) throw new Error(`--accept ${one} is not PRODUCT@CYCLE`);
  return {
    folder: values.data,
    base,
    accepted: new Set(values.accept),
    dryRun: values["dry-run"],
    timeoutMs: positive("--timeout-ms", values["timeout-ms"]),
    maxBytes: positive("--max-bytes", values["max-bytes"]),
  };
}

function positive(name: string, text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new Error(`${name} ${text} is no positive number`);
  return Number(text);
}

export interface Terminal {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
}

export async function update(args: readonly string[], { out, err }: Terminal): Promise<number> {
  let options: RefreshOptions;
  try {
    options = readOptions(args);
  } catch (error) {
    err(error instanceof Error ? error.message : String(error));
    err(USAGE);
    return 2;
  }
  const { changes, problems, written } = await refresh(options);
  for (const change of changes) out(change);
  for (const problem of problems) err(`stopped: ${problem}`);
  if (problems.length > 0) {
    err("nothing written");
    return 1;
  }
  const count = `${changes.length} ${changes.length === 1 ? "change" : "changes"}`;
  if (changes.length === 0) out("nothing changed");
  else out(written ? `${count} written` : `${count}, not written (--dry-run)`);
  return 0;
}
