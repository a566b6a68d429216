/** Writes each message at once: the library writes its header and its content one after the other, and wakes the reader twice. */
import type { Writable } from "node:stream";
import { AbstractMessageWriter, type Message, type MessageWriter } from "vscode-languageserver/node";

export class StdoutWriter extends AbstractMessageWriter implements MessageWriter {
  readonly #stream: Writable;
  #errors = 0;

  constructor(stream: Writable) {
    super();
    this.#stream = stream;
    stream.on("error", (error) => this.fireError(error));
    stream.on("close", () => this.fireClose());
  }

  write(message: Message): Promise<void> {
    return new Promise((resolve, reject) => {
      const content = Buffer.from(JSON.stringify(message));
      // Held back until both are there: one call of the system.
      this.#stream.cork();
      this.#stream.write(`Content-Length: ${content.length}\r\n\r\n`, "latin1");
      this.#stream.write(content, (error) => {
        if (!error) return resolve();
        this.fireError(error, message, ++this.#errors);
        reject(error);
      });
      this.#stream.uncork();
    });
  }

  end(): void {
    this.#stream.end();
  }
}
