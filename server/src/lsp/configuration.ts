/** Settings per resource: asked for once, kept as promises, dropped on change. */

import { type Checker, describeError, readSettings, type SettingsLayer } from "../core/index.ts";
import { pathToUri } from "./uris.ts";

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
  #generation = 0;
  /** The client let a question go unanswered: the next ones are not waited for. */
  #isMute = false;
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
    this.clear();
  }

  clear(): void {
    this.#generation++;
    this.#kept.clear();
  }

  /** Files of one workspace folder share its settings: one question for all of them. `root`: the folder, as a path. */
  of(uri: string, root: string | undefined): Promise<EditorSettings> {
    const scope = root === undefined ? uri : pathToUri(root);
    let settings = this.#kept.get(scope);
    if (settings === undefined) {
      settings = this.#readInTime(scope);
      this.#kept.set(scope, settings);
    }
    return settings;
  }

  forget(uri: string): void {
    this.#kept.delete(uri);
  }

  async #readInTime(scope: string): Promise<EditorSettings> {
    const generation = this.#generation;
    const answer = this.#read(scope);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const limit = new Promise<null>((resolve) => {
      timer = setTimeout(() => resolve(null), this.#isMute ? 0 : ANSWER_LIMIT_MS);
    });
    const settings = await Promise.race([answer, limit]);
    clearTimeout(timer);
    if (settings !== null) {
      this.#isMute = false;
      return settings;
    }
    if (!this.#isMute) {
      this.#log("the client does not answer workspace/configuration; settings count as not set until it does");
    }
    this.#isMute = true;
    void answer.then((late) => {
      this.#isMute = false;
      // Settings may have been asked for anew since.
      if (generation !== this.#generation) return;
      this.#kept.set(scope, Promise.resolve(late));
      this.#onLate();
    });
    return NOTHING;
  }

  async #read(uri: string): Promise<EditorSettings> {
    try {
      return this.#parse(await this.#fetch(uri));
    } catch (error) {
      this.#log(`settings could not be read: ${describeError(error)}`);
      return NOTHING;
    }
  }

  #parse(raw: unknown): EditorSettings {
    const isRecord = typeof raw === "object" && raw !== null && !Array.isArray(raw);
    const { inlayHints, trace: _trace, host: _host, ...shared } = isRecord ? (raw as Record<string, unknown>) : {};
    // An editor sends every setting, unset ones as null: they say nothing. Lua knows no difference between an empty object
    // and an empty list, so an empty list says nothing, either.
    const given = Object.fromEntries(
      Object.entries(shared).filter(([, value]) => value !== null && !isEmptyList(value)),
    );
    const { layer, problems } = readSettings(isRecord || isEmptyList(raw) ? given : raw, this.#vocabulary);
    const sentences = problems.map(({ path, message }) => `cacheCompat.${path.join(".")}: ${message}`);
    for (const sentence of sentences) this.#log(sentence);
    const hints =
      typeof inlayHints === "object" && inlayHints !== null ? (inlayHints as { enabled?: unknown }).enabled : undefined;
    return { layer, inlayHints: hints === true, problems: sentences };
  }
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
