// A workspace that nobody trusts. VS Code trusts whatever it runs tests in, so this is looked at from outside, as a person does.
import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { launchBrowser } from "../../scripts/vscode/browser.mjs";
import { startServer } from "../../scripts/vscode/server.mjs";
import * as workbench from "../../scripts/vscode/workbench.mjs";

/**
 * @param {string} extensionsDir with the installed extension
 * @param {string} folder a copy of the example
 */
export async function checkUntrusted(extensionsDir, folder) {
  const userDataDir = await mkdtemp(join(tmpdir(), "untrusted-"));
  await mkdir(join(userDataDir, "User"));
  const settings = { "security.workspace.trust.startupPrompt": "never", "security.workspace.trust.banner": "never" };
  await writeFile(join(userDataDir, "User/settings.json"), JSON.stringify(settings));
  const [server, browser] = await Promise.all([
    startServer({ userDataDir, extensionsDir, withTrust: true }),
    launchBrowser(),
  ]);
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(server.url({ folder }));
    await page.locator(".statusbar-item", { hasText: "Restricted Mode" }).waitFor();
    await workbench.openFile(page, join(folder, "docker-compose.yml"));
    await workbench.waitForFindings(page);
    // What the language status item says cannot be asked by an extension.
    await page.locator('[id="status.languageStatus"]').hover();
    await page.locator(".hover-language-status", { hasText: "Caches for Mastodon 4.5" }).waitFor();
    const rows = await workbench.openProblems(page);
    assert.match(rows.join("\n"), /Mastodon 4\.5 does not support Redis 6\.2/);
    console.log("  ✔ an untrusted workspace is checked as any other, and the language status says for which app");
  } finally {
    await browser.close();
    await server.stop();
    await rm(userDataDir, { recursive: true, force: true });
  }
}
