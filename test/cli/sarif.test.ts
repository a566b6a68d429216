// SARIF as its official validator takes it, and as a code scanning service uses it.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { checkJson, cli, type RunOptions } from "../support/cli.ts";
import { type Folder, folders } from "../support/folders.ts";
import { textAt } from "../support/json.ts";
import { must } from "../support/must.ts";
import { ODD_FILES, ODD_NAMES, SECRET } from "../support/oddFiles.ts";
import { complaints, type SarifLog, type SarifResult } from "../support/sarif.ts";

describe("cli: SARIF", function () {
  this.timeout(60_000);
  const folder = folders();

  function sarif(args: readonly string[], options: RunOptions): { log: SarifLog; text: string; status: number | null } {
    const { stdout, status } = cli(["check", "--as-of", "2026-11-20", "--format", "sarif", ...args], options);
    return { log: JSON.parse(stdout) as SarifLog, text: stdout, status };
  }

  function resultsOf(log: SarifLog): readonly SarifResult[] {
    return must(log.runs[0]).results;
  }

  function assertAccepted(project: Folder, text: string, ...more: string[]): void {
    const outside = folder({ "log.sarif": text });
    assert.deepEqual(complaints(outside.file("log.sarif"), ...more), [], project.path);
  }

  it("draws no complaint from the validator, nor by the rules of GitHub's service", () => {
    const project = folder(ODD_FILES);
    const { text, log } = sarif(["."], { cwd: project.path });
    assert.ok(resultsOf(log).length > 40);
    assertAccepted(project, text);
    assertAccepted(project, text, "--rule-kind", "Sarif;Ghas");
  });

  it("draws no complaint without findings, and none with a file that cannot be read", () => {
    for (const args of [["."], [".", "missing\u001b.yaml"]]) {
      const project = folder({ "compose.yaml": "services: {}\n" });
      const { text, log, status } = sarif(args, { cwd: project.path });
      assertAccepted(project, text, "--rule-kind", "Sarif;Ghas");
      const invocation = must(must(log.runs[0]).invocations[0]);
      assert.equal(invocation.executionSuccessful, status === 0);
      assert.equal(invocation.toolExecutionNotifications?.length ?? 0, args.length - 1);
    }
  });

  it("draws no note but those about what it leaves out on purpose", () => {
    const project = folder(ODD_FILES);
    const log = folder({ "log.sarif": sarif(["."], { cwd: project.path }).text });
    const onPurpose = new Set([
      "SARIF2002", // Messages by number: GitHub wants the text.
      "SARIF2003", // The repository's address: `.git/config` may hold a password.
      "SARIF2006", // Addresses that cannot be reached: nothing is reached from here.
      "SARIF2009", // Rule ids with a slash: they stay for ever.
      "SARIF2010", // Snippets, and
      "SARIF2011", // the lines around them: secrets may stand there.
    ]);
    const notes = complaints(log.file("log.sarif"), "--level", "Error;Warning;Note", "--rule-kind", "Sarif;Ghas");
    assert.ok(notes.length > 0, "notes are asked for");
    assert.deepEqual(
      notes.filter((note) => !onPurpose.has(must(/ ([A-Za-z]+\d+):/.exec(note)?.[1]))),
      [],
    );
  });

  it("tells what JSON tells, at the same places", () => {
    const project = folder(ODD_FILES);
    const { log } = sarif(["."], { cwd: project.path });
    const { json } = checkJson(["."], { cwd: project.path });
    const levels: Readonly<Record<string, string>> = { information: "note", hint: "note" };
    assert.equal(must(log.runs[0]).columnKind, "utf16CodeUnits");
    assert.deepEqual(
      resultsOf(log).map(({ ruleId, level, message, locations }) => {
        const { artifactLocation, region } = must(locations[0]).physicalLocation;
        return [decodeURIComponent(artifactLocation.uri), ruleId, level, message.text, ...Object.values(region)];
      }),
      json.files.flatMap(({ path: file, findings }) =>
        findings.map(({ rule, severity, message, line, column, endLine, endColumn }) => [
          file.replace(/^\.\//, ""),
          rule,
          levels[severity] ?? severity,
          message,
          line,
          column,
          endLine,
          endColumn,
        ]),
      ),
    );
    const related = resultsOf(log).flatMap((result) => result.relatedLocations ?? []);
    assert.ok(related.some(({ message }) => message.text.includes("v4.5.1")));
  });

  it("names files by relative addresses that lead back to them", () => {
    const project = folder(ODD_FILES);
    const named = new Set(
      resultsOf(sarif(["."], { cwd: project.path }).log).map((result) => {
        const { uri, uriBaseId } = must(result.locations[0]).physicalLocation.artifactLocation;
        assert.equal(uriBaseId, "%SRCROOT%");
        assert.match(uri, /^[\w.~!*'()%-]+(?:\/[\w.~!*'()%-]+)*$/);
        return decodeURIComponent(new URL(uri, "file:///base/").pathname.slice("/base/".length));
      }),
    );
    for (const name of ODD_NAMES) assert.ok(named.has(`${name}/redis.conf`), name);
  });

  it("carries rules with help, and fixes that mend", () => {
    const { log } = sarif(["."], { cwd: folder(ODD_FILES).path });
    const { rules } = must(log.runs[0]).tool.driver;
    assert.deepEqual(
      [...new Set(resultsOf(log).map(({ ruleId }) => ruleId))],
      rules.map(({ id }) => id),
    );
    for (const { ruleId, ruleIndex } of resultsOf(log)) assert.equal(rules[ruleIndex]?.id, ruleId);
    for (const { id, help, helpUri, fullDescription } of rules) {
      assert.match(help.markdown, /^## What it finds\n[\s\S]+^## Sources$/m, id);
      assert.ok(help.text.includes(fullDescription.text) && fullDescription.text.length > 30, id);
      assert.doesNotMatch(help.text, /`|^#/m, id);
      assert.ok(helpUri.endsWith(`/data/rules/${id}.md`));
    }
    const old = must(resultsOf(log).find(({ ruleId }) => ruleId === "mastodon/engine-unsupported"));
    const change = must(old.fixes?.[0]?.artifactChanges[0]);
    const { startLine, startColumn, endLine, endColumn } = must(change.replacements[0]).deletedRegion;
    const place = { line: startLine, column: startColumn, endLine, endColumn };
    assert.equal(textAt(ODD_FILES["compose.yaml"] as string, place), "6.2");
    assert.equal(change.replacements[0]?.insertedContent?.text, "8.2");
  });

  it("keeps the fingerprints when lines are inserted above, and gives each finding its own", () => {
    const text = "maxmemory banana\nslaveof 10.0.0.1 6379\nmaxmemory banana\ntimeout soon\n";
    const project = folder({ "redis.conf": text, "b/redis.conf": text });
    const prints = () =>
      resultsOf(sarif(["."], { cwd: project.path }).log).map((result) => Object.values(result.partialFingerprints)[0]);
    const before = prints();
    assert.equal(new Set(before).size, before.length);
    assert.ok(before.length >= 6);
    project.write({ "redis.conf": `# one\n\n# two\n${text.replace("timeout", "\n  timeout")}` });
    assert.deepEqual(prints(), before);
    project.write({ "redis.conf": text.replace("banana", "apple") });
    assert.notDeepEqual(prints(), before);
  });

  it("holds no secret, in no fix and in no fingerprint of a guess", () => {
    const project = folder(ODD_FILES);
    const { text, log } = sarif(["."], { cwd: project.path });
    assert.ok(resultsOf(log).filter((result) => JSON.stringify(result.locations).includes("secret/")).length > 4);
    assert.ok(!text.includes(SECRET));
    const prints = (password: string): unknown[] => {
      const one = folder({ "redis.conf": `requirpass ${password}\nmaxmemory ${password}\n` });
      return resultsOf(sarif(["."], { cwd: one.path }).log).map((result) => result.partialFingerprints);
    };
    assert.deepEqual(prints("Secret+One"), prints("Other+Two"));
  });

  it("takes paths from the root of the repository in a GitHub workflow", () => {
    const project = folder({ "deploy/app/redis.conf": "maxmemory banana\n", "other/redis.conf": "maxmemory banana\n" });
    const uris = (cwd: string, GITHUB_WORKSPACE: string): unknown[] =>
      resultsOf(sarif([".", "../other"], { cwd: project.file(cwd), env: { GITHUB_WORKSPACE } }).log).map((result) => {
        const { uri, uriBaseId } = must(result.locations[0]).physicalLocation.artifactLocation;
        return [uri.replace(project.path, "ROOT"), uriBaseId];
      });
    assert.deepEqual(uris("deploy", project.path), [
      ["deploy/app/redis.conf", "%SRCROOT%"],
      ["other/redis.conf", "%SRCROOT%"],
    ]);
    // A file outside of the folder has no relative address.
    assert.deepEqual(uris("deploy", ""), [
      ["app/redis.conf", "%SRCROOT%"],
      ["file://ROOT/other/redis.conf", undefined],
    ]);
    mkdirSync(path.join(project.path, "elsewhere"));
    assert.deepEqual(uris("deploy", project.file("elsewhere")), uris("deploy", ""));
  });
});
