/** Which server reads the dump files of which other one (`data/dumps.json`). */
import table from "../../../../data/dumps.json" with { type: "json" };
import { compareVersions } from "./version.ts";

interface Dump {
  readonly engine: string;
  readonly line: string;
  readonly writes: string;
  readonly readsRedisUpTo: number;
  readonly readsValkeyUpTo?: number;
}

const DUMPS: readonly Dump[] = table.dumps;

/** The entry of a line; a line between two known ones counts as the older one, a newer or older one than all is not known. */
function entryOf(engine: string, line: string): Dump | undefined {
  const own = DUMPS.filter((dump) => dump.engine === engine);
  const exact = own.find((dump) => dump.line === line);
  const newest = own.at(-1);
  if (exact !== undefined || newest === undefined || compareVersions(line, newest.line) > 0) return exact;
  return own.findLast((dump) => compareVersions(dump.line, line) < 0);
}

/** `null` where one of the two was never tried. */
export function readsDumpOf(
  reader: { readonly engine: string; readonly line: string },
  writer: { readonly engine: string; readonly line: string },
): boolean | null {
  const reads = entryOf(reader.engine, reader.line);
  const writes = entryOf(writer.engine, writer.line);
  if (reads === undefined || writes === undefined) return null;
  const [, magic, number] = /^(REDIS|VALKEY)(\d+)$/.exec(writes.writes) ?? [];
  const limit = magic === "VALKEY" ? (reads.readsValkeyUpTo ?? -1) : reads.readsRedisUpTo;
  return Number(number) <= limit;
}
