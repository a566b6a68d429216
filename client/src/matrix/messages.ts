/** What the extension and the page of the matrix say to each other. */
import type { Overview } from "../../../server/src/core/index.ts";

/** To the page. */
export interface ShowOverview {
  readonly kind: "overview";
  readonly overview: Overview;
  /** How a file is called in the workspace, by its URI. */
  readonly names: Readonly<Record<string, string>>;
}

/** From the page. */
export type PageMessage =
  | { readonly kind: "ready" }
  | { readonly kind: "open"; readonly path: string; readonly line: number; readonly character: number }
  | { readonly kind: "run"; readonly command: PageCommand };

/** Commands that the page may start. */
export const PAGE_COMMANDS = ["cacheCompat.openExample", "cacheCompat.setMastodonVersion"] as const;
export type PageCommand = (typeof PAGE_COMMANDS)[number];
