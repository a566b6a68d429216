// Takes the pictures of the documentation from the real workbench, over the example workspace: docs/images/*.png.
import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { launchBrowser } from "./vscode/browser.mjs";
import { startServer } from "./vscode/server.mjs";
import * as workbench from "./vscode/workbench.mjs";

const projectRoot = dirname(dirname(fileURLToPath(import.meta.url)));
const example = join(projectRoot, "examples/mastodon");
const file = join(example, "docker-compose.yml");
const images = join(projectRoot, "docs/images");
const size = { width: 1000, height: 1200 };

/** Only what the pictures are about. */
const settings = {
  "breadcrumbs.enabled": false,
  "editor.fontSize": 13,
  "editor.hover.above": false,
  "editor.lightbulb.enabled": "off",
  "editor.minimap.enabled": false,
  "editor.occurrencesHighlight": "off",
  "editor.renderLineHighlight": "none",
  "editor.scrollBeyondLastLine": false,
  "editor.stickyScroll.enabled": false,
  "window.commandCenter": false,
  "window.menuBarVisibility": "hidden",
  "workbench.activityBar.location": "hidden",
  "workbench.colorTheme": "Default Light Modern",
  "workbench.layoutControl.enabled": false,
};

/**
 * The finding that the pictures show: the first error in the file that can be fixed.
 * @returns {{ line: number, column: number, message: string }}
 */
function chooseFinding() {
  const args = [join(projectRoot, "dist/cli.js"), "check", "--format", "json", file];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  if (!stdout) throw new Error(`cache-compat check has failed: ${stderr}`);
  /** @type {{ severity: string, fixes?: unknown[], line: number, column: number, message: string }[]} */
  const findings = JSON.parse(stdout).files.flatMap((/** @type {any} */ checked) => checked.findings);
  const chosen = findings.find(({ severity, fixes }) => severity === "error" && fixes?.length);
  if (!chosen) throw new Error(`no error that can be fixed in ${file}`);
  return chosen;
}

/**
 * @param {any} page
 * @param {string} name
 * @param {number} top the picture begins there
 * @param {number} bottom and ends there
 */
async function take(page, name, top, bottom) {
  const { x, width } = await workbench.boxOf(page, workbench.parts.editor);
  const path = join(images, `${name}.png`);
  const clip = { x, y: top, width, height: Math.min(bottom, size.height) - top };
  await page.screenshot({ path, clip, animations: "disabled" });
  console.log(`${path} (${Math.round((await stat(path)).size / 1024)} KB)`);
}

/**
 * @param {any} page
 * @param {string} url
 */
async function takeAll(page, url) {
  const finding = chooseFinding();
  await page.goto(url);
  await page.locator(".monaco-workbench .part.editor").waitFor();
  await page.keyboard.press("Control+B"); // no file tree
  await workbench.openFile(page, file);
  await workbench.waitForFindings(page);
  await workbench.goTo(page, finding.line, finding.column);

  await workbench.hoverText(page);
  const hover = await workbench.boxOf(page, workbench.parts.hover);
  await take(page, "finding", hover.y - 130, hover.y + hover.height + 30);
  await workbench.closePopups(page);

  await workbench.openFixes(page);
  const menu = await workbench.boxOf(page, workbench.parts.fixes);
  await take(page, "quick-fix", menu.y - 130, menu.y + menu.height + 30);
  await workbench.closePopups(page);

  await workbench.openProblems(page);
  const lastRow = await workbench.boxOf(page, workbench.parts.lastProblem);
  const { y } = await workbench.boxOf(page, workbench.parts.problems);
  await take(page, "problems", y - 10, lastRow.y + lastRow.height + 20);
}

const userDataDir = await mkdtemp(join(tmpdir(), "screenshots-"));
await mkdir(join(userDataDir, "User"));
await writeFile(join(userDataDir, "User/settings.json"), JSON.stringify(settings));
await mkdir(images, { recursive: true });
const server = await startServer({ userDataDir });
const browser = await launchBrowser();
try {
  const page = await browser.newPage({ viewport: size, deviceScaleFactor: 2 });
  await takeAll(page, server.url({ folder: example, extensions: [projectRoot] }));
} finally {
  await browser.close();
  await server.stop();
  await rm(userDataDir, { recursive: true, force: true });
}
