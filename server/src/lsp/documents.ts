/**
 * Open documents. Changes arrive in the negotiated encoding, so their ranges are converted before they are applied. Texts of YAML files
 * have gaps (`core/gaps.ts`): offsets in them are those of the text with gaps, positions those of the text in the editor.
 */
import { TextDocument } from "vscode-languageserver-textdocument";
import { LineIndex, splice, withGaps, withoutGaps } from "../core/index.ts";
import { type Encoding, type Range, toEditOffset } from "./positions.ts";
import { uriToPath } from "./uris.ts";

export interface OpenDocument {
  readonly uri: string;
  readonly path: string;
  readonly languageId: string;
  readonly version: number;
  readonly text: string;
  readonly lines: LineIndex;
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
    const path = uriToPath(uri);
    const document = { uri, path, languageId, version, ...opened(path, languageId, text) };
    this.#store(document);
    return document;
  }

  /** `undefined` for a document that was never opened. */
  change(uri: string, version: number, changes: readonly ContentChange[]): OpenDocument | undefined {
    const before = this.#byUri.get(uri);
    if (before === undefined) return undefined;
    const { path, languageId } = before;
    let after: LinedText = before;
    for (const { range, text } of changes) {
      if (range === undefined) after = opened(path, languageId, text);
      else {
        const start = toEditOffset(after.lines, range.start, this.encoding);
        const end = Math.max(start, toEditOffset(after.lines, range.end, this.encoding));
        after = edited(after, start, end, text) ?? opened(path, languageId, replaced(after, start, end, text));
      }
    }
    const document = { ...before, version, text: after.text, lines: after.lines };
    this.#store(document);
    return document;
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

interface LinedText {
  readonly text: string;
  readonly lines: LineIndex;
}

const YAML_LANGUAGES: ReadonlySet<string> = new Set(["yaml", "dockercompose", "helm"]);

export function isYaml({ path, languageId }: Pick<OpenDocument, "path" | "languageId">): boolean {
  return YAML_LANGUAGES.has(languageId) || /\.ya?ml$/i.test(path);
}

function opened(path: string, languageId: string, written: string): LinedText {
  const text = isYaml({ path, languageId }) ? withGaps(written) : written;
  return { text, lines: new LineIndex(text) };
}

/** `null` where the gaps must be made anew. */
function edited({ text, lines }: LinedText, start: number, end: number, newText: string): LinedText | null {
  const spliced = splice(text, start, end, newText);
  if (spliced === null) return null;
  return { text: spliced.text, lines: lines.edited(spliced.text, start, spliced.oldEnd, spliced.newEnd) };
}

function replaced({ text, lines }: LinedText, start: number, end: number, newText: string): string {
  const range = { start: lines.position(start), end: lines.position(end) };
  const bare = TextDocument.create("", "", 0, withoutGaps(text));
  return TextDocument.applyEdits(bare, [{ range, newText }]);
}
