/** The images of a file, by its kind: extracted once as long as nothing that it looked at has changed. */
import type { FileSource } from "../files.ts";
import { Remember } from "../remember.ts";
import { extractCompose } from "./compose.ts";
import { extractDockerfile } from "./dockerfile.ts";
import { type Extract, type Extraction, NOTHING, type SourceText } from "./extraction.ts";
import type { FolderIndex } from "./folderIndex.ts";
import { extractHelmValues } from "./helmValues.ts";
import type { DocumentKind } from "./kind.ts";
import { extractKubernetes } from "./kubernetes.ts";
import { tooMuch } from "./tooLarge.ts";
import { extractWorkflow } from "./workflow.ts";

const EXTRACTORS: Partial<Record<DocumentKind, Extract>> = {
  compose: extractCompose,
  dockerfile: extractDockerfile,
  workflow: extractWorkflow,
  kubernetes: extractKubernetes,
  "helm-values": extractHelmValues,
};

/** Remembered extractions: the open files and their neighbours. */
const MAX_EXTRACTIONS = 500;

export class Extractor {
  readonly #index: FolderIndex;
  readonly #words: RegExp;
  readonly #extractions = new Remember<Extraction>(MAX_EXTRACTIONS);

  /** `words`: names of everything that is judged or that judges; a file without one of them is not parsed. */
  constructor(index: FolderIndex, words: RegExp) {
    this.#index = index;
    this.#words = words;
  }

  extract(source: SourceText, kind: DocumentKind, files: FileSource): Extraction {
    const extract = EXTRACTORS[kind];
    // Only compose files get their images from elsewhere: the others name what they run.
    if (extract === undefined || (kind !== "compose" && !this.#words.test(source.text))) return NOTHING;
    return this.#extractions.get(`${kind} ${source.path}`, files, (recorded) => {
      // Noted although the text is at hand: a remembered extraction must not outlive it.
      recorded.read(source.path);
      const { path, text } = source;
      return tooMuch(path, text, kind, this.#index.searches) === null
        ? extract(source, recorded, this.#index)
        : NOTHING;
    });
  }

  /** Drops what is kept of a file that nobody has open any more. */
  forget(path: string): void {
    for (const kind of Object.keys(EXTRACTORS)) this.#extractions.forget(`${kind} ${path}`);
  }
}
