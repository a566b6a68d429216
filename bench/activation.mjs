/** Activation in the extension host of a real VS Code, against an extension that does nothing. */
import { spawn } from "node:child_process";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { compare } from "./statistics.mjs";

const root = join(import.meta.dirname, "..");
const browserHost = join(root, "scripts/vscode/browser-host.mjs");

/** In the extension host: how long it takes until each of the two is there, in milliseconds. */
const MEASURE = `
const vscode = require("vscode");
exports.run = async () => {
  const told = {};
  for (const [name, id] of ORDER) {
    const extension = vscode.extensions.getExtension(id);
    if (extension === undefined || extension.isActive) throw new Error(id + (extension ? " is active already" : " is not there: " + vscode.extensions.all.map((e) => e.id).filter((i) => !i.startsWith("vscode."))));
    const start = performance.now();
    await extension.activate();
    told[name] = performance.now() - start;
  }
  console.log("BENCH " + JSON.stringify(told));
};
`;

const ORDER = [
  ["ours", "cache-compat.cache-compat"],
  ["floor", "bench.nothing"],
];

/** VS Code loads every extension in the folder. */
function makeExtensions(dist, folder) {
  for (const file of ["package.json", "data/schema", "syntaxes"])
    cpSync(join(root, file), join(folder, "ours", file), { recursive: true });
  for (const file of ["client.js", "fork.js", "browser/server.js"])
    cpSync(join(dist, file), join(folder, "ours/dist", file));
  mkdirSync(join(folder, "nothing"));
  const manifest = {
    name: "nothing",
    publisher: "bench",
    version: "0.0.0",
    engines: { vscode: "^1.100.0" },
    main: "./main.js",
  };
  writeFileSync(
    join(folder, "nothing/package.json"),
    JSON.stringify({ ...manifest, activationEvents: ["onCommand:bench.nothing"] }),
  );
  writeFileSync(join(folder, "nothing/main.js"), "exports.activate = () => undefined;\n");
}

function runVscode(folder, tests) {
  const args = [browserHost, `--extensionDevelopmentPath=${folder}`, `--extensionTestsPath=${tests}`];
  const child = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"] });
  let output = "";
  child.stdout.on("data", (chunk) => {
    output += chunk;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", () => {
      const told = /^BENCH (\{.*\})$/m.exec(output)?.[1];
      if (told === undefined) reject(new Error(`VS Code has measured nothing:\n${output}`));
      else resolve(JSON.parse(told));
    });
  });
}

export async function activation({ dist, folder, rounds }) {
  makeExtensions(dist, folder);
  const runs = [];
  for (let round = 0; round < Math.ceil(rounds / 2); round++) {
    const tests = join(folder, `measure-${round}.js`);
    const order = round % 2 === 0 ? ORDER : [...ORDER].reverse();
    writeFileSync(tests, `const ORDER = ${JSON.stringify(order)};\n${MEASURE}`);
    runs.push(await runVscode(folder, tests));
  }
  const name = "activation in the extension host, wall";
  return [
    compare(
      "activation-wall",
      name,
      runs.map(({ ours }) => ours),
      runs.map(({ floor }) => floor),
    ),
  ];
}
