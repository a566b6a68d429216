// Packs the extension, installs it into a real VS Code, and runs the suite there over copies of the example workspace: in the extension
// host that is a Node process, in the one that is a worker of the browser, and there once more in a workspace without a disk. Workspaces
// that are not trusted are looked at from outside. Two at a time: most of it is waiting.
//
// Which VS Code for the first: the one that VSCODE_EXECUTABLE names; else desktop VS Code, installed or downloaded, where there is a
// screen; else VS Code in a headless browser, which needs nothing but the npm registry and is what the others run in.
// `node test/e2e/run.mjs node web virtual trust`: only those named; E2E_GREP=WORD: only tests with the word.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { downloadAndUnzipVSCode, resolveCliPathFromVSCodeExecutablePath } from "@vscode/test-electron";
import { findDesktopVscode, hasScreen } from "../../scripts/vscode/desktop.mjs";
import { buildSuite } from "./build.mjs";

const projectRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const inBrowser = join(projectRoot, "scripts/vscode/browser-host.mjs");
const hosts = ["node", "web", "virtual", "trust"];
/** More at once would wait for the processor, and for each other. */
const AT_ONCE = 2;

async function chooseVscode() {
  const { VSCODE_EXECUTABLE: named, VSCODE_VERSION: version } = process.env;
  if (named) return { name: "VSCODE_EXECUTABLE", executable: named };
  const installed = version ? undefined : findDesktopVscode()?.executable;
  if (installed && hasScreen()) return { name: "installed desktop VS Code", executable: installed };
  if (hasScreen() && (await canDownload()))
    return { name: "downloaded desktop VS Code", executable: await downloadAndUnzipVSCode(version ?? "stable") };
  return { name: "VS Code in a headless browser", executable: inBrowser };
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

/** @param {string} program @param {string[]} args */
async function run(program, args) {
  const isScript = program.endsWith(".mjs");
  const child = spawn(isScript ? process.execPath : program, isScript ? [program, ...args] : args, {
    stdio: ["pipe", "inherit", "inherit"],
    shell: !isScript && process.platform === "win32",
  });
  const [code, signal] = await once(child, "exit");
  if (code !== 0) throw new Error(`${program} ended with ${signal ?? code}`);
}

/**
 * Packs the extension and installs the package as `code --install-extension` does.
 * @param {string} executable
 * @param {string} extensionsDir
 * @param {string} temporary
 * @returns {Promise<string>} the folder of the installed extension
 */
async function install(executable, extensionsDir, temporary) {
  const vsix = join(temporary, "cache-compat.vsix");
  const vsce = join(projectRoot, "node_modules/@vscode/vsce/vsce");
  const packed = spawnSync(process.execPath, [vsce, "package", "--no-dependencies", "--out", vsix], {
    cwd: projectRoot,
    encoding: "utf8",
  });
  if (packed.status !== 0) throw new Error(`the extension cannot be packed:\n${packed.stdout}${packed.stderr}`);
  const cli = executable.endsWith(".mjs") ? executable : resolveCliPathFromVSCodeExecutablePath(executable);
  const profile = [`--extensions-dir=${extensionsDir}`, `--user-data-dir=${join(temporary, "user-data")}`];
  await run(cli, [...profile, "--install-extension", vsix]);
  const folder = (await readdir(extensionsDir)).find((name) => name.startsWith("cache-compat.cache-compat-"));
  if (folder === undefined) throw new Error(`VS Code has not installed the extension into ${extensionsDir}`);
  return join(extensionsDir, folder);
}

/** @type {Set<import("node:child_process").ChildProcess>} */
const running = new Set();

/**
 * Several at once print when they are finished, one after the other.
 * @param {string} host
 * @param {object} given
 * @param {boolean} isAlone
 */
async function runHost(host, given, isAlone) {
  const child = spawn(process.execPath, [join(import.meta.dirname, "host.mjs"), host, JSON.stringify(given)], {
    stdio: ["pipe", isAlone ? "inherit" : "pipe", isAlone ? "inherit" : "pipe"],
  });
  running.add(child);
  const begun = performance.now();
  let printed = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding("utf8").on("data", (text) => (printed += text));
  const [code, signal] = await once(child, "close");
  running.delete(child);
  console.log(`\n== ${host} ==\n${printed}== ${host}: ${Math.round((performance.now() - begun) / 1000)} s ==`);
  if (code !== 0) throw new Error(`${host} ended with ${signal ?? code}`);
}

const { name, executable } = await chooseVscode();
console.log(`Real VS Code: ${name} (${executable})`);

for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"]))
  process.on(signal, () => {
    process.exitCode = 1;
    waiting.length = 0;
    for (const child of running) child.kill(signal);
  });

const temporary = await mkdtemp(join(tmpdir(), "cache-compat-e2e-"));
const extensionsDir = join(temporary, "extensions");
const wanted = process.argv.slice(2);
const waiting = hosts.filter((host) => wanted.length === 0 || wanted.includes(host));

try {
  await buildSuite();
  const installed = await install(executable, extensionsDir, temporary);
  const given = { executable, extensionsDir, installed, temporary };
  const isAlone = waiting.length === 1;
  const work = async () => {
    for (let host = waiting.shift(); host !== undefined; host = waiting.shift()) await runHost(host, given, isAlone);
  };
  const ended = await Promise.allSettled(Array.from({ length: AT_ONCE }, work));
  for (const one of ended) if (one.status === "rejected") throw one.reason;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await rm(temporary, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}
