// A project that installs the packed tarball and uses program, server and library from there.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { RULE_METAS } from "../../server/src/core/index.ts";
import { ROOT } from "../support/build.ts";
import { must } from "../support/must.ts";
import { compile, type Installed, installedPackage } from "./installed.ts";

const PROGRAM = `
const found: FileResult = check({
  path: "compose.yaml",
  text: "services: { redis: { image: 'redis:6.2' } }",
  settings: { apps: { mastodon: "4.5" }, asOf: "2026-11-20" },
});
const severities: readonly SeverityName[] = found.findings.map(({ severity }) => severity);
const image = imageStates("valkey/valkey:8.1", { apps: { mastodon: "4.5" }, asOf: "2026-11-20" });
const told = { severities, state: image.kind === "cache" ? image.states["mastodon"] : image.kind, rules: rules().length };
process.stdout.write(JSON.stringify(told));
`;
const TOLD = { severities: ["error"], state: "supported", rules: RULE_METAS.length };
const PROCESS = "declare const process: { stdout: { write(text: string): void } };";
const NAMES = "check, imageStates, rules, type FileResult, type SeverityName";
const ESM = `import { ${NAMES} } from "cache-compat";\n${PROCESS}${PROGRAM}`;
const COMMON_JS = `import library = require("cache-compat");\n${PROCESS}
const { check, imageStates, rules } = library;
type FileResult = library.FileResult;
type SeverityName = library.SeverityName;${PROGRAM}`;

describe("package", function () {
  this.timeout(60_000);
  let installed: Installed;
  let modules: string;

  before(() => {
    installed = installedPackage();
    modules = path.join(installed.folder, "node_modules");
  });

  function project(name: string, files: Readonly<Record<string, string>>): string {
    const folder = path.join(installed.folder, name);
    mkdirSync(folder);
    for (const [file, text] of Object.entries(files)) writeFileSync(path.join(folder, file), text);
    return folder;
  }

  function run(file: string): unknown {
    return JSON.parse(execFileSync(process.execPath, [file], { encoding: "utf8" })) as unknown;
  }

  it("brings nothing along but itself, and nothing of the extension", () => {
    assert.deepEqual(
      readdirSync(modules).filter((name) => !name.startsWith(".")),
      ["cache-compat"],
    );
    const own = path.join(modules, "cache-compat");
    assert.deepEqual(readdirSync(own).sort(), [
      "CHANGELOG.md",
      "LICENSE",
      "README.md",
      "THIRD-PARTY-NOTICES.md",
      "data",
      "dist",
      "package.json",
    ]);
    const manifest = JSON.parse(readFileSync(path.join(own, "package.json"), "utf8")) as Record<string, unknown>;
    assert.equal(manifest.dependencies, undefined);
    assert.deepEqual(readdirSync(path.join(own, "dist")).sort(), [
      "cli.js",
      "core.js",
      "library.cjs",
      "library.d.cts",
      "library.d.mts",
      "library.mjs",
      "server.js",
    ]);
  });

  it("compiles and runs as an ES module", () => {
    const folder = project("esm", { "program.mts": ESM });
    compile(folder, { module: "node16", moduleResolution: "node16" });
    assert.deepEqual(run(path.join(folder, "program.mjs")), TOLD);
  });

  it("compiles and runs as CommonJS", () => {
    const folder = project("cjs", { "program.cts": COMMON_JS });
    compile(folder, { module: "node16", moduleResolution: "node16" });
    assert.deepEqual(run(path.join(folder, "program.cjs")), TOLD);
  });

  it("compiles for a bundler", () => {
    const folder = project("bundler", { "program.ts": ESM });
    compile(folder, { module: "esnext", moduleResolution: "bundler", noEmit: true });
  });

  it("refuses a program that takes it for something else", () => {
    const folder = project("wrong", {
      "program.mts":
        'import { check } from "cache-compat";\nexport const lines: string = check({ path: "a", text: 1 });\n',
    });
    assert.throws(
      () => compile(folder, { module: "node16", moduleResolution: "node16", noEmit: true }),
      /TS2322[\s\S]*TS2322/,
    );
  });

  it("gives the same to import and to require", () => {
    const folder = project("both", {
      "both.mjs": [
        'import * as imported from "cache-compat";',
        'import { createRequire } from "node:module";',
        'const required = createRequire(import.meta.url)("cache-compat");',
        "process.stdout.write(JSON.stringify([Object.keys(imported).sort(), Object.keys(required).sort()]));",
      ].join("\n"),
    });
    const names = ["applyEdits", "check", "checkFiles", "explain", "fixFiles", "imageStates", "rules"];
    assert.deepEqual(run(path.join(folder, "both.mjs")), [names, names]);
  });

  it("has the program, which finds its pages", () => {
    const program = path.join(modules, ".bin", "cache-compat");
    const { version } = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8")) as { version: string };
    assert.ok(execFileSync(program, ["--version"], { encoding: "utf8" }).startsWith(`cache-compat ${version} `));
    assert.match(execFileSync(program, ["check", "--explain", "image/floating-tag"], { encoding: "utf8" }), /^# image/);
    const stdin = ["check", "--stdin-filename", "compose.yaml", "--app", "mastodon@4.5", "--format", "json"];
    const input = "services: { redis: { image: 'redis:8.2' } }";
    const told = JSON.parse(execFileSync(program, stdin, { encoding: "utf8", input })) as { files: unknown[] };
    assert.equal(told.files.length, 1);
  });

  for (const [name, args] of [
    ["the program", [path.join(".bin", "cache-compat"), "lsp", "--stdio"]],
    ["its own file", [path.join("cache-compat", "dist", "server.js"), "--stdio"]],
  ] as const) {
    it(`has the language server, started by ${name}`, async () => {
      const [file, ...rest] = args;
      const server = spawn(process.execPath, [path.join(modules, file), ...rest], {
        stdio: ["pipe", "pipe", "inherit"],
      });
      let answer = "";
      server.stdout.on("data", (chunk: Buffer) => {
        answer += chunk.toString();
      });
      const ended = new Promise<number | null>((resolve) => server.on("close", resolve));
      for (const message of [
        { id: 1, method: "initialize", params: { processId: null, rootUri: null, capabilities: {} } },
        { method: "initialized", params: {} },
        { id: 2, method: "shutdown" },
        { method: "exit" },
      ]) {
        const text = JSON.stringify({ jsonrpc: "2.0", ...message });
        server.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
      }
      assert.equal(await ended, 0);
      assert.match(answer, /"serverInfo":\{"name":"cache-compat"/);
    });
  }

  it("is built before it is packed, and small enough", () => {
    const { scripts } = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8")) as {
      scripts: Record<string, string>;
    };
    assert.equal(scripts.prepack, "npm run build");
    assert.ok(statSync(installed.tarball).size < 2_000_000);
    assert.ok(existsSync(must(installed.folder)));
  });
});
