// Packs the extension, installs it into a real VS Code, and runs the suite there over copies of the example workspace: in the extension
// host that is a Node process, in the one that is a worker of the browser, and there once more in a workspace without a disk. A workspace
// that is not trusted is looked at from outside.
//
// Which VS Code for the first: the one that VSCODE_EXECUTABLE names; else desktop VS Code, installed or downloaded, where there is a
// screen; else VS Code in a headless browser, which needs nothing but the npm registry and is what the others run in.
// `node test/e2e/run.mjs node web virtual untrusted`: only those named; E2E_GREP=WORD: only tests with the word.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { downloadAndUnzipVSCode, resolveCliPathFromVSCodeExecutablePath, runTests } from "@vscode/test-electron";
import { findDesktopVscode, hasScreen } from "../../scripts/vscode/desktop.mjs";
import { buildSuite } from "./build.mjs";
import { checkUntrusted } from "./untrusted.mjs";

const projectRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const inBrowser = join(projectRoot, "scripts/vscode/browser-host.mjs");
const built = join(projectRoot, "dist/test/e2e/extensions");

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

/**
 * A window of three folders: the example, another stack with a version of its own, and one that is on no disk.
 * @param {string} folder is made
 */
async function makeWorkspace(folder) {
  await cp(join(projectRoot, "examples/mastodon"), join(folder, "mastodon"), { recursive: true });
  await mkdir(join(folder, "older"));
  await writeFile(join(folder, "older/cache-compat.json"), '{ "apps": { "mastodon": "4.3" } }\n');
  await writeFile(join(folder, "older/compose.yaml"), "services:\n  cache:\n    image: redis:6.2\n");
  const file = join(folder, "stacks.code-workspace");
  const folders = [{ path: "mastodon" }, { path: "older" }, { uri: "memory:/mastodon", name: "in memory" }];
  await writeFile(file, JSON.stringify({ folders }));
  return file;
}

const { name, executable } = await chooseVscode();
console.log(`Real VS Code: ${name} (${executable})`);

// On SIGINT runTests closes VS Code in good order; on others it would leave it behind.
process.once("SIGTERM", () => process.kill(process.pid, "SIGINT"));

const temporary = await mkdtemp(join(tmpdir(), "cache-compat-e2e-"));
const extensionsDir = join(temporary, "extensions");
const development = ["tests", "yaml"].map((extension) => join(built, extension));

/** @type {Record<string, (extension: string) => Promise<unknown>>} */
const runs = {
  node: async () =>
    runTests({
      vscodeExecutablePath: executable,
      // All that are in this folder: in a browser VS Code takes one path only.
      extensionDevelopmentPath: built,
      extensionTestsPath: join(built, "tests/roots.js"),
      // Folders of our own: no settings, extensions or state of whoever runs this.
      launchArgs: [
        await makeWorkspace(join(temporary, "node")),
        `--user-data-dir=${join(temporary, "user-data")}`,
        `--extensions-dir=${extensionsDir}`,
      ],
      extensionTestsEnv: { E2E_COLORS: process.stdout.isTTY ? "1" : "" },
    }),
  web: async (extension) => runWeb(extension, "roots.web.js", [await makeWorkspace(join(temporary, "web"))]),
  virtual: (extension) => runWeb(extension, "suite.web.js", ["--folder-uri=memory:/mastodon"]),
  untrusted: async () => {
    await makeWorkspace(join(temporary, "untrusted"));
    await checkUntrusted(extensionsDir, join(temporary, "untrusted/mastodon"));
  },
};

/** @param {string} extension @param {string} tests @param {string[]} workspace */
function runWeb(extension, tests, workspace) {
  return run(inBrowser, [
    "--extensionDevelopmentKind=web",
    ...development.map((folder) => `--extensionDevelopmentPath=${folder}`),
    `--web-extension=${extension}`,
    `--extensionTestsPath=${join(built, "tests", tests)}`,
    ...workspace,
  ]);
}

try {
  await buildSuite();
  const installed = await install(executable, extensionsDir, temporary);
  const wanted = process.argv.slice(2);
  for (const [host, start] of Object.entries(runs)) {
    if (wanted.length > 0 && !wanted.includes(host)) continue;
    console.log(`\n== ${host} ==`);
    await start(installed);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await rm(temporary, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}
