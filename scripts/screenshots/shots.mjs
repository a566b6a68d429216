// What the pictures show: each brings the workbench into a state and says which part of it is the picture.
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as workbench from "../vscode/workbench.mjs";

/**
 * @typedef {import("../vscode/workbench.mjs").Box} Box
 * @typedef {object} Shot
 * @property {"example" | "empty"} workspace
 * @property {{ width: number, height: number }} size
 * @property {(page: any, folder: string) => Promise<Box>} take
 */

const narrow = { width: 900, height: 900 };
/** The higher the window, the higher a hover may be: here it shows the whole table. */
const high = { width: 900, height: 1450 };
const wide = { width: 1240, height: 1120 };

/**
 * From one height to another, as wide as the editor.
 * @param {any} page
 * @param {number} top
 * @param {number} bottom
 * @returns {Promise<Box>}
 */
async function strip(page, top, bottom) {
  const { x, y, width, height } = await workbench.boxOf(page, workbench.parts.editor);
  const start = Math.max(top, y);
  return { x, y: start, width, height: Math.min(bottom, y + height) - start };
}

/**
 * The same, and no line is cut.
 * @param {any} page
 * @param {number} top
 * @param {number} bottom
 * @returns {Promise<Box>}
 */
async function lines(page, top, bottom) {
  /** @type {readonly Box[]} */
  const all = await page
    .locator(".monaco-editor .view-line")
    .evaluateAll((/** @type {any[]} */ found) => found.map((line) => line.getBoundingClientRect().toJSON()));
  const first = all.find(({ y, height }) => y <= top && top < y + height);
  const last = all.find(({ y, height }) => y < bottom && bottom <= y + height);
  return strip(page, first?.y ?? top, last === undefined ? bottom : last.y + last.height);
}

/**
 * What is seen of the view, down to the last row of a table that is seen whole.
 * @param {any} page
 * @param {any} content of the webview
 * @returns {Promise<Box>}
 */
async function rows(page, content) {
  const { y, height } = await workbench.boxOf(page, workbench.parts.editor);
  const frame = await workbench.boxOf(page, "iframe.webview.ready");
  /** @type {readonly number[]} */
  const ends = await content
    .locator("tbody tr:not(.group)")
    .evaluateAll((/** @type {any[]} */ found) => found.map((row) => row.getBoundingClientRect().bottom));
  const end = Math.max(...ends.filter((bottom) => bottom > 0 && frame.y + bottom < y + height));
  return strip(page, y, frame.y + end + 1);
}

/**
 * @param {any} page
 * @param {string} folder
 * @param {string} name
 */
async function openWithFindings(page, folder, name) {
  await page.keyboard.press("Control+B"); // no file tree
  await workbench.openFile(page, join(folder, name));
  await workbench.waitForFindings(page);
}

/** The line of the error that the pictures are about: `image: redis:6.2-alpine`. */
const finding = { line: 25, column: 18 };

/** @param {any} page */
async function openMatrix(page) {
  await page.keyboard.press("Control+B");
  await workbench.runCommand(page, "Cache Compat: Show compatibility matrix");
  const content = workbench.webview(page);
  await content.locator("main").waitFor();
  return content;
}

/** A project file with a mistake, and a rule whose severity is looked up. */
const PROJECT = `{
  "apps": { "mastodon": "4.5" },
  "noticeDays": "thirty",
  "rules": {
    "image/floating-tag": "hint"
  }
}
`;

/** @type {Record<string, Shot>} */
export const shots = {
  finding: {
    workspace: "example",
    size: high,
    async take(page, folder) {
      await openWithFindings(page, folder, "docker-compose.yml");
      await workbench.goTo(page, finding.line, finding.column);
      await workbench.hoverText(page);
      await page.locator(`${workbench.parts.hover} table`).first().waitFor();
      const hover = await workbench.stillBoxOf(page, workbench.parts.hover);
      return lines(page, hover.y - 60, hover.y + hover.height + 10);
    },
  },
  "quick-fix": {
    workspace: "example",
    size: narrow,
    async take(page, folder) {
      await openWithFindings(page, folder, "docker-compose.yml");
      await workbench.goTo(page, finding.line, finding.column);
      await workbench.openFixes(page);
      const menu = await workbench.boxOf(page, workbench.parts.fixes);
      return lines(page, menu.y - 60, menu.y + menu.height + 10);
    },
  },
  completion: {
    workspace: "example",
    size: narrow,
    async take(page, folder) {
      await openWithFindings(page, folder, "docker-compose.yml");
      await workbench.goTo(page, finding.line, finding.column);
      await workbench.openCompletions(page);
      await page.keyboard.press("Control+Space"); // with what is known of the first one
      await page.locator(".suggest-details-container table").waitFor();
      const list = await workbench.boxOf(page, workbench.parts.completions);
      const details = await workbench.stillBoxOf(page, ".suggest-details-container");
      return lines(page, list.y - 60, Math.max(list.y + list.height, details.y + details.height) + 10);
    },
  },
  ignored: {
    workspace: "example",
    size: narrow,
    async take(page, folder) {
      await openWithFindings(page, folder, "docker-compose.yml");
      await workbench.goTo(page, finding.line, finding.column);
      await workbench.openFixes(page);
      await workbench.chooseFix(page, "Ignore mastodon/engine-unsupported on this line");
      const row = page.locator(".view-line", { hasText: "cache-compat-ignore-next-line" }).first();
      await row.waitFor();
      // The finding goes with the comment.
      await page.locator(".squiggly-error").waitFor({ state: "detached" });
      const { y } = await row.boundingBox();
      return lines(page, y - 50, y + 100);
    },
  },
  problems: {
    workspace: "example",
    size: narrow,
    async take(page, folder) {
      await openWithFindings(page, folder, "docker-compose.yml");
      await workbench.openProblems(page);
      const lastRow = await workbench.boxOf(page, workbench.parts.lastProblem);
      const { x, y, width } = await workbench.boxOf(page, workbench.parts.problems);
      return { x, y, width, height: lastRow.y + lastRow.height + 6 - y };
    },
  },
  matrix: {
    workspace: "example",
    size: wide,
    async take(page) {
      const content = await openMatrix(page);
      await content.locator(".cell-yours").first().waitFor();
      return rows(page, content);
    },
  },
  provider: {
    workspace: "example",
    size: wide,
    async take(page) {
      const content = await openMatrix(page);
      await content.getByRole("tab", { name: "Amazon ElastiCache" }).click();
      await content.getByRole("heading", { name: "What Amazon ElastiCache offers" }).waitFor();
      return rows(page, content);
    },
  },
  timeline: {
    workspace: "example",
    size: wide,
    async take(page) {
      const content = await openMatrix(page);
      await content.getByRole("tab", { name: "Timeline" }).click();
      await content.locator(".track").first().waitFor();
      return rows(page, content);
    },
  },
  "matrix-empty": {
    workspace: "empty",
    size: { width: 1180, height: 620 },
    async take(page) {
      const content = await openMatrix(page);
      await content.locator(".box button").waitFor();
      return rows(page, content);
    },
  },
  walkthrough: {
    workspace: "empty",
    size: { width: 1200, height: 900 },
    async take(page) {
      await page.keyboard.press("Control+B");
      await workbench.runCommand(page, "Cache Compat: Get started");
      await page.locator(".getting-started-step.expanded").waitFor();
      await workbench.webview(page).locator("svg").waitFor();
      return strip(page, 0, 900);
    },
  },
  "project-file": {
    workspace: "example",
    size: narrow,
    async take(page, folder) {
      await writeFile(join(folder, "cache-compat.json"), PROJECT);
      await page.keyboard.press("Control+B");
      await workbench.openFile(page, join(folder, "cache-compat.json"));
      await workbench.waitForFindings(page);
      await workbench.goTo(page, 5, 28);
      await workbench.openCompletions(page);
      const { y, height } = await workbench.boxOf(page, workbench.parts.completions);
      await rm(join(folder, "cache-compat.json"));
      return lines(page, 0, y + height + 10);
    },
  },
};
