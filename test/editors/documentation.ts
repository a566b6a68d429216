// The configurations that the documentation gives: what a test runs is what a reader copies.
import { readFileSync } from "node:fs";
import path from "node:path";
import { ROOT } from "../support/build.ts";
import { must } from "../support/must.ts";

/** A page below `docs/`. */
export function pageOf(name: string): string {
  return readFileSync(path.join(ROOT, "docs", name), "utf8");
}

/** The fenced blocks of a language below a heading, up to the next heading. */
export function blocksBelow(page: string, heading: string, language: string): string[] {
  const blocks: string[] = [];
  let below = "";
  for (const [, title, fenced, block = ""] of page.matchAll(/^#+ ([^\n]*)$|^```(\S*)\n(.*?)^```$/gms)) {
    if (title !== undefined) below = title;
    else if (below === heading && fenced === language) blocks.push(block);
  }
  return blocks;
}

export function blockBelow(page: string, heading: string, language: string): string {
  return must(blocksBelow(page, heading, language)[0], `a block of ${language} below ${heading}`);
}
