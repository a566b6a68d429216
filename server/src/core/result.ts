/**
 * What programs are told, in `--format json` and by the library: plain data, lines and columns from 1, columns in UTF-16
 * units, ends exclusive. Public and stable. No imports: the library's declarations are made from this text.
 */

export type SeverityName = "error" | "warning" | "information" | "hint";

/** What an app's compatibility table says about an image. A tag that names no release line is `floating`; `unlisted` is not `unsupported`. */
export type ImageState = "supported" | "end-of-life" | "unsupported" | "unlisted" | "floating" | "unknown";

export interface TextRange {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** An app that a file is judged for, and who says so. */
export interface AppResult {
  readonly version: string;
  readonly from: "flag" | "comment" | "config" | "setting" | "detected";
}

/** A recognised cache image, at the place where a finding about it stands. */
export interface ImageResult extends TextRange {
  readonly text: string;
  /** Normalised: `docker.io/library/redis:6.2`. */
  readonly reference: string;
  readonly engine: string;
  /** `6.2`; `null` where the tag names none. */
  readonly releaseLine: string | null;
  /** By app. */
  readonly states: Readonly<Record<string, ImageState>>;
}

export interface EditResult extends TextRange {
  readonly path: string;
  readonly newText: string;
}

export interface FixResult {
  readonly title: string;
  /** May be applied unseen. */
  readonly safe: boolean;
  /** The one to offer first. */
  readonly preferred: boolean;
  readonly edits: readonly EditResult[];
}

export interface RelatedResult {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export interface FindingResult extends TextRange {
  /** Id of the rule: `family/problem`. */
  readonly rule: string;
  readonly severity: SeverityName;
  readonly message: string;
  /** Page of the rule. */
  readonly docs: string;
  readonly related: readonly RelatedResult[];
  readonly fixes: readonly FixResult[];
}

export interface FileResult {
  readonly path: string;
  /** By app. */
  readonly apps: Readonly<Record<string, AppResult>>;
  readonly images: readonly ImageResult[];
  readonly findings: readonly FindingResult[];
}

export interface CheckResult {
  readonly version: 1;
  /** The day that lifecycles were judged on. */
  readonly asOf: string;
  /** The files with an image or a finding. */
  readonly files: readonly FileResult[];
  /** `files` counts all that were checked. */
  readonly summary: Readonly<Record<"files" | SeverityName, number>>;
}

/** What is known about an image reference. `other`: none of the cache servers that are known; `invalid`: no image reference at all. */
export type ImageAnswer =
  | {
      readonly kind: "cache";
      /** Normalised: `docker.io/library/redis:6.2`. */
      readonly reference: string;
      readonly engine: string;
      /** `6.2`; `null` where the tag names none. */
      readonly releaseLine: string | null;
      /** By app, for the versions that were asked for. */
      readonly states: Readonly<Record<string, ImageState>>;
      /** By app, then by the versions that are columns of its compatibility table. */
      readonly tables: Readonly<Record<string, Readonly<Record<string, ImageState>>>>;
      /** The publisher's calendar for the release line; `null` where the line or its calendar is not known. */
      readonly lifecycle: ImageLifecycle | null;
    }
  | { readonly kind: "other" }
  | { readonly kind: "invalid" };

export interface ImageLifecycle {
  /** `open`: maintained, no end announced; `unknown`: the publisher says nothing. */
  readonly state: "maintained" | "ends-soon" | "ended" | "open" | "unknown";
  /** Its last day, such as `2026-12-01`; `null` where none is known. */
  readonly endsOn: string | null;
}

export interface RuleSource {
  readonly source: string;
  /** The day it was read. */
  readonly asOf: string;
}

export interface RuleResult {
  readonly id: string;
  readonly title: string;
  /** Of a finding, where no setting and no special case says otherwise. */
  readonly severity: SeverityName;
  /** Told only when a setting switches it on. */
  readonly isOffByDefault: boolean;
  /** Address of its page. */
  readonly docs: string;
  readonly sources: readonly RuleSource[];
}
