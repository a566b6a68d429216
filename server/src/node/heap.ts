/** How much memory a server takes that mostly waits. */
import { setFlagsFromString } from "node:v8";

/**
 * V8 lets the space for new objects grow to tens of megabytes, which pays for programs that always compute. A server that answers one
 * keystroke after the other does as well with the first one (measured in bench/README.md). Read whenever that space would grow.
 */
export function keepYoungSpaceSmall(): void {
  setFlagsFromString("--semi-space-growth-factor=1");
}
