// Builds everything that ships into dist/, and the suite that runs inside VS Code into dist/test/e2e.
// `node esbuild.mjs` for release, `--dev` adds source maps and leaves names readable.
import { chmodSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { build } from "esbuild";
import { libraryDeclarations } from "./scripts/declarations.mjs";
import { rulePages } from "./scripts/rulePages.mjs";

const isDev = process.argv.includes("--dev");
rmSync("dist", { recursive: true, force: true });

/** @type {import("esbuild").BuildOptions} */
const node = {
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  sourcemap: isDev,
  minify: !isDev,
  legalComments: "none",
  logLevel: "warning",
  // The language server library offers an ESM build, too; it is smaller when bundled.
  mainFields: ["module", "main"],
};

await build({ ...node, entryPoints: { client: "client/src/extension.ts" }, outdir: "dist", external: ["vscode"] });
await build({ ...node, entryPoints: { server: "server/src/node/main.ts" }, outdir: "dist" });
await build({
  ...node,
  entryPoints: { cli: "server/src/cli/main.ts" },
  outdir: "dist",
  banner: { js: "#!/usr/bin/env node" },
});
chmodSync("dist/cli.js", 0o755);

// The library, for `import` and for `require`. "neutral": nothing in it may lean on Node or on a browser.
/** @type {import("esbuild").BuildOptions} */
const library = {
  ...node,
  platform: "neutral",
  target: "es2022",
  // Some of the packages keep their ES modules behind this condition; their other build asks for `require` when it loads.
  conditions: ["module"],
  entryPoints: { library: "server/src/library/index.ts" },
  outdir: "dist",
  inject: ["scripts/bufferStandIn.mjs"],
  plugins: [rulePages],
};
await build({ ...library, format: "esm", outExtension: { ".js": ".mjs" } });
await build({ ...library, format: "cjs", outExtension: { ".js": ".cjs" } });
const declarations = libraryDeclarations();
for (const extension of ["mts", "cts"]) writeFileSync(`dist/library.d.${extension}`, declarations);

const suite = "test/e2e/suite";
await build({
  ...node,
  minify: false,
  sourcemap: true,
  // mocha is ESM and starts by itself; `vscode` exists only inside the editor.
  external: ["vscode", "mocha"],
  entryPoints: readdirSync(suite)
    .filter((name) => name === "index.ts" || name.endsWith(".test.ts"))
    .map((name) => `${suite}/${name}`),
  outdir: "dist/test/e2e",
});
