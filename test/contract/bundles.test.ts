// What esbuild says about the bundles: what is inside, what they ask for when they start, how large they are.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import path from "node:path";
import { METAFILE, ROOT } from "../support/build.ts";
import { must } from "../support/must.ts";

interface Output {
  readonly bytes: number;
  readonly imports: readonly { readonly path: string; readonly external?: boolean }[];
  readonly inputs: Readonly<Record<string, unknown>>;
}

const { outputs } = JSON.parse(readFileSync(METAFILE, "utf8")) as { outputs: Readonly<Record<string, Output>> };
const isNode = (name: string): boolean => builtinModules.includes(name.replace(/^node:/, ""));

describe("contract: bundles", () => {
  for (const [bundle, allowed] of [
    ["client", ["vscode"]],
    ["server", []],
  ] as const) {
    it(`browser/${bundle}.js asks for nothing of Node`, () => {
      const { imports, inputs } = must(outputs[`dist/browser/${bundle}.js`], bundle);
      const asked = [...new Set(imports.filter(({ external }) => external).map(({ path: name }) => name))];
      assert.deepEqual(asked, allowed);
      // esbuild takes the place of a module that a package switches off for browsers by an empty one.
      assert.deepEqual(
        Object.keys(inputs).filter((name) => name.startsWith("(disabled)") || /\/(?:node|main\.node)\//.test(name)),
        [],
      );
      const text = readFileSync(path.join(ROOT, "dist", "browser", `${bundle}.js`), "utf8");
      const required = [...text.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name = ""]) => name);
      assert.deepEqual([...new Set(required)], allowed);
    });
  }

  it("the others ask for Node's own modules and for what the editor gives, nothing that must be installed", () => {
    for (const name of ["client.js", "fork.js", "server.js", "cli.js", "core.js"]) {
      const { imports } = must(outputs[`dist/${name}`], name);
      const others = imports.filter(({ external, path: from }) => external && !isNode(from));
      const allowed = {
        "client.js": ["vscode"],
        "fork.js": ["./browser/server.js"],
        "server.js": ["./core.js"],
        "cli.js": ["./core.js"],
      }[name];
      assert.deepEqual([...new Set(others.map(({ path: from }) => from))], allowed ?? []);
    }
  });

  it("the core is bundled once for the server and the command line, and asks for nothing at all", () => {
    const inside = (name: string, folder: string): string[] =>
      Object.keys(must(outputs[`dist/${name}`], name).inputs).filter((input) => input.startsWith(folder));
    assert.ok(inside("core.js", "server/src/core/").length > 100);
    for (const name of ["server.js", "cli.js"])
      assert.deepEqual(inside(name, "server/src/core/"), ["server/src/core/product.ts"], name);
    assert.deepEqual(must(outputs["dist/core.js"], "core.js").imports, []);
  });

  it("the core runs no library for Dockerfiles before the first of them is read", () => {
    // Each module of that library marks itself when it runs.
    const script = `
      let marked = 0;
      const define = Object.defineProperty;
      Object.defineProperty = (of, key, value) => (key === "__esModule" && marked++, define(of, key, value));
      const core = require(${JSON.stringify(path.join(ROOT, "dist", "core.js"))});
      const files = { read: () => null, list: () => null, root: () => undefined };
      const source = { path: "/Dockerfile", text: "FROM redis:5\\n", languageId: null };
      const checker = core.checkerOf(core.tablesInUse(null, "2026-11-20"));
      const loaded = marked;
      const { findings } = checker.check({ source, layers: [], useProjectFile: false, files, today: "2026-11-20" });
      console.log(JSON.stringify([loaded, marked > 20, findings.length > 0]));`;
    const told = execFileSync(process.execPath, ["-e", script], { encoding: "utf8" });
    // The bundle marks itself.
    assert.deepEqual(JSON.parse(told), [1, true, true]);
  });
});
