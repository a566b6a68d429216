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

/** A project file with a mistake, and a line on which a rule is being typed. */
const PROJECT = `{
  "apps": { "mastodon": "4.5" },
  "noticeDays": "thirty",
  "rules": {
    
  }
}
`;

/** @type {Record<string, Shot>} */
export const shots = {
  finding: {
    workspace: "example",
    size: narrow,
    async take(page, folder) {
      await openWithFindings(page, folder, "docker-compose.yml");
      await workbench.goTo(page, finding.line, finding.column);
      await workbench.hoverText(page);
      await page.locator(`${workbench.parts.hover} table`).first().waitFor();
      const hover = await workbench.stillBoxOf(page, workbench.parts.hover);
      return strip(page, hover.y - 110, hover.y + hover.height + 25);
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
      return strip(page, menu.y - 110, menu.y + menu.height + 25);
    },
  },
  completion: {
    workspace: "example",
    size: narrow,
    async take(page, folder) {
      await openWithFindings(page, folder, "docker-compose.yml");
      await workbench.goTo(page, finding.line, finding.column);
      await workbench.openCompletions(page);
      const list = await workbench.boxOf(page, workbench.parts.completions);
      return strip(page, list.y - 110, list.y + list.height + 25);
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
      const { y } = await row.boundingBox();
      return strip(page, y - 80, y + 110);
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
      return { x, y: y - 10, width, height: lastRow.y + lastRow.height + 15 - y };
    },
  },
  matrix: {
    workspace: "example",
    size: wide,
    async take(page) {
      const content = await openMatrix(page);
      await content.locator(".cell-yours").first().waitFor();
      return strip(page, 0, wide.height);
    },
  },
  provider: {
    workspace: "example",
    size: wide,
    async take(page) {
      const content = await openMatrix(page);
      await content.getByRole("tab", { name: "Amazon ElastiCache" }).click();
      await content.getByRole("heading", { name: "What Amazon ElastiCache offers" }).waitFor();
      return strip(page, 0, wide.height);
    },
  },
  timeline: {
    workspace: "example",
    size: wide,
    async take(page) {
      const content = await openMatrix(page);
      await content.getByRole("tab", { name: "Timeline" }).click();
      await content.locator(".track").first().waitFor();
      return strip(page, 0, wide.height);
    },
  },
  "matrix-empty": {
    workspace: "empty",
    size: { width: 1180, height: 620 },
    async take(page) {
      const content = await openMatrix(page);
      await content.locator(".box button").waitFor();
      return strip(page, 0, 620);
    },
  },
  walkthrough: {
    workspace: "empty",
    size: { width: 1200, height: 800 },
    async take(page) {
      await page.keyboard.press("Control+B");
      await workbench.runCommand(page, "Cache Compat: Get started");
      await page.locator(".getting-started-step.expanded").waitFor();
      await page.locator(".getting-started-media iframe, .getting-started-media svg").first().waitFor();
      return strip(page, 0, 800);
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
      await workbench.goTo(page, 5, 5);
      await page.keyboard.type('"image/');
      const list = page.locator(`${workbench.parts.completions} .monaco-list-row`, { hasText: "image/floating-tag" });
      await list.waitFor();
      await rm(join(folder, "cache-compat.json"));
      const { y, height } = await workbench.boxOf(page, workbench.parts.completions);
      return strip(page, 0, y + height + 25);
    },
  },
};
