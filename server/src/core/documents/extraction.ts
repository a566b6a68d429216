import type { FileSource } from "../files.ts";
import type { YamlProblem } from "../parse/yamlTree.ts";
import type { LineIndex, Span } from "../text.ts";
import type { FolderIndex } from "./folderIndex.ts";
import type { ImageUse } from "./imageUse.ts";

/** A text with its identity. */
export interface SourceText {
  readonly path: string;
  readonly text: string;
  readonly languageId: string | null;
  /** Of the text, when somebody has them already. */
  readonly lines?: LineIndex;
}

/** `tag: 7.0` in Helm values: YAML reads a number, and the chart prints it shorter. */
export interface NumberTag {
  readonly span: Span;
  readonly written: string;
  readonly rendered: string;
}

/** What a document says about images; nothing is judged yet. */
export interface Extraction {
  readonly images: readonly ImageUse[];
  /** Names that services give to what they build: no images to judge, but they may tell the version of an app. */
  readonly built?: readonly ImageUse[];
  readonly problems: readonly YamlProblem[];
  readonly numberTags: readonly NumberTag[];
}

export const NOTHING: Extraction = { images: [], problems: [], numberTags: [] };

export type Extract = (source: SourceText, files: FileSource, index: FolderIndex) => Extraction;
