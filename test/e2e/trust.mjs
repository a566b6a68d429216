// What no extension can look at is looked at from outside, as a person does: workspaces that nobody trusts until somebody does (VS Code
// trusts whatever it runs tests in), and the view, which follows what changes.
import assert from "node:assert/strict";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { launchBrowser } from "../../scripts/vscode/browser.mjs";
import { startServer } from "../../scripts/vscode/server.mjs";
import * as workbench from "../../scripts/vscode/workbench.mjs";

const examples = join(import.meta.dirname, "../../examples");
const settings = { "security.workspace.trust.startupPrompt": "never", "security.workspace.trust.banner": "never" };

/**
 * @param {string} extensionsDir with the installed extension
 * @param {string} temporary is made
 */
export async function checkTrust(extensionsDir, temporary) {
  await cp(examples, temporary, { recursive: true });
  const userDataDir = await mkdtemp(join(tmpdir(), "trust-"));
  await mkdir(join(userDataDir, "User"));
  await writeFile(join(userDataDir, "User/settings.json"), JSON.stringify(settings));
  const [server, browser] = await Promise.all([
    startServer({ userDataDir, extensionsDir, withTrust: true }),
    launchBrowser(),
  ]);
  /** @param {string} folder @param {string} file */
  const open = async (folder, file) => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(server.url({ folder: join(temporary, folder) }));
    await page.locator(".statusbar-item", { hasText: "Restricted Mode" }).waitFor();
    await workbench.openFile(page, join(temporary, folder, file));
    return page;
  };
  try {
    const page = await open("mastodon", "docker-compose.yml");
    await checkRestricted(page);
    console.log("  ✔ an untrusted workspace is checked as any other, and the language status says for which app");
    await checkView(page, join(temporary, "mastodon/docker-compose.yml"));
    console.log("  ✔ the view marks what the workspace runs, and follows what another program changes");
    await page.close();
    await checkGranted(await open("organisation", "compose.yaml"));
    console.log("  ✔ an organisation's own tables have no say until the workspace is trusted, and count from then on");
  } finally {
    await browser.close();
    await server.stop();
    await rm(userDataDir, { recursive: true, force: true });
  }
}

/** What the language status item says cannot be asked by an extension. @param {any} page @param {string} text */
async function languageStatus(page, text) {
  await page.locator('[id="status.languageStatus"]').hover();
  await page.locator(".hover-language-status", { hasText: text }).waitFor();
}

/** @param {any} page */
async function checkRestricted(page) {
  await workbench.waitForFindings(page);
  await languageStatus(page, "Caches for Mastodon 4.5");
  const rows = await workbench.openProblems(page);
  assert.match(rows.join("\n"), /Mastodon 4\.5 does not support Redis 6\.2/);
}

/** @param {any} page @param {string} file that the view has read */
async function checkView(page, file) {
  await workbench.runCommand(page, "Cache Compat: Show compatibility matrix");
  const view = workbench.webview(page);
  await view.getByRole("row", { name: /^Redis 6\.2 docker-compose\.yml:25 / }).waitFor();
  await writeFile(file, (await readFile(file, "utf8")).replace("redis:6.2-alpine", "redis:8.2-alpine"));
  await view.getByRole("row", { name: /^Redis 8\.2 docker-compose\.yml:25 .*yours/ }).waitFor();
  assert.equal(await view.getByRole("row", { name: /^Redis 6\.2 docker-compose\.yml/ }).count(), 0);
}

/** @param {any} page */
async function checkGranted(page) {
  await languageStatus(page, "the workspace is not trusted, so its tables have no say");
  await page.keyboard.press("Control+Shift+M");
  const finding = page.locator(".markers-panel-container .monaco-list-row", {
    hasText: "Web Shop 3.2 does not support",
  });
  assert.equal(await finding.count(), 0);
  await workbench.runCommand(page, "Workspaces: Manage Workspace Trust");
  await page.locator(".workspace-trust-editor .monaco-button", { hasText: "Trust" }).first().click();
  await finding.waitFor();
  await page.locator(".statusbar-item", { hasText: "Restricted Mode" }).waitFor({ state: "detached" });
  await page.close();
}
