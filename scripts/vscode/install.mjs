// Installs a real VS Code from the npm registry: the server of code-server, which brings the workbench for a browser and the extension
// host. It stands in for desktop VS Code on machines which have no screen, or no way to download the desktop program.
//
// The finished folder appears under its name in one step (a rename) and carries a stamp, so an interrupted installation is never used.
import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { chmod, copyFile, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { findProgram } from "../system.mjs";

const run = promisify(execFile);

/** VS Code 1.100.3: the newest that runs on Node 20 and can be installed from the registry alone. */
const codeServer = "code-server@4.100.3";
const tools = ["playwright-core@1.65.1", "node-gyp@11.5.0"];
/** Without ripgrep `workspace.findFiles` rejects. The server's own dependency downloads it from GitHub, this package contains it. */
const ripgrep = `@vscode/ripgrep-${process.platform}-${process.arch}@1.18.0`;
/** Compiled code fits one Node ABI only; raise the number when the steps below change. */
const stamp = JSON.stringify({ codeServer, tools, ripgrep, abi: process.versions.modules, steps: 1 });

const projectRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const spdlogStandIn = fileURLToPath(new URL("spdlog-stand-in.cjs", import.meta.url));
const cacheFolder = join(projectRoot, ".vscode-test");
const home = join(cacheFolder, codeServer.replace("@", "-"));

/** @typedef {{ serverMain: string, playwright: string }} Installation */

/** @type {Installation} */
const installation = {
  serverMain: join(home, "node_modules/code-server/lib/vscode/out/server-main.js"),
  playwright: join(home, "node_modules/playwright-core/index.mjs"),
};

/** @type {Promise<Installation> | undefined} */
let running;

/**
 * Server and browser ask for it at the same time: one installation serves both.
 * @returns {Promise<Installation>}
 */
export function installVscode() {
  running ??= install();
  return running;
}

/** @returns {Promise<Installation>} */
async function install() {
  if (isInstalled()) return installation;
  await removeLeftovers();
  const building = join(cacheFolder, `building-${process.pid}`);
  try {
    console.log(
      `Installing ${codeServer} (VS Code for the browser) into ${home}, once; this takes a minute or two ...`,
    );
    await installInto(building);
    await writeFile(join(building, "stamp.json"), stamp);
    await moveIntoPlace(building);
  } finally {
    await rm(building, { recursive: true, force: true });
  }
  return installation;
}

function isInstalled() {
  const file = join(home, "stamp.json");
  return existsSync(file) && readFileSync(file, "utf8") === stamp;
}

/** @param {string} folder */
async function installInto(folder) {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "package.json"), '{ "private": true }\n');
  // No install scripts anywhere: several of them download from places other than the registry.
  await npmInstall(folder, "--no-save", codeServer, ...tools, ripgrep);

  const vscode = join(folder, "node_modules/code-server/lib/vscode");
  await npmInstall(vscode, "--omit=dev", "--legacy-peer-deps");

  const binary = process.platform === "win32" ? "rg.exe" : "rg";
  const source = join(folder, "node_modules", ripgrep.slice(0, ripgrep.lastIndexOf("@")), "bin", binary);
  const target = join(vscode, "node_modules/@vscode/ripgrep/bin", binary);
  await mkdir(dirname(target), { recursive: true });
  await copyFile(source, target);
  await chmod(target, 0o755);

  await buildNativeModules(folder, join(vscode, "node_modules"));
}

/**
 * Where they can't be compiled there are stand-ins: for spdlog, which writes the files behind the output channels, and for
 * native-watchdog, which then watches nothing. Without node-pty there are just no terminals.
 * @param {string} folder
 * @param {string} modules
 */
async function buildNativeModules(folder, modules) {
  const headers = nodeHeaders();
  const canBuild =
    headers !== undefined && findProgram("make") && findProgram("g++", "c++") && findProgram("python3", "python");
  const nodeGyp = join(folder, "node_modules/node-gyp/bin/node-gyp.js");
  const builds = ["@vscode/spdlog", "native-watchdog", "node-pty"].map(async (name) => {
    const module = join(modules, name);
    try {
      if (!canBuild) throw new Error("no compiler, or no headers of Node");
      await run(process.execPath, [nodeGyp, "rebuild", `--nodedir=${headers}`], {
        cwd: module,
        env: { ...process.env, JOBS: "max" },
        maxBuffer: 1e8,
      });
    } catch (error) {
      const [reason] = (error instanceof Error ? error.message : String(error)).split("\n");
      console.log(`  ${name} is not compiled, VS Code does without it (${reason})`);
      if (name === "@vscode/spdlog") await copyFile(spdlogStandIn, await mainFile(module));
      if (name === "native-watchdog") await writeFile(await mainFile(module), "exports.start = () => true;\n");
    }
  });
  await Promise.all(builds);
}

/** @param {string} module */
async function mainFile(module) {
  const { main = "index.js" } = JSON.parse(await readFile(join(module, "package.json"), "utf8"));
  return join(module, main);
}

/** @returns {string | undefined} the folder for node-gyp's --nodedir; headers of another Node are of no use */
function nodeHeaders() {
  const prefix = dirname(dirname(process.execPath));
  const file = join(prefix, "include/node/node_version.h");
  if (!existsSync(file)) return undefined;
  const major = /#define NODE_MAJOR_VERSION (\d+)/.exec(readFileSync(file, "utf8"))?.[1];
  return major === process.versions.node.split(".")[0] ? prefix : undefined;
}

/**
 * @param {string} folder
 * @param {...string} args
 */
async function npmInstall(folder, ...args) {
  const fixed = ["install", "--prefix", folder, "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  await run("npm", [...fixed, ...args], { cwd: folder, maxBuffer: 1e8, shell: process.platform === "win32" });
}

/** @param {string} building */
async function moveIntoPlace(building) {
  // Another process may have finished the same work meanwhile; then its folder is as good as ours.
  if (isInstalled()) return;
  await rm(home, { recursive: true, force: true });
  try {
    await rename(building, home);
  } catch (error) {
    if (!isInstalled()) throw error;
  }
}

/** Folders of installations whose process has died before the end. */
async function removeLeftovers() {
  await mkdir(cacheFolder, { recursive: true });
  for (const name of await readdir(cacheFolder)) {
    const pid = Number(/^building-(\d+)$/.exec(name)?.[1]);
    if (pid && !isAlive(pid)) await rm(join(cacheFolder, name), { recursive: true, force: true });
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await installVscode();
