// Builds everything that ships into dist/.
// `node esbuild.mjs` for release, `--dev` adds source maps and leaves names readable.
import { chmodSync, rmSync, writeFileSync } from "node:fs";
import { build } from "esbuild";
import { libraryDeclarations } from "./scripts/declarations.mjs";
import { writeEditorSchemas } from "./scripts/editorSchemas.mjs";
import { exampleFiles } from "./scripts/exampleFiles.mjs";
import { lateBuiltins } from "./scripts/lateBuiltins.mjs";
import { lateLibraries } from "./scripts/lateLibraries.mjs";
import { readPages, rulePages } from "./scripts/rulePages.mjs";
import { slimSchemas } from "./scripts/slimSchemas.mjs";
import { tablesAsText } from "./scripts/tablesAsText.mjs";

const isDev = process.argv.includes("--dev");
rmSync("dist", { recursive: true, force: true });

/** @typedef {import("esbuild").BuildOptions} BuildOptions */

/** @type {BuildOptions} */
const shared = {
  bundle: true,
  sourcemap: isDev,
  minify: !isDev,
  legalComments: "none",
  charset: "ascii",
  logLevel: "warning",
  metafile: true,
  // A schema library makes an address of where its script stands, which in VS Code's nested workers is none and ends the worker.
  define: { "self.location": "undefined" },
  // Two of our libraries bring this one, in versions that differ by a patch: once is enough.
  alias: {
    "vscode-languageserver-types": "./node_modules/vscode-languageserver-types/lib/esm/main.js",
    // Its ES modules, which it keeps for browsers: what we do not use of them stays out.
    yaml: "./node_modules/yaml/browser/dist/index.js",
  },
};

/** @type {BuildOptions} */
const node = {
  ...shared,
  platform: "node",
  target: "node20",
  format: "cjs",
  // The language server library offers an ESM build, too; it is smaller when bundled.
  mainFields: ["module", "main"],
};

// The core is a bundle of its own, which the command line and the server share: the server reads it behind its first answer.
/** @type {import("esbuild").Plugin} */
const coreApart = {
  name: "core apart",
  setup: ({ onResolve }) => {
    onResolve({ filter: /[\\/]core[\\/]index\.ts$/ }, () => ({ path: "./core.js", external: true }));
  },
};

/** Nothing of Node: what a bundle asks for and is not there does not bundle. @type {BuildOptions} */
const browser = { ...shared, platform: "browser", target: "es2022", mainFields: ["browser", "module", "main"] };

// The library, for `import` and for `require`. "neutral": nothing in it may lean on Node or on a browser.
/** @type {BuildOptions} */
const library = {
  ...node,
  platform: "neutral",
  target: "es2022",
  // Some of the packages keep their ES modules behind this condition; their other build asks for `require` when it loads.
  conditions: ["module"],
  entryPoints: { library: "server/src/library/index.ts" },
  inject: ["scripts/bufferStandIn.mjs", "scripts/urlStandIn.mjs"],
  plugins: [rulePages, slimSchemas],
};

/** @type {Record<string, BuildOptions>} */
const bundles = {
  client: {
    ...node,
    entryPoints: { client: "client/src/extension.ts" },
    external: ["vscode"],
    plugins: [exampleFiles],
  },
  core: {
    ...node,
    entryPoints: { core: "server/src/core/index.ts" },
    plugins: [slimSchemas, tablesAsText, lateLibraries],
  },
  server: { ...node, entryPoints: { server: "server/src/node/main.ts" }, plugins: [coreApart, lateBuiltins] },
  fork: { ...node, entryPoints: { fork: "server/src/node/fork.ts" }, external: ["./browser/server.js"] },
  cli: {
    ...node,
    entryPoints: { cli: "server/src/cli/main.ts" },
    banner: { js: "#!/usr/bin/env node" },
    plugins: [coreApart],
  },
  "browser/client": {
    ...browser,
    format: "cjs",
    entryPoints: { "browser/client": "client/src/extension.browser.ts" },
    external: ["vscode"],
    plugins: [exampleFiles],
  },
  library: { ...library, format: "esm", outExtension: { ".js": ".mjs" } },
  "library for require": { ...library, format: "cjs", outExtension: { ".js": ".cjs" } },
  "browser/server": {
    ...browser,
    format: "iife",
    entryPoints: { "browser/server": "server/src/browser/main.ts" },
    inject: ["scripts/bufferStandIn.mjs"],
    plugins: [slimSchemas, lateLibraries],
  },
  // The page of the view, for the webview of either host.
  view: {
    ...browser,
    format: "iife",
    entryPoints: [
      { in: "client/view/main.ts", out: "view" },
      { in: "client/view/view.css", out: "view" },
    ],
  },
};

const built = await Promise.all(Object.values(bundles).map((options) => build({ ...options, outdir: "dist" })));
chmodSync("dist/cli.js", 0o755);
const declarations = libraryDeclarations();
for (const extension of ["mts", "cts"]) writeFileSync(`dist/library.d.${extension}`, declarations);
// The pages of the rules for the extension: one file is a tenth of the package that many files would be.
writeFileSync("dist/rules.json", JSON.stringify(readPages()));
const schemas = ["cache-compat", "organisation"].map((name) => `data/schema/${name}.schema.json`);
writeEditorSchemas(schemas, "dist/schema");
// What went into which bundle: the notices of third parties and a test are made from it.
const outputs = Object.assign({}, ...built.map(({ metafile }) => metafile?.outputs));
writeFileSync("dist/meta.json", JSON.stringify({ outputs }));
