/** One line on the terminal that tells how far a long run has come. Where errors do not go to a terminal it says nothing. */
import process from "node:process";

/** Shorter runs need none. */
const SILENT_MS = 400;
const EVERY_MS = 100;
const CLEAR_LINE = "\r\u001b[K";

export class Progress {
  readonly #isOn = process.stderr.isTTY === true && process.env.TERM !== "dumb";
  #next = performance.now() + SILENT_MS;
  #isShown = false;

  /** `describe` is asked only when something is to be shown. */
  tell(describe: () => string): void {
    if (!this.#isOn || performance.now() < this.#next) return;
    this.#next = performance.now() + EVERY_MS;
    this.#isShown = true;
    process.stderr.write(CLEAR_LINE + describe());
  }

  /** Before anything else is printed, and at the end. */
  clear(): void {
    if (!this.#isShown) return;
    this.#isShown = false;
    process.stderr.write(CLEAR_LINE);
  }
}
