// Builds the suite for both extension hosts, and the extensions around it, into dist/test/e2e.
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { build } from "esbuild";

const here = import.meta.dirname;
const root = join(here, "../..");
const out = join(root, "dist/test/e2e");
const example = join(root, "examples/mastodon");

/** Tests of `suite` run in every workspace, those of `roots` where there are several folders, those of `builtIn` where VS Code brings more. */
const suites = {
  node: { roots: ["suite", "suite/roots", "suite/builtIn"] },
  web: { roots: ["suite", "suite/roots"], suite: ["suite"] },
};

/** @param {readonly string[]} folders */
async function testsIn(folders) {
  const names = await Promise.all(
    folders.map(async (folder) =>
      (await readdir(join(here, folder)))
        .filter((name) => name.endsWith(".test.ts"))
        .map((name) => `./${folder}/${name}`),
    ),
  );
  return names.flat().sort();
}

/** @type {import("esbuild").BuildOptions} */
const shared = { bundle: true, format: "cjs", external: ["vscode"], logLevel: "warning", absWorkingDir: here };

/**
 * One module that loads all tests, when its time has come.
 * @param {"node" | "web"} host
 * @param {readonly string[]} tests
 */
const entry = (host, tests) => ({
  contents: [
    `import { runTests } from "./suite/${host}.ts";`,
    `export const run = () => runTests(async () => {`,
    ...tests.map((test) => `  await import(${JSON.stringify(test)});`),
    `}, ${JSON.stringify(process.env.E2E_GREP ?? "")});`,
  ].join("\n"),
  resolveDir: here,
  loader: /** @type {const} */ ("ts"),
});

export async function buildSuite() {
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  for (const name of ["tests", "yaml"]) {
    await mkdir(join(out, "extensions", name), { recursive: true });
    await cp(join(here, "extensions", name, "package.json"), join(out, "extensions", name, "package.json"));
  }
  // mocha's browser build is CommonJS in a package of modules; as what it is, it leaves our exports alone.
  const mocha = join(out, "mocha.cjs");
  await cp(join(root, "node_modules/mocha/mocha.js"), mocha);
  // The suite is none of the package above it, which says of itself that its files may be left out.
  await writeFile(join(out, "package.json"), '{ "type": "commonjs" }\n');
  // What the file system in memory begins with.
  const files = (await readdir(example, { recursive: true, withFileTypes: true })).filter((file) => file.isFile());
  const texts = await Promise.all(
    files.map(async ({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [path.slice(example.length + 1).replaceAll("\\", "/"), await readFile(path, "utf8")];
    }),
  );
  await writeFile(join(out, "extensions/tests/example.json"), JSON.stringify(Object.fromEntries(texts)));

  /** @type {import("esbuild").BuildOptions} */
  // mocha is ESM and starts by itself, so it stays outside.
  const node = { ...shared, platform: "node", target: "node20", sourcemap: true, external: ["vscode", "mocha"] };
  /** @type {import("esbuild").BuildOptions} */
  const web = {
    ...shared,
    platform: "browser",
    target: "es2022",
    define: { global: "globalThis" },
    alias: { "node:assert/strict": join(here, "assert.ts"), "mocha/mocha.js": mocha },
  };
  await Promise.all([
    ...Object.entries(suites.node).map(async ([name, folders]) =>
      build({
        ...node,
        stdin: entry("node", await testsIn(folders)),
        outfile: join(out, `extensions/tests/${name}.js`),
      }),
    ),
    ...Object.entries(suites.web).map(async ([name, folders]) =>
      build({
        ...web,
        stdin: entry("web", await testsIn(folders)),
        outfile: join(out, `extensions/tests/${name}.web.js`),
      }),
    ),
    ...["tests", "yaml"].flatMap((name) => {
      const entryPoints = { extension: join(here, "extensions", name, "extension.ts") };
      return build({ ...web, entryPoints, outdir: join(out, "extensions", name) });
    }),
  ]);
}
