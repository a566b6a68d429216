// Takes the pictures of the documentation from the real workbench, over the example workspace, in every kind of theme: docs/images/.
//   npm run screenshots [-- --theme light,dark --only matrix,timeline --to FOLDER]
import { cp, mkdir, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import vsce from "@vscode/vsce";
import { shots } from "./screenshots/shots.mjs";
import { launchBrowser } from "./vscode/browser.mjs";
import { startServer } from "./vscode/server.mjs";

const projectRoot = dirname(dirname(fileURLToPath(import.meta.url)));

/** Folder of the pictures, and the theme that VS Code brings for it. */
const themes = {
  light: "Default Light Modern",
  dark: "Default Dark Modern",
  "high-contrast": "Default High Contrast",
  "high-contrast-light": "Default High Contrast Light",
};

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
    only: { type: "string", default: Object.keys(shots).join(",") },
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
try {
  for (const theme of values.theme.split(",")) {
    const name = themes[/** @type {keyof typeof themes} */ (theme)];
    if (name === undefined) throw new Error(`no theme ${theme}; there are ${Object.keys(themes).join(", ")}`);
    await writeFile(
      join(userDataDir, "User/settings.json"),
      JSON.stringify({ ...settings, "workbench.colorTheme": name }),
    );
    const folder = join(values.to, theme);
    await mkdir(folder, { recursive: true });
    const server = await startServer({ userDataDir });
    try {
      for (const [shot, { workspace: kind, size, take }] of Object.entries(shots)) {
        if (!values.only.split(",").includes(shot)) continue;
        const page = await browser.newPage({ viewport: size, deviceScaleFactor: 1 });
        await page.goto(server.url({ folder: kind === "empty" ? empty : workspace, extensions: [extension] }));
        await page.locator(".monaco-workbench .part.editor").waitFor();
        const clip = await take(page, kind === "empty" ? empty : workspace);
        const path = join(folder, `${shot}.png`);
        await page.screenshot({ path, clip, animations: "disabled" });
        console.log(`${path} (${Math.round((await stat(path)).size / 1024)} KB)`);
        await page.close();
      }
    } finally {
      await server.stop();
    }
  }
} finally {
  await browser.close();
  await rm(temporary, { recursive: true, force: true });
}
