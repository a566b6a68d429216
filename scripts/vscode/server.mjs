// The VS Code server as a child process, and the address of its workbench.
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { EventEmitter, once } from "node:events";
import { existsSync, statSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { createInterface } from "node:readline";
import { installVscode } from "./install.mjs";
import { calmSettings } from "./settings.mjs";

/**
 * @typedef {object} ServerOptions
 * @property {number} [port] 0, the default, picks a free one
 * @property {string} [userDataDir] settings found there win over the calm ones
 * @property {string} [extensionsDir]
 * @property {boolean} [withTrust] workspaces are not trusted until somebody says so
 *
 * @typedef {object} WorkbenchOptions
 * @property {string | undefined} [folder] absolute path of a folder or of a `.code-workspace` file, or the URI of a folder
 * @property {readonly string[]} [extensions] folders of extensions under development
 * @property {string} [openFile]
 * @property {string} [tests] module that exports run()
 * @property {boolean} [disableExtensions] all but those under development
 *
 * @typedef {object} VscodeServer
 * @property {(options: WorkbenchOptions) => string} url of the workbench; works in any browser on this machine
 * @property {EventEmitter<{ hostExit: [line: string, inOrder: boolean], exit: [] }>} events an extension host, or the server, has ended
 * @property {() => readonly string[]} lastLines of its output: what went wrong, if something did
 * @property {() => Promise<void>} stop ends the server and everything that it has started
 */

/**
 * Runs VS Code's own command line, such as `--install-extension FILE --extensions-dir FOLDER`.
 * @param {readonly string[]} args
 */
export async function runServerCommand(args) {
  const { serverMain } = await installVscode();
  const child = spawn(process.execPath, [serverMain, "--accept-server-license-terms", ...args], { stdio: "inherit" });
  const [code] = await once(child, "exit");
  if (code !== 0) throw new Error(`VS Code ended with ${code} for ${args.join(" ")}`);
}

/**
 * @param {ServerOptions} [options]
 * @returns {Promise<VscodeServer>} ready for connections
 */
export async function startServer({ port = 0, userDataDir, extensionsDir, withTrust = false } = {}) {
  const { serverMain } = await installVscode();
  const temporary = await mkdtemp(join(tmpdir(), "vscode-server-"));
  const userData = userDataDir ?? join(temporary, "data");
  await writeSettings(userData);

  // Without the token every web page and every user of this machine could run programs through the server.
  const token = randomUUID();
  const args = [
    ...["--host", "127.0.0.1", "--port", String(port), "--connection-token", token],
    ...["--server-data-dir", temporary, "--user-data-dir", userData],
    ...["--extensions-dir", extensionsDir ?? join(temporary, "extensions")],
    ...["--accept-server-license-terms", "--telemetry-level", "off", "--disable-update-check"],
    ...["--disable-getting-started-override", "--enable-smoke-test-driver"],
    ...(withTrust ? [] : ["--disable-workspace-trust"]),
  ];
  // Inside a terminal of VS Code there are variables that would tie our server to that other VS Code.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(VSCODE|ELECTRON)_/.test(name)));
  // A process group of its own: the extension host and a language server are then ended together with the server.
  const child = spawn(process.execPath, [serverMain, ...args], {
    env,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });

  /** @type {VscodeServer["events"]} */
  const events = new EventEmitter();
  child.once("exit", () => events.emit("exit"));
  /** @type {string[]} */
  const lines = [];

  const stop = async () => {
    if (child.pid && child.exitCode === null && child.signalCode === null) {
      const ended = once(child, "exit");
      process.kill(-child.pid, "SIGKILL");
      await ended;
    }
    await rm(temporary, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  };

  try {
    const actualPort = await listening(child, events, lines);
    return { url: (options) => workbenchUrl(actualPort, token, options), events, lastLines: () => lines, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * @param {import("node:child_process").ChildProcessByStdio<null, import("node:stream").Readable, import("node:stream").Readable>} child
 * @param {VscodeServer["events"]} events
 * @param {string[]} lastLines kept up to date
 * @returns {Promise<number>} its port
 */
function listening(child, events, lastLines) {
  return new Promise((resolve, reject) => {
    /** @param {string} line */
    const read = (line) => {
      lastLines.push(line);
      if (lastLines.length > 30) lastLines.shift();
      const port = /Extension host agent listening on (\d+)/.exec(line)?.[1];
      if (port) resolve(Number(port));
      const end = /Extension Host Process exited with code: (\w+), signal: (\w+)/.exec(line);
      if (end) events.emit("hostExit", end[0], end[1] === "0" && end[2] === "null");
    };
    for (const stream of [child.stdout, child.stderr]) createInterface(stream).on("line", read);
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      reject(new Error(`the VS Code server has ended (${signal ?? code}):\n${lastLines.join("\n")}`));
    });
  });
}

/**
 * @param {number} port
 * @param {string} token
 * @param {WorkbenchOptions} options
 */
function workbenchUrl(port, token, { folder, extensions = [], openFile, tests, disableExtensions = false }) {
  // The workbench takes only addresses on its own host, spelt as in the address of the page.
  const host = `localhost:${port}`;
  /** @param {string} path */
  const uri = (path) => `vscode-remote://${host}${path.split("/").map(encodeURIComponent).join("/")}`;
  const payload = [
    ...extensions.map((path) => ["extensionDevelopmentPath", uri(path)]),
    ...(tests ? [["extensionTestsPath", uri(tests)]] : []),
    ...(openFile ? [["openFile", uri(openFile)]] : []),
    ...(disableExtensions ? [["disableExtensions", "true"]] : []),
    ...[
      ["enableProposedApi", ""],
      ["skipWelcome", "true"],
      ["skipReleaseNotes", "true"],
    ],
  ];
  const query = new URLSearchParams({ tkn: token });
  if (!folder) query.set("ew", "true");
  else query.set(existsSync(folder) && statSync(folder).isFile() ? "workspace" : "folder", folder);
  query.set("payload", JSON.stringify(payload));
  return `http://${host}/?${query}`;
}

/** @param {string} userData */
async function writeSettings(userData) {
  const file = join(userData, "User", "settings.json");
  const own = existsSync(file) ? JSON.parse(await readFile(file, "utf8")) : {};
  await mkdir(join(userData, "User"), { recursive: true });
  await writeFile(file, JSON.stringify({ ...calmSettings, ...own }, null, 2));
}
