/** What the engine spends on machine code. */
import process from "node:process";
import { setFlagsFromString } from "node:v8";

/** By V8's major version (11: Node 20, 13: Node 24), for it complains of a flag that it does not know. */
const FLAGS: Readonly<Record<string, readonly string[]>> = {
  11: ["--interrupt-budget=400000"],
  13: ["--invocation-count-for-turbofan=20000", "--invocation-count-for-maglev=2000"],
};

/**
 * Better machine code is made of functions that run much more often than V8 would wait for: over thousands of files, as for the first
 * look at one file, a third of the CPU time went into making code that was never worth it (measured in bench/README.md).
 */
export function optimiseLate(): void {
  for (const flag of FLAGS[process.versions.v8?.split(".", 1)[0] ?? ""] ?? []) setFlagsFromString(flag);
}
