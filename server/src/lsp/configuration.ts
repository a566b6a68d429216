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

/** A client that does not answer is not waited for; its answer counts when it comes. */
const ANSWER_LIMIT_MS = 1000;

const NOTHING: EditorSettings = { layer: {}, inlayHints: false, problems: [] };

export class Configuration {
  readonly #vocabulary: Checker["vocabulary"];
  readonly #log: (message: string) => void;
  readonly #onLate: () => void;
  readonly #kept = new Map<string, Promise<EditorSettings>>();
  #fetch: FetchSection = async () => undefined;

  /** `onLate`: settings came after the limit, so what was told without them is to be told anew. */
  constructor(vocabulary: Checker["vocabulary"], log: (message: string) => void, onLate: () => void) {
    this.#vocabulary = vocabulary;
    this.#log = log;
    this.#onLate = onLate;
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
      settings = this.#readInTime(uri);
      this.#kept.set(uri, settings);
    }
    return settings;
  }

  forget(uri: string): void {
    this.#kept.delete(uri);
  }

  async #readInTime(uri: string): Promise<EditorSettings> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const limit = new Promise<null>((resolve) => {
      timer = setTimeout(() => resolve(null), ANSWER_LIMIT_MS);
    });
    const answer = this.#read(uri);
    const settings = await Promise.race([answer, limit]);
    clearTimeout(timer);
    if (settings !== null) return settings;
    this.#log("the client does not answer workspace/configuration; settings count as not set until it does");
    void answer.then((late) => {
      this.#kept.set(uri, Promise.resolve(late));
      this.#onLate();
    });
    return NOTHING;
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
