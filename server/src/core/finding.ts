import type { Span } from "./text.ts";

export const SEVERITIES = ["error", "warning", "information", "hint"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** A place in a file; the path is absolute as in `paths.ts`. */
export interface Place {
  readonly path: string;
  readonly span: Span;
}

export interface RelatedPlace extends Place {
  readonly message: string;
}

export interface TextEdit extends Place {
  readonly newText: string;
}

export interface Fix {
  readonly title: string;
  /** May be applied unseen: a tag that names a release line, moved up within its engine. */
  readonly safe: boolean;
  /** The one replacement that is offered first. */
  readonly preferred: boolean;
  readonly edits: readonly TextEdit[];
}

/** One thing to tell about one place of the checked file. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly span: Span;
  readonly message: string;
  readonly related: readonly RelatedPlace[];
  readonly fixes: readonly Fix[];
  /** Shown struck through or faded by editors. */
  readonly tag?: "deprecated" | "unnecessary";
}
