// Annotations as GitHub's runner reads them.
import assert from "node:assert/strict";
import { checkJson, cli, type RunOptions } from "../support/cli.ts";
import { folders } from "../support/folders.ts";
import { must } from "../support/must.ts";
import { ODD_FILES, ODD_NAMES, SECRET } from "../support/oddFiles.ts";
import { type RunnerCommand, runnerCommand } from "../support/runnerCommand.ts";

const LEVELS: Readonly<Record<string, string>> = { information: "notice", hint: "notice" };

describe("cli: GitHub annotations", function () {
  this.timeout(30_000);
  const folder = folders();

  function github(args: readonly string[], options: RunOptions): { commands: RunnerCommand[]; stdout: string } {
    const { stdout } = cli(["check", "--as-of", "2026-11-20", "--format", "github", ...args], options);
    const lines = stdout.split("\n");
    assert.equal(lines.pop(), "");
    return { commands: lines.map((line) => must(runnerCommand(line), line)), stdout };
  }

  it("tell what JSON tells, at the same places, in files of any name", () => {
    const { path: cwd } = folder(ODD_FILES);
    const { commands } = github(["."], { cwd });
    const { json } = checkJson(["."], { cwd });
    const expected = json.files.flatMap(({ findings }) =>
      findings.map((finding) => [
        LEVELS[finding.severity] ?? finding.severity,
        finding.rule,
        String(finding.line),
        String(finding.column),
        String(finding.endColumn),
        `:${finding.line}:${finding.column}: ${finding.message}`,
      ]),
    );
    assert.deepEqual(
      commands.map(({ command, properties: { title, line, col, endColumn, file }, data }) => {
        assert.ok(data.startsWith(must(file)), "the log shows the path, too");
        return [command, title, line, col, endColumn, data.slice(must(file).length)];
      }),
      expected,
    );
    const files = new Set(commands.map(({ properties }) => properties.file));
    for (const name of ODD_NAMES) {
      // Characters that steer a terminal are shown as what they are.
      const shown = name.replace("\u001b", "\\u001b").replace("\u202E", "\\u202e").replace("##[", "##\\u005b");
      assert.ok(files.has(`${shown}/redis.conf`) || files.has(`./${shown}/redis.conf`), shown);
    }
  });

  it("give no columns to a place of several lines", () => {
    const { path: cwd } = folder({ "compose.yaml": "services:\n  a:\n    image: >-\n      redis:\n      6.2:x\n" });
    const { commands } = github(["."], { cwd });
    const [{ properties }] = [must(commands[0])];
    assert.notEqual(properties.line, properties.endLine);
    assert.deepEqual([properties.col, properties.endColumn], [undefined, undefined]);
  });

  it("name files from the root of the repository", () => {
    const project = folder({ "deploy/redis.conf": "maxmemory banana\n" });
    const file = (GITHUB_WORKSPACE: string): unknown =>
      github(["."], { cwd: project.file("deploy"), env: { GITHUB_WORKSPACE } }).commands[0]?.properties.file;
    assert.equal(file(project.path), "deploy/redis.conf");
    assert.equal(file(""), "redis.conf");
  });

  it("hold no secret, and are nothing where nothing is found", () => {
    assert.ok(!github(["."], { cwd: folder(ODD_FILES).path }).stdout.includes(SECRET));
    assert.equal(github(["."], { cwd: folder({ "compose.yaml": "services: {}\n" }).path }).stdout, "");
  });

  it("are written by no other format", () => {
    const { path: cwd } = folder(ODD_FILES);
    for (const format of ["text", "json", "sarif", "junit"]) {
      const { stdout, stderr } = cli(["check", "--format", format, "."], { cwd });
      for (const line of `${stdout}\n${stderr}`.split("\n")) assert.equal(runnerCommand(line), null, line);
    }
  });
});
