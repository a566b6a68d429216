// Runs test/e2e/suite in a real VS Code, over a copy of the example workspace.
//
// Which VS Code: the one that VSCODE_EXECUTABLE names; else desktop VS Code, installed or downloaded, where there is a screen; else VS Code
// in a headless browser, which needs nothing but the npm registry.
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { downloadAndUnzipVSCode, runTests } from "@vscode/test-electron";
import { findDesktopVscode, hasScreen } from "../../scripts/vscode/desktop.mjs";

const projectRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

async function chooseVscode() {
  const { VSCODE_EXECUTABLE: named, VSCODE_VERSION: version } = process.env;
  if (named) return { name: "VSCODE_EXECUTABLE", executable: named };
  const installed = version ? undefined : findDesktopVscode()?.executable;
  if (installed && hasScreen()) return { name: "installed desktop VS Code", executable: installed };
  if (hasScreen() && (await canDownload()))
    return { name: "downloaded desktop VS Code", executable: await downloadAndUnzipVSCode(version ?? "stable") };
  const executable = join(projectRoot, "scripts/vscode/browser-host.mjs");
  return { name: "VS Code in a headless browser", executable };
}

/** Answers soon, also where packets to the outside just vanish. */
async function canDownload() {
  try {
    const signal = AbortSignal.timeout(3000);
    const answer = await fetch("https://update.code.visualstudio.com/api/releases/stable", { method: "HEAD", signal });
    return answer.ok;
  } catch {
    return false;
  }
}

const { name, executable } = await chooseVscode();
console.log(`Real VS Code: ${name} (${executable})`);

// On SIGINT runTests closes VS Code in good order; on others it would leave it behind.
process.once("SIGTERM", () => process.kill(process.pid, "SIGINT"));

const temporary = await mkdtemp(join(tmpdir(), "cache-compat-e2e-"));
const workspace = join(temporary, "mastodon");
await cp(join(projectRoot, "examples/mastodon"), workspace, { recursive: true });
try {
  await runTests({
    vscodeExecutablePath: executable,
    extensionDevelopmentPath: projectRoot,
    extensionTestsPath: join(projectRoot, "dist/test/e2e/index.js"),
    // Folders of our own: no settings, extensions or state of whoever runs this.
    launchArgs: [
      workspace,
      "--disable-extensions",
      `--user-data-dir=${join(temporary, "user-data")}`,
      `--extensions-dir=${join(temporary, "extensions")}`,
    ],
    extensionTestsEnv: { E2E_COLORS: process.stdout.isTTY ? "1" : "" },
  });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await rm(temporary, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}
