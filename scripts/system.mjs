// What the tests need of the operating system: a browser, a Redis server, two editors and GNU parallel with jq. On Debian they are installed when missing and when we
// may (root, or sudo that asks nothing); everywhere else the error says in one line what to install.
import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";

const chromiumNames = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome"];
const chromiumOnMac = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/**
 * A browser of the Chromium family. `CHROMIUM` names one that is not on the PATH.
 * @returns {string} path of the executable
 */
export function ensureChromium() {
  const find = () =>
    process.env.CHROMIUM || findProgram(...chromiumNames) || (existsSync(chromiumOnMac) ? chromiumOnMac : undefined);
  return find() ?? install("chromium", "a Chromium browser", find);
}

/**
 * The program only: tests start their own servers on ports of their own. `REDIS_SERVER` names one that is not on the PATH.
 * @returns {string} path of the executable
 */
export function ensureRedisServer() {
  const find = () => process.env.REDIS_SERVER || findProgram("redis-server");
  const found = find();
  if (found) return found;
  const installed = install("redis-server", "redis-server", find);
  // Debian's package starts a service on port 6379, now and at every boot. Nobody asked for that.
  asRoot(["service", "redis-server", "stop"]);
  asRoot(["update-rc.d", "redis-server", "disable"]);
  return installed;
}

/** The editors and tools that the tests of the documentation run. */
export function ensureDocumented() {
  for (const name of ["nvim", "parallel", "jq"]) {
    const find = () => findProgram(name);
    find() ?? install(name === "nvim" ? "neovim" : name, name, find);
  }
  // A terminal is enough; the client and the mode for YAML are packages of their own in Debian's Emacs.
  const find = () => {
    const emacs = findProgram("emacs");
    const libraries = ["--batch", "--eval", "(progn (package-initialize) (require 'eglot) (require 'yaml-mode))"];
    return emacs && spawnSync(emacs, libraries, { stdio: "ignore" }).status === 0 ? emacs : undefined;
  };
  find() ?? install("emacs-nox elpa-eglot elpa-yaml-mode", "Emacs with eglot and yaml-mode", find);
}

/**
 * @param {...string} names tried in this order
 * @returns {string | undefined} path of the first that is on the PATH and may be executed
 */
export function findProgram(...names) {
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  const suffixes = process.platform === "win32" ? [".exe", ".cmd"] : [""];
  for (const name of names)
    for (const folder of folders)
      for (const suffix of suffixes) {
        const file = join(folder, name + suffix);
        if (isExecutable(file)) return file;
      }
  return undefined;
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/**
 * @param {string} debianPackage one or more, with blanks between them
 * @param {string} what for the message
 * @param {() => string | undefined} find
 * @returns {string}
 */
function install(debianPackage, what, find) {
  const advice = `${what} is missing; install it (Debian: apt-get install ${debianPackage}) and try again`;
  if (!findProgram("apt-get") || !rootPrefix()) throw new Error(advice);

  console.log(`Installing from Debian: ${debianPackage} ...`);
  // Lists may be empty on a fresh machine. An update that fails (a mirror is down) can leave good lists behind, so go on.
  asRoot(["apt-get", "update"]);
  const trouble = asRoot([
    "apt-get",
    "install",
    "-y",
    "--no-install-recommends",
    "-o",
    "DPkg::Lock::Timeout=300",
    ...debianPackage.split(" "),
  ]);
  const found = find();
  if (!found) throw new Error(trouble ? `${advice} (apt-get: ${trouble})` : advice);
  return found;
}

/** @returns {string[] | undefined} what to put before a command so that root executes it; undefined when we may not */
function rootPrefix() {
  if (process.getuid?.() === 0) return [];
  const mayBecomeRoot = findProgram("sudo") && spawnSync("sudo", ["-n", "true"], { stdio: "ignore" }).status === 0;
  return mayBecomeRoot ? ["sudo", "-n"] : undefined;
}

/**
 * @param {string[]} command
 * @returns {string | undefined} the last line of what went wrong
 */
function asRoot(command) {
  const [program = "", ...args] = [...(rootPrefix() ?? []), "env", "DEBIAN_FRONTEND=noninteractive", ...command];
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: "utf8" });
  if (status === 0) return undefined;
  return `${stdout}\n${stderr}`.trim().split("\n").at(-1);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  try {
    console.log(ensureChromium());
    console.log(ensureRedisServer());
    ensureDocumented();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
