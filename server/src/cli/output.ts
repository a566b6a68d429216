/** What a run prints: the answer on standard output, in pieces as it comes, and remarks on standard error, a line each. */
import { once } from "node:events";
import process from "node:process";
import { PRODUCT } from "../core/index.ts";
import { printable } from "./printable.ts";
import { Progress } from "./progress.ts";

const FLUSH_BYTES = 64 * 1024;
/** So long a reader waits for what is ready, and so long nobody learns that the reader went away. */
const FLUSH_MS = 100;

export class Output {
  readonly progress = new Progress();
  #pending: Buffer[] = [];
  #bytes = 0;
  #flushed = performance.now();

  add(text: string): void {
    if (text !== "") this.addBytes(Buffer.from(text));
  }

  addBytes(bytes: Buffer): void {
    this.#pending.push(bytes);
    this.#bytes += bytes.length;
  }

  /** Lets go of what was added once it is much or old; then also waits until the reader has taken it. */
  async breathe(): Promise<void> {
    const isOld = performance.now() - this.#flushed > FLUSH_MS;
    if (isOld || this.#bytes > FLUSH_BYTES) await this.flush();
  }

  async flush(): Promise<void> {
    if (this.#bytes > 0) {
      this.progress.clear();
      const bytes = Buffer.concat(this.#pending);
      this.#pending = [];
      this.#bytes = 0;
      if (!process.stdout.write(bytes)) await once(process.stdout, "drain");
    }
    // Errors of the stream arrive between two turns.
    await new Promise(setImmediate);
    this.#flushed = performance.now();
  }

  note(message: string): void {
    this.progress.clear();
    process.stderr.write(`${PRODUCT}: ${printable(message)}\n`);
  }
}
