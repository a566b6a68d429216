/** What the engine spends on machine code for a run that ends after seconds. */
import process from "node:process";
import { setFlagsFromString } from "node:v8";

/** By V8's major version (11: Node 20, 13: Node 24), for it complains of a flag that it does not know. */
const FLAGS: Readonly<Record<string, string>> = {
  11: "--interrupt-budget=400000",
  13: "--invocation-count-for-turbofan=20000",
};

/**
 * The best machine code is made of functions that run much more often than V8 would wait for: in a run over thousands of files a third
 * of the CPU time went into making code that was never worth it (measured in bench/README.md).
 */
export function optimiseLate(): void {
  const flag = FLAGS[process.versions.v8?.split(".", 1)[0] ?? ""];
  if (flag !== undefined) setFlagsFromString(flag);
}
