// Takes the pictures of the documentation from the real workbench, over the example workspace: docs/images/<theme>/, in every kind of
// theme, and docs/images/web/ in the web extension host.
//   npm run screenshots [-- --theme light,dark,web --only matrix,timeline --to FOLDER]
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import vsce from "@vscode/vsce";
import UPNG from "upng-js";
import { shots } from "./screenshots/shots.mjs";
import { launchBrowser } from "./vscode/browser.mjs";
import { startServer } from "./vscode/server.mjs";
import { startWebHost } from "./vscode/web-host.mjs";

const projectRoot = dirname(dirname(fileURLToPath(import.meta.url)));

/** Folder of the pictures, and the theme that VS Code brings for it. */
const themes = {
  light: "Default Light Modern",
  dark: "Default Dark Modern",
  "high-contrast": "Default High Contrast",
  "high-contrast-light": "Default High Contrast Light",
  web: "Default Light Modern",
};

/** A picture of an editor has few colours: with a palette it is a third as large and looks the same. */
const COLOURS = 128;

/** Only what the pictures are about; the same on every day. */
const settings = {
  "breadcrumbs.enabled": false,
  "cacheCompat.asOf": "2026-11-20",
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
  "workbench.layoutControl.enabled": false,
};

const { values } = parseArgs({
  options: {
    theme: { type: "string", default: Object.keys(themes).join(",") },
    only: { type: "string" },
    to: { type: "string", default: join(projectRoot, "docs/images") },
  },
});

const temporary = await mkdtemp(join(tmpdir(), "screenshots-"));
const workspace = join(temporary, "mastodon");
const empty = join(temporary, "empty");
await cp(join(projectRoot, "examples/mastodon"), workspace, { recursive: true });
await mkdir(empty);
// The extension as it ships. And not the project's folder: VS Code lies in there, and takes its own themes for those of the extension then.
const extension = join(temporary, "extension");
for (const file of await vsce.listFiles({ cwd: projectRoot, packageManager: vsce.PackageManager.None }))
  await cp(join(projectRoot, file), join(extension, file), { recursive: true });
const userDataDir = join(temporary, "user-data");
await mkdir(join(userDataDir, "User"), { recursive: true });
const browser = await launchBrowser();

/** @param {keyof typeof themes} theme */
async function takeAll(theme) {
  const userSettings = { ...settings, "workbench.colorTheme": themes[theme] };
  await writeFile(join(userDataDir, "User/settings.json"), JSON.stringify(userSettings));
  await mkdir(join(values.to, theme), { recursive: true });
  const server = await startServer({ userDataDir });
  try {
    for (const [name, shot] of Object.entries(shots))
      if (isWanted(theme, name)) await save(theme, name, await take(server, theme, shot));
  } finally {
    await server.stop();
  }
}

/** What differs there from what the other pictures show. @type {Record<string, readonly string[]>} */
const few = {
  "high-contrast": ["finding", "quick-fix", "matrix", "timeline", "walkthrough"],
  "high-contrast-light": ["matrix", "timeline"],
  web: ["finding", "matrix"],
};

/** @param {string} theme @param {string} name */
function isWanted(theme, name) {
  if (values.only !== undefined) return values.only.split(",").includes(name);
  return few[theme]?.includes(name) ?? true;
}

/**
 * @param {import("./vscode/server.mjs").VscodeServer} server
 * @param {string} theme
 * @param {import("./screenshots/shots.mjs").Shot} shot
 * @returns {Promise<Buffer>}
 */
async function take(server, theme, shot) {
  const folder = shot.workspace === "empty" ? empty : workspace;
  const isWeb = theme === "web";
  const url = server.url({ folder, extensions: isWeb ? [] : [extension] });
  const host = isWeb ? await startWebHost(url, { installed: [extension] }) : null;
  const page = await browser.newPage({ viewport: shot.size, deviceScaleFactor: 1 });
  try {
    await page.goto(host?.url ?? url);
    await page.locator(".monaco-workbench .part.editor").waitFor();
    return await page.screenshot({ clip: await shot.take(page, folder), animations: "disabled" });
  } finally {
    await page.close();
    await host?.stop();
  }
}

/** @param {string} theme @param {string} name @param {Buffer} png */
async function save(theme, name, png) {
  const image = UPNG.decode(png);
  const [pixels = new ArrayBuffer(0)] = UPNG.toRGBA8(image);
  const small = Buffer.from(UPNG.encode([pixels], image.width, image.height, COLOURS));
  const path = join(values.to, theme, `${name}.png`);
  await writeFile(path, small);
  console.log(`${path} (${Math.round(small.length / 1024)} KB)`);
}

try {
  for (const theme of values.theme.split(",")) {
    if (!(theme in themes)) throw new Error(`no theme ${theme}; there are ${Object.keys(themes).join(", ")}`);
    await takeAll(/** @type {keyof typeof themes} */ (theme));
  }
} finally {
  await browser.close();
  await rm(temporary, { recursive: true, force: true });
}
