/** The pages of the rules, which are installed beside the program. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

export function pagePath(rule: string): string {
  return resolve(__dirname, "..", "data", "rules", `${rule}.md`);
}

/** `null`: not installed. */
export function readPage(rule: string): string | null {
  try {
    // Comments say how the examples are run; they are no part of the page.
    return readFileSync(pagePath(rule), "utf8").replace(/^<!--.*-->\n/gm, "");
  } catch {
    return null;
  }
}

/** What stands below a heading of a page; empty where there is no such heading. */
export function sectionOf(page: string, heading: string): string {
  const parts = page.split(/^## (.+)$/m);
  const at = parts.indexOf(heading);
  return at < 0 ? "" : (parts[at + 1] ?? "").trim();
}
