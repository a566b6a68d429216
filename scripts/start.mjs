// `npm start`: shows what the extension is for. Checks the example workspace in the terminal, then opens it in VS Code with the extension
// loaded from this folder: desktop VS Code where there is a `code` command that works, else VS Code in the browser.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { dirname, join, relative } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { findProgram } from "./system.mjs";
import { findDesktopVscode, hasScreen } from "./vscode/desktop.mjs";
import { startServer } from "./vscode/server.mjs";

const projectRoot = dirname(dirname(fileURLToPath(import.meta.url)));
const example = join(projectRoot, "examples/mastodon");
const firstFile = join(example, "docker-compose.yml");

try {
  const { values } = parseArgs({ options: { "no-open": { type: "boolean" }, port: { type: "string", default: "0" } } });
  checkExample();
  if (!values["no-open"] && !openOnDesktop()) await serveInBrowser(Number(values.port));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

function checkExample() {
  const folder = relative(process.cwd(), example) || ".";
  console.log(`\n$ cache-compat check ${folder}\n`);
  const { status, signal } = spawnSync(process.execPath, [join(projectRoot, "dist/cli.js"), "check", folder], {
    stdio: "inherit",
  });
  // 1 means that there are findings. The example has some: they are what is to be shown.
  if (status !== 0 && status !== 1) throw new Error(`cache-compat check has failed (${signal ?? status})`);
}

/** @returns {boolean} whether it is open; the command refuses, for instance, to work for root */
function openOnDesktop() {
  const code = findDesktopVscode()?.command;
  if (!code) return false;
  console.log("\nOpening the example in VS Code ...");
  const args = ["--new-window", `--extensionDevelopmentPath=${projectRoot}`, example, firstFile];
  const { status } = spawnSync(code, args, { stdio: "inherit", shell: process.platform === "win32" });
  return status === 0;
}

/** @param {number} port */
async function serveInBrowser(port) {
  const server = await startServer({ port });
  const url = server.url({ folder: example, extensions: [projectRoot], openFile: firstFile });
  console.log(`\nVS Code with the extension is served on this address; Ctrl+C ends it:\n\n${url}\n`);
  const opener = findProgram(process.platform === "darwin" ? "open" : "xdg-open");
  if (opener && hasScreen())
    spawn(opener, [url], { detached: true, stdio: "ignore" })
      .on("error", () => {})
      .unref();

  const ended = once(server.events, "exit").then(() => {
    throw new Error(`the VS Code server has ended:\n${server.lastLines().join("\n")}`);
  });
  const interrupted = ["SIGINT", "SIGTERM", "SIGHUP"].map((signal) => once(process, signal));
  try {
    await Promise.race([...interrupted, ended]);
  } finally {
    ended.catch(() => {}); // stopping is expected from here on
    await server.stop();
  }
}
