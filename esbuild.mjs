// Builds everything that ships into dist/, and the suite that runs inside VS Code into dist/test/e2e.
// `node esbuild.mjs` for release, `--dev` adds source maps and leaves names readable.
import { chmodSync, readdirSync, rmSync } from "node:fs";
import { build } from "esbuild";

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
