#!/usr/bin/env node
// Takes the arguments of desktop VS Code that run an extension's tests, and runs them in VS Code in a headless browser instead: the
// `vscodeExecutablePath` of @vscode/test-electron where there is no desktop VS Code. Its exit status tells whether the tests passed.
// `--extensionDevelopmentKind=web` runs them in the web extension host, beside the extensions of `--web-extension=FOLDER`, which are
// loaded as installed ones; `--folder-uri` opens a folder of a virtual file system. `--install-extension` is handed to the server.
import { once } from "node:events";
import { fstatSync } from "node:fs";
import process from "node:process";
import { format, parseArgs } from "node:util";
import { launchBrowser } from "./browser.mjs";
import { isNoise, tellsLostHost } from "./noise.mjs";
import { runServerCommand, startServer } from "./server.mjs";
import { startWebHost } from "./web-host.mjs";

/** For the whole run, start of VS Code included. */
const timeLimitSeconds = Number(process.env.VSCODE_TEST_TIMEOUT_SECONDS || 600);

const { values, positionals } = parseArgs({
  strict: false, // desktop VS Code has many options that mean nothing here
  allowPositionals: true,
  options: {
    extensionTestsPath: { type: "string" },
    extensionDevelopmentPath: { type: "string", multiple: true },
    "extensions-dir": { type: "string" },
    "user-data-dir": { type: "string" },
    "disable-extensions": { type: "boolean" },
    extensionDevelopmentKind: { type: "string" },
    "web-extension": { type: "string", multiple: true },
    "folder-uri": { type: "string" },
    "install-extension": { type: "string" },
  },
});
// Since it is not strict, the types of parseArgs don't follow from the options.
const options = /** @type {Record<string, any>} */ (values);

/** Aborted when the run has to end before the tests do. */
const ending = new AbortController();
/** @param {string} why */
const abort = (why) => ending.abort(new Error(why));
const ended = once(ending.signal, "abort").then(() => {
  throw ending.signal.reason;
});
ended.catch(() => {}); // may come at a moment when nobody waits for it

const timer = setTimeout(() => abort(`not finished after ${timeLimitSeconds} s`), timeLimitSeconds * 1000);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => abort(`interrupted by ${signal}`));
process.stdout.on("error", () => abort("nobody reads the output"));
// A parent that was killed can't signal. But its end of our stdin, which is a socket if Node has made it, gets closed.
if (fstatSync(0).isSocket()) process.stdin.once("end", () => abort("the parent process has ended")).resume();

/** @type {(() => Promise<void>)[]} */
const opened = [];
let isClosing = false;
try {
  const work = options["install-extension"] ? runServerCommand(process.argv.slice(2)) : runTests();
  await Promise.race([work, ended]);
} catch (error) {
  console.error(`VS Code in the browser: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
} finally {
  clearTimeout(timer);
  process.stdin.pause();
  isClosing = true;
  for (const close of opened.reverse()) await close();
}

/**
 * Sees to it that what is being opened gets closed, also when it comes too late.
 * @template Thing
 * @param {Promise<Thing>} opening
 * @param {(thing: Thing) => Promise<void>} close
 */
async function open(opening, close) {
  const thing = await opening;
  if (isClosing) await close(thing);
  else opened.push(() => close(thing));
  return thing;
}

/** Rejects unless the tests have passed. */
async function runTests() {
  const { extensionTestsPath: tests, extensionDevelopmentPath: extensions = [] } = options;
  if (!tests) throw new Error("--extensionTestsPath is missing");
  const folders = { userDataDir: options["user-data-dir"], extensionsDir: options["extensions-dir"] };
  const [server, browser] = await Promise.all([
    open(startServer(folders), (started) => started.stop()),
    open(launchBrowser(), (launched) => launched.close()),
  ]);
  if (isClosing) return;
  server.events.on("exit", () => abort("the server has ended"));
  browser.on("disconnected", () => abort("the browser has ended"));

  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.on("crash", () => abort("the page has crashed"));
  let lostHost = false;
  let passed = false;
  await page.exposeFunction("codeAutomationLog", (/** @type {string} */ _type, /** @type {unknown[]} */ args) => {
    const text = format(...args);
    lostHost ||= tellsLostHost(text);
    passed ||= /^\s*\d+ passing/.test(text);
    // Without the extension host all that comes is the workbench complaining about that.
    if (!lostHost && !isNoise(text)) console.log(text);
  });
  const hostExit = once(server.events, "hostExit");
  const status = new Promise((resolve) => page.exposeFunction("codeAutomationExit", resolve));
  const folder = options["folder-uri"] ?? positionals[0];
  const isWeb = options.extensionDevelopmentKind === "web";
  let url = server.url({
    folder,
    ...(isWeb ? {} : { extensions, tests }),
    disableExtensions: options["disable-extensions"],
  });
  if (isWeb) {
    const web = { development: extensions, installed: options["web-extension"] ?? [], tests };
    ({ url } = await open(startWebHost(url, web), (started) => started.stop()));
  }
  await page.goto(url);

  if ((await status) !== 0) throw new Error("the tests have failed");
  // Status 0 is also what the workbench tells when the extension host has died. A worker leaves no trace: mocha must have spoken.
  if (isWeb) {
    if (!passed) throw new Error("the web extension host has ended before the tests were finished");
    return;
  }
  // For a process the server tells how it ended.
  const [line, inOrder] = await hostExit;
  if (!lostHost && inOrder) return;
  throw new Error(
    `the extension host has died before the tests were finished (${line})\n${server.lastLines().join("\n")}`,
  );
}
