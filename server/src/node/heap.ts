/** How much memory a server takes that mostly waits. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/**
 * V8 lets the space for new objects grow to tens of megabytes, which pays for programs that always compute. A server that answers one
 * keystroke after the other does as well with the first one (measured in bench/README.md). Read whenever that space would grow. The rest may
 * grow to twice of what lives before it is looked through for garbage, and not to four times.
 */
export function keepHeapSmall(): void {
  setFlagsFromString("--semi-space-growth-factor=1");
  setFlagsFromString("--heap-growing-percent=100");
}

let collectGarbage: (() => void) | null = null;

/** Gives back what a large file took. V8 alone would wait until as much again is used. */
export function giveBack(): void {
  if (collectGarbage === null) {
    setFlagsFromString("--expose-gc");
    collectGarbage = runInNewContext("gc") as () => void;
  }
  collectGarbage();
}
