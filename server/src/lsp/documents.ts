/** Open documents. Changes arrive in the negotiated encoding, so their ranges are converted before they are applied. */
import { TextDocument } from "vscode-languageserver-textdocument";
import { LineIndex } from "../core/index.ts";
import { type Encoding, type Range, toOffset } from "./positions.ts";
import { uriToPath } from "./uris.ts";

export interface OpenDocument {
  readonly uri: string;
  readonly path: string;
  readonly languageId: string;
  readonly version: number;
  readonly text: string;
}

export interface ContentChange {
  readonly range?: Range;
  readonly text: string;
}

/** Closed documents whose diagnostics an editor may still show. */
const MAX_CLOSED = 1000;

export class Documents {
  /** Path to URI of what was closed since the workspace was last told about. */
  readonly #closed = new Map<string, string>();
  readonly #byUri = new Map<string, OpenDocument>();
  readonly #byPath = new Map<string, OpenDocument>();
  encoding: Encoding = "utf-16";

  get all(): readonly OpenDocument[] {
    return [...this.#byUri.values()];
  }

  get(uri: string): OpenDocument | undefined {
    return this.#byUri.get(uri);
  }

  atPath(path: string): OpenDocument | undefined {
    return this.#byPath.get(path);
  }

  open(uri: string, languageId: string, version: number, text: string): OpenDocument {
    const document = { uri, path: uriToPath(uri), languageId, version, text };
    this.#store(document);
    return document;
  }

  /** `undefined` for a document that was never opened. */
  change(uri: string, version: number, changes: readonly ContentChange[]): OpenDocument | undefined {
    const before = this.#byUri.get(uri);
    if (before === undefined) return undefined;
    let document = TextDocument.create(uri, before.languageId, before.version, before.text);
    for (const change of changes) {
      if (change.range === undefined) {
        document = TextDocument.update(document, [{ text: change.text }], version);
        continue;
      }
      const text = document.getText();
      const lines = new LineIndex(text);
      const start = toOffset(lines, change.range.start, this.encoding);
      const end = Math.max(start, toOffset(lines, change.range.end, this.encoding));
      document = TextDocument.create(
        uri,
        before.languageId,
        version,
        text.slice(0, start) + change.text + text.slice(end),
      );
    }
    const after = { ...before, version, text: document.getText() };
    this.#store(after);
    return after;
  }

  close(uri: string): OpenDocument | undefined {
    const document = this.#byUri.get(uri);
    if (document === undefined) return undefined;
    this.#byUri.delete(uri);
    if (this.#byPath.get(document.path)?.uri === uri) this.#byPath.delete(document.path);
    this.#closed.set(document.path, uri);
    for (const oldest of this.#closed.keys()) {
      if (this.#closed.size <= MAX_CLOSED) break;
      this.#closed.delete(oldest);
    }
    return document;
  }

  /** What was closed since the last call, path to URI. */
  takeClosed(): ReadonlyMap<string, string> {
    const closed = new Map(this.#closed);
    this.#closed.clear();
    return closed;
  }

  #store(document: OpenDocument): void {
    this.#byUri.set(document.uri, document);
    this.#byPath.set(document.path, document);
    this.#closed.delete(document.path);
  }
}
