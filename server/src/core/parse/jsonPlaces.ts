/** Where a value of a JSON text stands: JSON is YAML, and that tree gives the ranges that JSON.parse does not. */
import { type Span, spanOf } from "../text.ts";
import { YamlReader } from "./yamlReader.ts";
import { parseYaml, type YamlFile, type YamlNode } from "./yamlTree.ts";

export class JsonPlaces {
  readonly tree: YamlFile;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
    this.tree = parseYaml(text);
  }

  /** Keys and places in lists from the root; for what is not there the first line. */
  spanAt(path: readonly string[], at: "key" | "value"): Span {
    const document = this.tree.documents[0];
    const reader = document === undefined ? null : new YamlReader(document);
    let node: YamlNode | null = document?.root ?? null;
    let key: YamlNode | null = null;
    for (const step of path) {
      const pair = reader?.get(reader.map(node), step) ?? null;
      const item = pair === null ? (reader?.seq(node)?.items[Number(step)] ?? null) : pair.value;
      if (item === null) return this.firstLine;
      key = pair?.key ?? null;
      node = item;
    }
    return (at === "key" ? key : node)?.span ?? this.firstLine;
  }

  /** The same on one line: of a value over several lines its first character, which opens it. */
  placeAt(path: readonly string[], at: "key" | "value"): Span {
    const span = this.spanAt(path, at);
    return /[\r\n]/.test(this.#text.slice(span.start, span.end)) ? spanOf(span.start, span.start + 1) : span;
  }

  /** Where the text stops being JSON, as far as the tree tells. */
  get syntaxSpan(): Span {
    return this.tree.problems.find(({ kind }) => kind === "syntax")?.span ?? this.firstLine;
  }

  get firstLine(): Span {
    const end = this.#text.search(/[\r\n]/);
    return spanOf(0, end < 0 ? this.#text.length : end);
  }
}
