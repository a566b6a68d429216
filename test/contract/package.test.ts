// The package of the extension: what is in it, how large it is, when it starts, where it works.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { bundledLibraries, notices } from "../../scripts/notices.ts";
import { RULE_METAS } from "../../server/src/core/index.ts";
import { METAFILE, ROOT } from "../support/build.ts";
import { folders } from "../support/folders.ts";

const MAX_BYTES = 1024 * 1024;

const CONTENTS = [
  "CHANGELOG.md",
  "LICENSE",
  "README.md",
  "THIRD-PARTY-NOTICES.md",
  "dist/browser/client.js",
  "dist/browser/server.js",
  "dist/client.js",
  "dist/fork.js",
  "dist/rules.json",
  "dist/schema/cache-compat.schema.json",
  "dist/schema/organisation.schema.json",
  "dist/view.css",
  "dist/view.js",
  "docs/images/icon.png",
  "docs/walkthrough/finding.svg",
  "docs/walkthrough/matrix.svg",
  "docs/walkthrough/project.svg",
  "docs/walkthrough/version.svg",
  "package.json",
  "syntaxes/redis-conf.language-configuration.json",
  "syntaxes/redis-conf.snippets.json",
  "syntaxes/redis-conf.tmLanguage.json",
];

/** Licences under which anything may be built and sold. */
const FREE = ["MIT", "ISC", "BlueOak-1.0.0", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "0BSD"];

interface Manifest {
  readonly icon: string;
  readonly main: string;
  readonly browser: string;
  readonly categories: readonly string[];
  readonly keywords: readonly string[];
  readonly activationEvents: readonly string[];
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly supported: string; readonly restrictedConfigurations: readonly string[] };
    readonly virtualWorkspaces: boolean;
  };
  readonly engines: { readonly vscode: string };
  readonly devDependencies: Readonly<Record<string, string>>;
}

const manifest = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8")) as Manifest;

describe("contract: package", function () {
  this.timeout(120_000);
  const folder = folders();
  const vsce = (...args: string[]): string => {
    const program = path.join(ROOT, "node_modules/@vscode/vsce/vsce");
    return execFileSync(process.execPath, [program, ...args], { cwd: ROOT, encoding: "utf8" });
  };

  it("holds what the extension needs, and nothing else", () => {
    const listed = vsce("ls", "--no-dependencies").trim().split(/\r?\n/);
    assert.deepEqual(listed.sort(), [...CONTENTS].sort());
    const pages = JSON.parse(readFileSync(path.join(ROOT, "dist/rules.json"), "utf8")) as Record<string, string>;
    assert.deepEqual(Object.keys(pages).sort(), RULE_METAS.map(({ id }) => id).sort());
  });

  it("is at most a megabyte", () => {
    const file = folder().file("a.vsix");
    vsce("package", "--no-dependencies", "--out", file);
    const { size } = statSync(file);
    assert.ok(size <= MAX_BYTES, `${size} bytes`);
  });

  it("starts for what we read only", () => {
    const documents = readFileSync(path.join(ROOT, "client/src/documents.ts"), "utf8");
    const languages = [...documents.matchAll(/language: "([^"]+)"/g)].map(([, language]) => `onLanguage:${language}`);
    assert.ok(languages.length > 4);
    assert.deepEqual(
      [...manifest.activationEvents].sort(),
      [
        ...languages,
        // Editors without the language `dotenv` have no other way to tell.
        "workspaceContains:**/{.env,.env.*,*.env}",
        "workspaceContains:**/cache-compat.json",
        // A matrix that was open when the window was closed.
        "onWebviewPanel:cacheCompat.matrix",
      ].sort(),
    );
  });

  it("works wherever VS Code does, and says so", () => {
    const { untrustedWorkspaces, virtualWorkspaces } = manifest.capabilities;
    // Tables of a workspace hold expressions that would be run: they wait for trust, nothing else does.
    assert.deepEqual(
      [untrustedWorkspaces.supported, untrustedWorkspaces.restrictedConfigurations],
      ["limited", ["cacheCompat.data"]],
    );
    assert.equal(virtualWorkspaces, true);
    assert.equal(manifest.main, "./dist/client.js");
    assert.equal(manifest.browser, "./dist/browser/client.js");
    // What the compiler knows of VS Code's interface is what the oldest one has.
    assert.equal(manifest.engines.vscode, `^${manifest.devDependencies["@types/vscode"]}`);
  });

  it("can be found: an icon of 256 pixels, categories, keywords", () => {
    const png = readFileSync(path.join(ROOT, manifest.icon));
    assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [256, 256]);
    assert.ok(manifest.categories.includes("Linters") && manifest.categories.includes("Programming Languages"));
    assert.ok(manifest.keywords.length >= 5 && manifest.keywords.length <= 30);
  });

  it("names every library inside with its licence, each of them free", () => {
    const libraries = bundledLibraries();
    assert.equal(readFileSync(path.join(ROOT, "THIRD-PARTY-NOTICES.md"), "utf8"), notices(libraries));
    for (const { name, licence, source } of libraries) {
      assert.ok(FREE.includes(licence), `${name}: ${licence}`);
      assert.match(source, /^https:\/\//, name);
    }
    const { outputs } = JSON.parse(readFileSync(METAFILE, "utf8")) as { outputs: Record<string, { inputs: object }> };
    for (const { inputs } of Object.values(outputs))
      for (const input of Object.keys(inputs).filter((one) => one.includes("node_modules/")))
        assert.ok(
          libraries.some(({ name }) => input.includes(`node_modules/${name}/`)),
          input,
        );
  });
});
