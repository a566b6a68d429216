// What pipelines are given: the action, the hooks, the recipes. Parsed by their formats, and run.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { FORMATS } from "../../server/src/cli/formats/index.ts";
import { kindOfName } from "../../server/src/core/documents/kind.ts";
import { blockBelow, pageOf } from "../editors/documentation.ts";
import { installedPackage } from "../library/installed.ts";
import { ROOT } from "../support/build.ts";
import { cli } from "../support/cli.ts";
import { folders } from "../support/folders.ts";
import { must } from "../support/must.ts";
import { bash, type ShellRun } from "./shell.ts";

const BAD = "services:\n  redis:\n    image: redis:6.2\n";
const GOOD = BAD.replace("6.2", "8.2");
const { version } = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8")) as { version: string };

function read(name: string): string {
  return readFileSync(path.join(ROOT, name), "utf8");
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string; readonly description: string }>>;
  readonly runs: {
    readonly using: string;
    readonly steps: readonly { readonly shell: string; readonly run: string; readonly env: Record<string, string> }[];
  };
}

describe("pipelines: the action", function () {
  this.timeout(120_000);
  const folder = folders();
  const action = parse(read("action.yml")) as Action;

  /** All steps, as a composite action runs them; the last result, or the first that fails. */
  async function run(cwd: string, inputs: Readonly<Record<string, string>>): Promise<ShellRun> {
    const given: Record<string, string> = { package: installedPackage().tarball, ...inputs };
    const temporary = mkdtempSync(path.join(installedPackage().folder, "runner-"));
    let last: ShellRun | undefined;
    for (const { run: script, env } of action.runs.steps) {
      assert.ok(!script.includes("${{"), "what others write may not become part of a script");
      const values = Object.entries(env).map(([name, value]) => {
        const input = must(/^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(value)?.[1], value);
        return [name, given[input] ?? must(action.inputs[input], input).default] as const;
      });
      last = await bash(script, cwd, {
        ...Object.fromEntries(values),
        RUNNER_TEMP: temporary,
        GITHUB_WORKSPACE: cwd,
      });
      if (last.status !== 0) return last;
    }
    return must(last);
  }

  it("has described inputs that its steps use, and installs this version", () => {
    assert.equal(action.runs.using, "composite");
    const used = action.runs.steps.flatMap(({ env }) => Object.values(env)).join(" ");
    for (const [name, { description }] of Object.entries(action.inputs)) {
      assert.ok(description.length > 10, name);
      assert.ok(used.includes(`inputs.${name} `), name);
    }
    for (const { shell } of action.runs.steps) assert.equal(shell, "bash");
    assert.equal(action.inputs.package?.default, `cache-compat@${version}`);
  });

  it("annotates the lines and fails", async () => {
    const project = folder({ "deploy it/compose.yaml": BAD, "other/compose.yaml": BAD });
    const { status, stdout, stderr } = await run(project.path, {
      paths: "deploy it\n",
      arguments: "--app=mastodon@4.5\n--as-of=2026-11-20\n",
    });
    assert.equal(status, 1, stderr);
    assert.match(stdout, /^::error file=deploy it\/compose\.yaml,line=3,/m);
    assert.ok(!stdout.includes("other/"));
  });

  it("writes SARIF beside the annotations", async () => {
    const project = folder({ "compose.yaml": BAD });
    const { status } = await run(project.path, { arguments: "--app=mastodon@4.5", "sarif-file": "found.sarif" });
    assert.equal(status, 1);
    const sarif = JSON.parse(project.read("found.sarif")) as { version: string; runs: { results: unknown[] }[] };
    assert.equal(sarif.version, "2.1.0");
    assert.equal(sarif.runs[0]?.results.length, 1);
  });

  it("passes where nothing is wrong, and fails with 2 where it is called wrongly", async () => {
    const project = folder({ "compose.yaml": GOOD });
    const passed = await run(project.path, { arguments: "--app=mastodon@4.5", "sarif-file": "found.sarif" });
    assert.equal(passed.status, 0, passed.stderr);
    for (const sarif of ["", "found.sarif"]) {
      const failed = await run(project.path, { arguments: "--no-such-option", "sarif-file": sarif });
      assert.notEqual(failed.status, 0);
      assert.match(failed.stderr, /no-such-option/);
    }
  });
});

interface Hook {
  readonly id: string;
  readonly entry: string;
  readonly args?: readonly string[];
  readonly files?: string;
  readonly language: string;
  readonly pass_filenames?: boolean;
  readonly always_run?: boolean;
}

describe("pipelines: the hooks", function () {
  this.timeout(120_000);
  const folder = folders();
  const hooks = parse(read(".pre-commit-hooks.yaml")) as readonly Hook[];
  const [files, project] = hooks as readonly [Hook, Hook];

  const run = (hook: Hook, cwd: string, names: readonly string[]): Promise<ShellRun> =>
    bash([hook.entry, ...(hook.args ?? []), ...(hook.pass_filenames === false ? [] : names)].join(" "), cwd);

  it("are one for files and one for the project, and install what npm packs", () => {
    assert.deepEqual(
      hooks.map(({ id, language }) => [id, language]),
      [
        ["cache-compat", "node"],
        ["cache-compat-project", "node"],
      ],
    );
    assert.equal(project.pass_filenames, false);
    assert.equal(project.always_run, true);
    // pre-commit takes what `npm pack` prints for the name of a file: scripts must be silent.
    assert.match(read(".npmrc"), /^foreground-scripts=false$/m);
  });

  it("the one for files sees every file that we know by its name", () => {
    const pattern = new RegExp(must(files.files).replace("(?i)", ""), "i");
    for (const name of [
      "compose.yaml",
      "a/docker-compose.prod.yml",
      "a/Dockerfile",
      "Dockerfile.prod",
      "redis.Dockerfile",
      "Containerfile",
      ".github/workflows/test.yml",
      "values-prod.yaml",
      "redis-6379.conf",
      "users.acl",
      ".env",
      "a/.env.production",
      "cache.env",
      "cache-compat.json",
    ]) {
      assert.notEqual(kindOfName(`/${name}`), null, name);
      assert.match(name, pattern);
    }
    for (const name of ["deployment.yaml", "conf/cache.conf"]) assert.match(name, pattern);
    for (const name of ["index.ts", "README.md", "environment", "package.json"]) assert.doesNotMatch(name, pattern);
  });

  it("tell of what they are given, with what stands beside it", async () => {
    const { path: cwd } = folder({
      "compose.yaml": "services:\n  a:\n    image: redis:${TAG}\n",
      ".env": "TAG=6.2\n",
      "cache-compat.json": '{ "apps": { "mastodon": "4.5" } }',
      "bad/compose.yaml": BAD,
      "good.compose.yaml": GOOD,
    });
    const one = await run(files, cwd, ["compose.yaml"]);
    assert.equal(one.status, 1, one.stderr);
    assert.match(one.stdout, /compose\.yaml/);
    assert.doesNotMatch(one.stdout, /bad\//);
    assert.equal((await run(files, cwd, ["good.compose.yaml", ".env"])).status, 0);
    const all = await run(project, cwd, []);
    assert.equal(all.status, 1);
    assert.match(all.stdout, /bad\/compose\.yaml/);
  });
});

describe("pipelines: recipes", function () {
  this.timeout(120_000);
  const page = pageOf("pipelines.md");

  it("parse, and name what exists", () => {
    const github = parse(blockBelow(page, "GitHub Actions", "yaml")) as {
      jobs: Record<string, { steps: readonly { uses?: string; with?: Record<string, string> }[] }>;
    };
    const own = must(github.jobs["cache-compat"]?.steps.find(({ uses }) => uses?.startsWith("cache-compat/")));
    const { inputs } = parse(read("action.yml")) as Action;
    for (const name of Object.keys(must(own.with))) assert.ok(inputs[name], name);
    for (const name of Object.keys(inputs)) assert.ok(page.includes(`| \`${name}\` |`), name);

    const hooks = parse(read(".pre-commit-hooks.yaml")) as readonly Hook[];
    const config = parse(blockBelow(page, "pre-commit", "yaml")) as { repos: { hooks: { id: string }[] }[] };
    assert.deepEqual(
      config.repos[0]?.hooks.map(({ id }) => id),
      hooks.map(({ id }) => id),
    );
    for (const format of FORMATS) assert.ok(page.includes(`| \`${format}\` |`), format);
  });

  it("and every other page call the program with options that it has", () => {
    const help = cli(["--help"]).stdout;
    const known = new Set([...help.matchAll(/--[a-z][a-z-]*/g)].map(([flag]) => flag));
    const pages = ["action.yml", ".pre-commit-hooks.yaml", "README.md"].map(read);
    for (const name of readdirSync(path.join(ROOT, "docs"), { recursive: true, encoding: "utf8" }))
      if (name.endsWith(".md")) pages.push(pageOf(name));
    const calls = pages.flatMap((text) => [
      ...text.matchAll(/(?:cache-compat(?:@[\d.]+)?|"\$program") (?:check|lsp)\b[^\n`|>]*/g),
      ...text.matchAll(/^ +--[a-z-]+=\S+$/gm),
    ]);
    assert.ok(calls.length > 15, String(calls.length));
    for (const [call] of calls)
      for (const [flag] of call.matchAll(/(?<=\s)--[a-z][a-z-]+/g)) assert.ok(known.has(flag), `${flag} in ${call}`);
    for (const text of pages)
      for (const [, named] of text.matchAll(/cache-compat@(\d[\d.]*\d)/g)) assert.equal(named, version);
  });

  const gitlab = parse(blockBelow(page, "GitLab CI", "yaml")) as {
    "cache-compat": { script: string[]; artifacts: { when: string; reports: { junit: string } } };
  };
  const circle = parse(blockBelow(page, "CircleCI", "yaml")) as {
    jobs: Record<string, { steps: (string | { run?: string; store_test_results?: { path: string } })[] }>;
  };
  const circleRun = circle.jobs["cache-compat"]?.steps.flatMap((step) =>
    typeof step === "object" && step.run !== undefined ? [step.run] : [],
  );
  const jenkins = blockBelow(page, "Jenkins", "groovy");
  const RECIPES: readonly (readonly [name: string, script: string, report: string | null])[] = [
    ["GitLab", gitlab["cache-compat"].script.join("\n"), gitlab["cache-compat"].artifacts.reports.junit],
    ["CircleCI", must(circleRun).join("\n"), "results/cache-compat.xml"],
    ["Jenkins", must(/sh '(.*)'/.exec(jenkins)?.[1]), must(/junit '(.*)'/.exec(jenkins)?.[1])],
    ["anything else", blockBelow(page, "Anything else", "sh"), null],
  ];

  for (const [name, script, report] of RECIPES)
    it(`for ${name} fails with findings and leaves its report`, async () => {
      // Below a project that has the package, `npx` takes that one.
      const cwd = path.join(installedPackage().folder, `recipe ${name}`);
      mkdirSync(cwd);
      for (const [text, expected] of [
        [BAD, 1],
        [GOOD, 0],
      ] as const) {
        writeFileSync(path.join(cwd, "compose.yaml"), `# cache-compat: mastodon=4.5\n${text}`);
        const { status, stdout, stderr } = await bash(script, cwd);
        assert.equal(status, expected, stdout + stderr);
        if (report === null) assert.match(stdout, /1 file checked/);
        else assert.match(readFileSync(path.join(cwd, report), "utf8"), expected === 1 ? /<failure/ : /<testsuites/);
      }
    });

  it("keep the report of a run that failed", () => {
    assert.equal(gitlab["cache-compat"].artifacts.when, "always");
    assert.match(jenkins, /post \{ always \{/);
  });
});
