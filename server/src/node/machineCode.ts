/** How soon V8 makes machine code. */
import process from "node:process";
import { setFlagsFromString } from "node:v8";

/** The first major version of V8 that counts calls, and the last one where that was tried. */
const COUNTS_CALLS = { first: 12, last: 14 };

/** What V8 waits for before it compiles a function with its second best compiler, and with its best one: by default 400 and 3,000 calls. */
const CALLS = ["--invocation-count-for-maglev=5000", "--invocation-count-for-turbofan=20000"];

/** Node 20: how much of a function runs before it is compiled, by default 67,584 bytes. */
const BYTES_RUN = ["--interrupt-budget=400000"];

/**
 * Lets V8 compile later. Its own measure is for programs that compute for long; a run of the command line ends after seconds, and a server answers one
 * keystroke now and then. For them a third of the CPU time went into machine code that was hardly used (measured in bench/README.md).
 * V8 complains of a flag that it does not know, so versions that nobody has tried keep their ways.
 */
export function compileLate(): void {
  const version = Number(process.versions.v8?.split(".", 1)[0]);
  const counts = version >= COUNTS_CALLS.first && version <= COUNTS_CALLS.last;
  for (const flag of counts ? CALLS : version < COUNTS_CALLS.first ? BYTES_RUN : []) setFlagsFromString(flag);
}
