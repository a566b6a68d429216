/** What a check takes and what it gives. */

import type { Catalog } from "./catalog/catalog.ts";
import type { SourceText } from "./documents/extraction.ts";
import type { DocumentKind } from "./documents/kind.ts";
import type { EnvInput } from "./env/index.ts";
import type { FileSource } from "./files.ts";
import type { Finding } from "./finding.ts";
import type { AppImage, DeclaredApp } from "./model/appVersion.ts";
import type { Suppression } from "./model/comments.ts";
import type { ConfLoading } from "./model/confTarget.ts";
import type { JudgedImage } from "./model/judgement.ts";
import type { KnownImage } from "./model/knownImage.ts";
import type { Layer, LayeredSettings } from "./model/layers.ts";
import type { NamedTable } from "./model/ownTables.ts";
import type { Stack } from "./model/stack/stack.ts";
import type { YamlFile } from "./parse/yamlTree.ts";
import { basename, dirname } from "./paths.ts";
import type { KnownPlatform } from "./platform/detect.ts";
import type { EngineUse } from "./platform/engineUse.ts";
import type { RestingRules } from "./rules/resting.ts";
import type { Draft, RuleMeta, UsedImage } from "./rules/rule.ts";
import type { SettingVocabulary } from "./settingValues.ts";
import type { LineIndex } from "./text.ts";

/** Everything known about one text on one day. */
export interface Report {
  readonly source: SourceText;
  /** `null`: not a file that we read. */
  readonly kind: DocumentKind | null;
  readonly lines: LineIndex;
  readonly findings: readonly Finding[];
  /** The judged cache images, in the order of the text. */
  readonly images: readonly JudgedImage[];
  /** The same and those that are only recognised (memcached). */
  readonly recognised: readonly KnownImage[];
  readonly used: readonly UsedImage[];
  readonly appImages: readonly AppImage[];
  readonly apps: readonly DeclaredApp[];
  /** How a server loads the file; `null` for files that no server loads. */
  readonly conf: ConfLoading | null;
  /** What a `.env` file was read as; `null` for other files. */
  readonly env: EnvInput | null;
  /** What a YAML file is read as, for those who need to know; `null` for other files. */
  readonly tree: (() => YamlFile) | null;
  /** What its comments silence. */
  readonly suppressions: readonly Suppression[];
  /** The stacks in which the file has a say; none where nobody asked. */
  readonly stacks: readonly Stack[];
  /** Files that a compose file names: by `env_file`, or as a configuration of a server. */
  readonly names: readonly string[];
  /** Who runs the cache, and how that is known. */
  readonly platform: KnownPlatform;
  /** Versions at a provider that stand here, or are told here. */
  readonly engines: readonly EngineUse[];
  readonly asOf: string;
  readonly noticeDays: number;
  /** The tables it was judged by. */
  readonly catalog: Catalog;
  /** The organisation's own tables that its settings name, used or not. */
  readonly ownTables: readonly NamedTable[];
  /** Files and folders that the report depends on. */
  readonly dependsOn: { readonly files: ReadonlySet<string>; readonly folders: ReadonlySet<string> };
  /** What was asked for and is not loaded yet: load it and check again. */
  readonly wanted: { readonly files: ReadonlySet<string>; readonly folders: ReadonlySet<string> };
  /** Rules that threw, by id; their findings are missing. */
  readonly failed: readonly { readonly rule: string; readonly error: unknown }[];
}

export interface CheckRequest {
  readonly source: SourceText;
  /** Flags or editor settings; comments and the project file are read here. */
  readonly layers: readonly Layer[];
  /** `false` when a flag already named the project file. */
  readonly useProjectFile: boolean;
  readonly files: FileSource;
  /** ISO day that counts where no `asOf` is set. */
  readonly today: string;
  /** `false`: the user does not trust the workspace, so its own tables have no say. */
  readonly isTrusted?: boolean;
  /** `false`: read what is there, and judge nothing. */
  readonly withFindings?: boolean;
}

/** One text with everything it is judged by. */
export interface Reading {
  readonly withFindings: boolean;
  readonly ownTables: readonly NamedTable[];
  readonly vocabulary: SettingVocabulary;
  readonly source: SourceText;
  readonly files: FileSource;
  readonly lines: LineIndex;
  readonly settings: LayeredSettings;
  readonly asOf: string;
  readonly noticeDays: number;
  readonly platform: KnownPlatform;
}

/** Where findings go, and rules that failed. */
export interface Telling {
  readonly tell: (meta: RuleMeta, drafts: readonly Draft[]) => void;
  /** The same for what is told of an image, which beside a provider is not the server that counts. */
  readonly tellImage: (meta: RuleMeta, drafts: readonly Draft[]) => void;
  readonly failed: { rule: string; error: unknown }[];
  readonly path: string;
  readonly resting: RestingRules;
}

/** What a kind of file yields beside findings. */
export type Content = Pick<
  Report,
  "images" | "recognised" | "used" | "appImages" | "apps" | "conf" | "env" | "tree" | "engines" | "stacks"
>;

export const NO_CONTENT: Content = {
  images: [],
  recognised: [],
  used: [],
  appImages: [],
  apps: [],
  conf: null,
  env: null,
  tree: null,
  engines: [],
  stacks: [],
};

/** A rule that throws is named and left out, and rests after a while; the others go on. */
export function attempt(rule: string, told: Telling, run: () => void): void {
  const { path, resting, failed } = told;
  const rested = resting.errorOf(path, rule);
  if (rested !== undefined) {
    failed.push({ rule, error: rested });
    return;
  }
  try {
    run();
    resting.returned(path, rule);
  } catch (error) {
    resting.threw(path, rule, error);
    failed.push({ rule, error });
  }
}

/** The checked text stands for its file, whatever is on disk: it may come from an editor, unsaved, or from standard input. */
export function withText(files: FileSource, source: SourceText): FileSource {
  const folder = dirname(source.path);
  const name = basename(source.path);
  return {
    read: (path) => (path === source.path ? source.text : files.read(path)),
    list: (asked) => {
      const names = files.list(asked);
      return asked === folder && names != null ? listedWith(names, name) : names;
    },
    root: (path) => files.root(path),
    namers: (path) => files.namers?.(path) ?? [],
  };
}

/** Listings with a name that is not on disk yet. The same listing gives the same answer: whoever remembers compares them. */
const LISTINGS = new WeakMap<
  readonly string[],
  { known: ReadonlySet<string>; grown: Map<string, readonly string[]> }
>();

function listedWith(names: readonly string[], name: string): readonly string[] {
  let listing = LISTINGS.get(names);
  if (listing === undefined) {
    listing = { known: new Set(names), grown: new Map() };
    LISTINGS.set(names, listing);
  }
  if (listing.known.has(name)) return names;
  const grown = listing.grown.get(name) ?? [...names, name];
  listing.grown.set(name, grown);
  return grown;
}
