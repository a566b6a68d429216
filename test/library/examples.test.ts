// The examples of the documentation: compiled, run, and compared with what the page says they print.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ROOT } from "../support/build.ts";
import { must } from "../support/must.ts";
import { compile, installedPackage } from "./installed.ts";

const page = readFileSync(path.join(ROOT, "docs", "library.md"), "utf8");
const examples = [...page.matchAll(/```ts\n(.*?)```\n\nprints\n\n```text\n(.*?)```/gs)].map(
  ([, program = "", output = ""]) => ({ program, output }),
);
const CONSOLE = "declare const console: { log(...values: readonly unknown[]): void };\n";

describe("library: documentation", function () {
  this.timeout(60_000);
  let folder: string;

  before(() => {
    folder = path.join(installedPackage().folder, "examples");
    mkdirSync(folder);
    for (const [at, { program }] of examples.entries())
      writeFileSync(path.join(folder, `example${at}.mts`), CONSOLE + program);
    compile(folder, { module: "node16", moduleResolution: "node16" });
  });

  it("shows what every example prints", () => {
    assert.equal(examples.length, [...page.matchAll(/^```ts$/gm)].length);
    assert.ok(examples.length >= 5);
  });

  for (const [at, { program, output }] of examples.entries()) {
    const names = must(/import \{ (.*?) \}/.exec(program))[1];
    it(`tells the truth about ${names}`, () => {
      const printed = execFileSync(process.execPath, [path.join(folder, `example${at}.mjs`)], { encoding: "utf8" });
      assert.equal(printed, output);
    });
  }
});
