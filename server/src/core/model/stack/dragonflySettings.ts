/** Settings of Dragonfly: its flags, and `DFLY_` variables where no flag says otherwise. */
import { FlagTable, type GivenFlag, readFlags } from "../../conf/index.ts";
import type { PlacedWord } from "../../documents/serviceCommand.ts";
import type { ServiceEnvironment } from "../../documents/serviceVariables.ts";
import { placeOf } from "../../documents/written.ts";
import type { Place } from "../../finding.ts";
import { portNumber, type ServerSettings, type Setting, UNKNOWN_SETTINGS, USUAL_PORT } from "./settings.ts";

const TABLE = new FlagTable();
const TRUE = /^(?:true|t|yes|y|1)$/i;

/** A flag as it counts, wherever it was given. */
export interface DragonflyFlag {
  /** `null`: given without a value. */
  readonly value: string | null;
  readonly place: Place;
}

/** The flags that count, by name; `null` where a file of flags has its say. */
export function dragonflyFlags(
  words: readonly PlacedWord[],
  { variables, isComplete }: ServiceEnvironment,
): ReadonlyMap<string, DragonflyFlag> | null {
  const flags = new Map<string, DragonflyFlag>();
  if (!isComplete) return null;
  for (const [name, { value, key, written }] of variables) {
    if (!name.startsWith("DFLY_")) continue;
    if (value === null) return null;
    flags.set(name.slice("DFLY_".length).toLowerCase(), { value, place: written === null ? key : placeOf(written) });
  }
  const given: readonly GivenFlag[] = readFlags(
    words.map(({ value }) => value),
    TABLE,
  );
  for (const { name, value, valueWord } of given) {
    const place = words[valueWord]?.place;
    if (place !== undefined) flags.set(name, { value, place });
  }
  return flags.has("flagfile") || flags.has("fromenv") || flags.has("tryfromenv") ? null : flags;
}

export function isFlagOn(flags: ReadonlyMap<string, DragonflyFlag>, name: string): boolean {
  const flag = flags.get(name);
  return flag !== undefined && !flags.has(`no${name}`) && (flag.value === null || TRUE.test(flag.value));
}

export function dragonflySettings(flags: ReadonlyMap<string, DragonflyFlag> | null): ServerSettings {
  if (flags === null) return UNKNOWN_SETTINGS;
  const read = <T>(name: string, usual: T, parse: (text: string) => T | null): Setting<T> | null => {
    const flag = flags.get(name);
    if (flag === undefined) return { value: usual, place: null };
    const value = flag.value === null ? null : parse(flag.value);
    return value === null ? null : { value, place: flag.place };
  };
  const count = (text: string): number | null => (/^\d{1,6}$/.test(text) ? Number(text) : null);
  const isTls = isFlagOn(flags, "tls");
  const port = read("port", USUAL_PORT, portNumber);
  const hasSchedule = (flags.get("snapshot_cron")?.value ?? "") !== "";
  return {
    port: isTls ? { value: 0, place: null } : port,
    tlsPort: isTls ? port : { value: 0, place: null },
    // What becomes of DFLY_PASSWORD was not tried.
    password: flags.has("password") ? null : read("requirepass", "", (text) => text),
    hasUsers: flags.has("aclfile"),
    databases: read("dbnum", 16, count),
    maxmemory: read("maxmemory", 0n, memoryOf),
    policy: null,
    snapshots: hasSchedule ? true : null,
    appendOnly: false,
  };
}

const UNITS: Readonly<Record<string, number>> = { "": 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3, t: 1024 ** 4 };

/** Powers of 1024, whatever the letters (dragonfly, src/strings/human_readable.cc). */
function memoryOf(text: string): bigint | null {
  const [, number, unit] = /^(\d+(?:\.\d+)?)([kmgt]?)(?:i?b)?$/i.exec(text) ?? [];
  return number === undefined ? null : BigInt(Math.round(Number(number) * (UNITS[(unit ?? "").toLowerCase()] ?? 1)));
}
