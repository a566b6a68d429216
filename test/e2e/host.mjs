// Runs the suite in one host, over a copy of the example workspace of its own. Started by run.mjs, which has packed and installed the extension:
// `node test/e2e/host.mjs HOST '{ "executable": …, "extensionsDir": …, "installed": …, "temporary": … }'`.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { runTests } from "@vscode/test-electron";
import { tsImport } from "tsx/esm/api";
import { checkTrust } from "./trust.mjs";

const projectRoot = join(import.meta.dirname, "../..");
const inBrowser = join(projectRoot, "scripts/vscode/browser-host.mjs");
const built = join(projectRoot, "dist/test/e2e/extensions");

const [host = "", given = "{}"] = process.argv.slice(2);
/** @type {{ executable: string, extensionsDir: string, installed: string, temporary: string }} */
const { executable, extensionsDir, installed, temporary } = JSON.parse(given);

/** A window of three folders: the example, another stack with a version of its own, and one that is on no disk. */
async function makeWorkspace() {
  const folder = join(temporary, host);
  await cp(join(projectRoot, "examples/mastodon"), join(folder, "mastodon"), { recursive: true });
  await mkdir(join(folder, "older"));
  await writeFile(join(folder, "older/cache-compat.json"), '{ "apps": { "mastodon": "4.3" } }\n');
  await writeFile(join(folder, "older/compose.yaml"), "services:\n  cache:\n    image: redis:6.2\n");
  const file = join(folder, "stacks.code-workspace");
  const folders = [{ path: "mastodon" }, { path: "older" }, { uri: "memory:/mastodon", name: "in memory" }];
  await writeFile(file, JSON.stringify({ folders }));
  return file;
}

/** Publishes tables that are newer than the built-in ones, and something else under every other name. */
async function startPublisher() {
  const { HttpsServer, CERTIFICATE } = await tsImport("../support/https/server.ts", import.meta.url);
  const { newerData } = await tsImport("../update/offers.ts", import.meta.url);
  const tables = newerData();
  const server = await new HttpsServer().start();
  server.answer = (/** @type {{ url?: string }} */ { url }, /** @type {any} */ response) =>
    response.end(url === "/data.json" ? tables : "{}");
  return { url: server.url, certificate: CERTIFICATE, stop: () => server.stop() };
}

async function runInNode() {
  const publisher = await startPublisher();
  try {
    await runTests({
      vscodeExecutablePath: executable,
      // All that are in this folder: in a browser VS Code takes one path only.
      extensionDevelopmentPath: built,
      extensionTestsPath: join(built, "tests/roots.js"),
      // Folders of our own: no settings, extensions or state of whoever runs this.
      launchArgs: [
        await makeWorkspace(),
        `--user-data-dir=${join(temporary, "user-data")}`,
        `--extensions-dir=${extensionsDir}`,
      ],
      extensionTestsEnv: {
        E2E_COLORS: process.stdout.isTTY ? "1" : "",
        E2E_DATA_URL: publisher.url,
        NODE_EXTRA_CA_CERTS: publisher.certificate,
      },
    });
  } finally {
    await publisher.stop();
  }
}

/** @param {string} tests @param {string} workspace */
async function runInWeb(tests, workspace) {
  const child = spawn(
    process.execPath,
    [
      inBrowser,
      "--extensionDevelopmentKind=web",
      ...["tests", "yaml"].map((extension) => `--extensionDevelopmentPath=${join(built, extension)}`),
      `--web-extension=${installed}`,
      `--extensionTestsPath=${join(built, "tests", tests)}`,
      workspace,
    ],
    { stdio: ["pipe", "inherit", "inherit"] },
  );
  const [code, signal] = await once(child, "exit");
  if (code !== 0) throw new Error(`${inBrowser} ended with ${signal ?? code}`);
}

/** @type {Record<string, () => Promise<unknown>>} */
const runs = {
  node: runInNode,
  web: async () => runInWeb("roots.web.js", await makeWorkspace()),
  virtual: () => runInWeb("suite.web.js", "--folder-uri=memory:/mastodon"),
  trust: () => checkTrust(extensionsDir, join(temporary, host)),
};

// On SIGINT runTests closes VS Code in good order; on others it would leave it behind.
process.once("SIGTERM", () => process.kill(process.pid, "SIGINT"));
try {
  await runs[host]?.();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
