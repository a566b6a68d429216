import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

export interface RowVersion {
  readonly engine: string;
  readonly line: string;
  readonly patch: number;
}

/** `+` came up, a number the line that was named, `-` stopped without a line, `?` depends on the machine. */
export type RowVerdict = "+" | "-" | "?" | number;

export interface Row {
  readonly id: string;
  readonly text: string | null;
  readonly args: readonly string[];
  /** One for each version. */
  readonly verdicts: readonly RowVerdict[];
}

export interface Rows {
  readonly versions: readonly RowVersion[];
  readonly server: readonly Row[];
  readonly sentinel: readonly Row[];
  readonly argv: readonly Row[];
}

type Packed = readonly [string, string | null, readonly (RowVerdict | number)[], (readonly string[])?];

export function readRows(): Rows {
  const packed = JSON.parse(gunzipSync(readFileSync(new URL("rows.json.gz", import.meta.url))).toString("utf8")) as {
    readonly versions: readonly RowVersion[];
  } & Readonly<Record<"server" | "sentinel" | "argv", readonly Packed[]>>;
  return {
    versions: packed.versions,
    server: packed.server.map(unpack),
    sentinel: packed.sentinel.map(unpack),
    argv: packed.argv.map(unpack),
  };
}

function unpack([id, text, runs, args = []]: Packed): Row {
  const verdicts: RowVerdict[] = [];
  for (let i = 0; i < runs.length; i += 2) {
    for (let count = 0; count < Number(runs[i + 1]); count++) verdicts.push(runs[i] as RowVerdict);
  }
  return { id, text, args, verdicts };
}
