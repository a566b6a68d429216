/** Holds back what a client says behind `initialize`, until somebody is there who can answer it. */
import type {
  DataCallback,
  Disposable,
  Event,
  Message,
  MessageReader,
  PartialMessageInfo,
} from "vscode-languageserver";

export class Gate implements MessageReader {
  readonly #reader: MessageReader;
  /** Told of each message that has to wait. */
  onHeld: () => void = () => undefined;
  #held: Message[] | null = [];
  #deliver: DataCallback = () => undefined;

  constructor(reader: MessageReader) {
    this.#reader = reader;
  }

  listen(deliver: DataCallback): Disposable {
    this.#deliver = deliver;
    return this.#reader.listen((message) => {
      if (this.#held === null || (this.#held.length === 0 && isInitialize(message))) return deliver(message);
      this.#held.push(message);
      this.onHeld();
    });
  }

  /** Hands over what was held back, and everything that comes from now on. */
  open(): void {
    const held = this.#held ?? [];
    this.#held = null;
    for (const message of held) this.#deliver(message);
  }

  get onError(): Event<Error> {
    return this.#reader.onError;
  }

  get onClose(): Event<void> {
    return this.#reader.onClose;
  }

  get onPartialMessage(): Event<PartialMessageInfo> {
    return this.#reader.onPartialMessage;
  }

  dispose(): void {
    this.#reader.dispose();
  }
}

function isInitialize(message: Message): boolean {
  return (message as { method?: unknown }).method === "initialize";
}
