/** Settings per resource: asked for once, kept as promises, dropped on change. */
import { type Checker, readSettings, type SettingsLayer } from "../core/index.ts";

export interface EditorSettings {
  readonly layer: SettingsLayer;
  readonly inlayHints: boolean;
  /** What is wrong in the settings, in sentences for the status item and the log. */
  readonly problems: readonly string[];
}

/** Fetches the raw section for a resource; `undefined` where the client has none. */
export type FetchSection = (uri: string) => Promise<unknown>;

const NOTHING: EditorSettings = { layer: {}, inlayHints: false, problems: [] };

export class Configuration {
  readonly #vocabulary: Checker["vocabulary"];
  readonly #log: (message: string) => void;
  readonly #kept = new Map<string, Promise<EditorSettings>>();
  #fetch: FetchSection = async () => undefined;

  constructor(vocabulary: Checker["vocabulary"], log: (message: string) => void) {
    this.#vocabulary = vocabulary;
    this.#log = log;
  }

  /** `initializationOptions` for clients that cannot be asked, else a question to the client. */
  use(fetch: FetchSection): void {
    this.#fetch = fetch;
    this.#kept.clear();
  }

  clear(): void {
    this.#kept.clear();
  }

  of(uri: string): Promise<EditorSettings> {
    let settings = this.#kept.get(uri);
    if (settings === undefined) {
      settings = this.#read(uri);
      this.#kept.set(uri, settings);
    }
    return settings;
  }

  forget(uri: string): void {
    this.#kept.delete(uri);
  }

  async #read(uri: string): Promise<EditorSettings> {
    try {
      return this.#parse(await this.#fetch(uri));
    } catch (error) {
      this.#log(`settings could not be read: ${error instanceof Error ? error.message : String(error)}`);
      return NOTHING;
    }
  }

  #parse(raw: unknown): EditorSettings {
    const isRecord = typeof raw === "object" && raw !== null && !Array.isArray(raw);
    const { inlayHints, trace: _trace, ...shared } = isRecord ? (raw as Record<string, unknown>) : {};
    // An editor sends every setting, unset ones as null: they say nothing.
    const given = Object.fromEntries(Object.entries(shared).filter(([, value]) => value !== null));
    const { layer, problems } = readSettings(isRecord ? given : raw, this.#vocabulary);
    const sentences = problems.map(({ path, message }) => `cacheCompat.${path.join(".")}: ${message}`);
    for (const sentence of sentences) this.#log(sentence);
    const hints =
      typeof inlayHints === "object" && inlayHints !== null ? (inlayHints as { enabled?: unknown }).enabled : undefined;
    return { layer, inlayHints: hints === true, problems: sentences };
  }
}
