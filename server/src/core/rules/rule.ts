import type { Sourced } from "../catalog/tables.ts";
import type { Extraction, SourceText } from "../documents/extraction.ts";
import type { ImageUse } from "../documents/imageUse.ts";
import type { DocumentKind } from "../documents/kind.ts";
import type { Finding, Fix, RelatedPlace, Severity } from "../finding.ts";
import type { AppImage, DeclaredApp } from "../model/appVersion.ts";
import type { JudgedImage } from "../model/judgement.ts";
import type { ReadImage } from "../model/knownImage.ts";
import type { Judging } from "../model/replacement.ts";
import type { Platform } from "../settingValues.ts";
import type { Span } from "../text.ts";

/** One image text of the document with what could be read of it. */
export interface UsedImage {
  readonly use: ImageUse;
  readonly read: ReadImage;
}

/** All that a rule may know. Nothing in here changes while rules run. */
export interface RuleContext extends Judging {
  readonly source: SourceText;
  readonly kind: DocumentKind;
  readonly extraction: Extraction;
  /** Texts in the place of an image that are no image references. */
  readonly invalid: readonly UsedImage[];
  /** The cache images that are judged, in the order of the text. */
  readonly images: readonly JudgedImage[];
  readonly appImages: readonly AppImage[];
  readonly apps: readonly DeclaredApp[];
  /** Services that keep their data in a volume or a folder. */
  readonly keepers: ReadonlySet<string>;
  /** Apps that the user told us not to judge. */
  readonly switchedOff: readonly string[];
  /** False for a rule that the user switched off. */
  readonly isTold: (rule: string) => boolean;
  readonly platform: Platform;
}

/** A finding before its severity is settled. */
export interface Draft {
  readonly span: Span;
  readonly message: string;
  readonly severity?: Severity;
  readonly related?: readonly RelatedPlace[];
  readonly fixes?: readonly Fix[];
  readonly tag?: Finding["tag"];
}

export interface RuleMeta {
  /** `family/problem`, stable for ever. */
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  /** Told only when the user switches it on. */
  readonly offByDefault?: true;
  /** What proves the rule. Rules about a file's own form cite the specification. */
  readonly sources: readonly Sourced[];
}

export interface Rule {
  readonly meta: RuleMeta;
  /** It looks at `images` one at a time, and at nothing else of the file: asked again only for images that have changed. */
  readonly isPerImage?: true;
  readonly check: (context: RuleContext) => readonly Draft[];
}
