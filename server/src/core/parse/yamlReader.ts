/** Questions to a YAML document: aliases and merges are followed step by step, never expanded. */
import type { YamlAlias, YamlDocument, YamlMap, YamlNode, YamlPair, YamlScalar, YamlSeq } from "./yamlTree.ts";

const READERS = new WeakMap<object, YamlReader>();

/** Follows aliases inside one document. */
export class YamlReader {
  /** The first one of its frame: the services may have changed since. */
  readonly #document: YamlDocument;
  readonly #anchors = new Map<string, YamlNode[]>();

  constructor(document: YamlDocument) {
    this.#document = document;
    for (const node of document.anchors) {
      const name = node.anchor as string;
      const known = this.#anchors.get(name);
      if (known === undefined) this.#anchors.set(name, [node]);
      else known.push(node);
    }
  }

  /** One reader serves all documents of a frame; it stays the same while blocks beside change. */
  static of(document: YamlDocument): YamlReader {
    const known = READERS.get(document.frame) ?? new YamlReader(document);
    READERS.set(document.frame, known);
    return known;
  }

  get root(): YamlMap | null {
    return this.map(this.#document.root);
  }

  /** The node itself, or what its alias stands for: the newest anchor of that name above the alias. */
  resolve(node: YamlNode | null | undefined): Exclude<YamlNode, YamlAlias> | null {
    let current = node ?? null;
    for (let steps = 0; current !== null && current.kind === "alias"; steps++) {
      if (steps > 20) return null;
      const alias: YamlAlias = current;
      current = this.#anchors.get(alias.name)?.findLast((anchored) => anchored.span.start < alias.span.start) ?? null;
    }
    return current;
  }

  map(node: YamlNode | null | undefined): YamlMap | null {
    const resolved = this.resolve(node);
    return resolved?.kind === "map" ? resolved : null;
  }

  seq(node: YamlNode | null | undefined): YamlSeq | null {
    const resolved = this.resolve(node);
    return resolved?.kind === "seq" ? resolved : null;
  }

  scalar(node: YamlNode | null | undefined): YamlScalar | null {
    const resolved = this.resolve(node);
    return resolved?.kind === "scalar" ? resolved : null;
  }

  /**
   * The pair that counts for a key: written in the map itself (the last one where it stands twice), else in what `<<`
   * merges, where the first map of a list wins. `null` when there is none.
   */
  get(map: YamlMap | null, key: string, visited: Set<YamlMap> | null = null): YamlPair | null {
    if (map === null || visited?.has(map)) return null;
    let own: YamlPair | null = null;
    let hasMerge = false;
    const { pairs } = map;
    // Asked more than anything else: without an iterator.
    for (let i = 0; i < pairs.length; i++) {
      const pair = pairs[i] as YamlPair;
      if (pair.key.kind !== "scalar") continue;
      if (pair.key.value === key) own = pair;
      else if (pair.key.value === "<<") hasMerge = true;
    }
    if (own !== null || !hasMerge) return own;
    return this.#getMerged(map, key, (visited ?? new Set()).add(map));
  }

  #getMerged(map: YamlMap, key: string, visited: Set<YamlMap>): YamlPair | null {
    for (const pair of map.pairs) {
      if (pair.key.kind !== "scalar" || pair.key.value !== "<<") continue;
      const merged = this.resolve(pair.value);
      const sources = merged?.kind === "seq" ? merged.items : [pair.value];
      for (const source of sources) {
        const found = this.get(this.map(source), key, visited);
        if (found !== null) return found;
      }
    }
    return null;
  }

  /** The value of a key as text, aliases and merges followed. */
  text(map: YamlMap | null, key: string): YamlScalar | null {
    return this.scalar(this.get(map, key)?.value);
  }

  /** All pairs with a plain key, merged ones included, own ones first, each key once. */
  entries(map: YamlMap | null): { key: YamlScalar; value: YamlNode | null }[] {
    const found = new Map<string, { key: YamlScalar; value: YamlNode | null }>();
    const visited = new Set<YamlMap>();
    const visit = (current: YamlMap | null): void => {
      if (current === null || visited.has(current)) return;
      visited.add(current);
      for (const pair of current.pairs) {
        if (pair.key.kind !== "scalar" || pair.key.value === "<<") continue;
        const known = found.get(pair.key.value);
        if (known === undefined || current === map) found.set(pair.key.value, { key: pair.key, value: pair.value });
      }
      for (const pair of current.pairs) {
        if (pair.key.kind !== "scalar" || pair.key.value !== "<<") continue;
        const merged = this.resolve(pair.value);
        for (const source of merged?.kind === "seq" ? merged.items : [pair.value]) visit(this.map(source));
      }
    };
    visit(map);
    return [...found.values()];
  }
}
