// The JSON output field by field: other programs rely on every name in it.
import assert from "node:assert/strict";
import { checkJson } from "../support/cli.ts";
import { folders } from "../support/folders.ts";
import { must } from "../support/must.ts";

type Shape = { readonly [key: string]: string | Shape | readonly [Shape] };

const RANGE = { line: "number", column: "number", endLine: "number", endColumn: "number" };
const EDIT: Shape = { path: "string", ...RANGE, newText: "string" };
const FIX: Shape = { title: "string", safe: "boolean", preferred: "boolean", edits: [EDIT] };
const RELATED: Shape = { path: "string", line: "number", column: "number", message: "string" };
const FINDING: Shape = {
  rule: "string",
  severity: "string",
  ...RANGE,
  message: "string",
  docs: "string",
  related: [RELATED],
  fixes: [FIX],
};
const IMAGE: Shape = {
  ...RANGE,
  text: "string",
  reference: "string",
  engine: "string",
  releaseLine: "string?",
  states: "strings",
};
const FILE: Shape = { path: "string", apps: "apps", images: [IMAGE], findings: [FINDING] };
const SUMMARY = { files: "number", error: "number", warning: "number", information: "number", hint: "number" };
const RUN: Shape = { version: "number", asOf: "string", files: [FILE], summary: SUMMARY };

function entriesOf(value: unknown, at: string): [string, unknown][] {
  assert.ok(typeof value === "object" && value !== null && !Array.isArray(value), `${at} is no object`);
  return Object.entries(value);
}

function assertType(value: unknown, type: string, at: string): void {
  if (type === "strings") for (const [key, text] of entriesOf(value, at)) assertType(text, "string", `${at}.${key}`);
  else if (type === "apps") {
    for (const [key, app] of entriesOf(value, at))
      assertShape(app, { version: "string", from: "string" }, `${at}.${key}`);
  } else if (type === "string?") assert.ok(value === null || typeof value === "string", at);
  else assert.equal(typeof value, type, at);
}

/** Exactly these keys, each of its type. */
function assertShape(value: unknown, shape: Shape, at: string): void {
  const entries = new Map(entriesOf(value, at));
  assert.deepEqual([...entries.keys()].sort(), Object.keys(shape).sort(), at);
  for (const [key, type] of Object.entries(shape)) {
    const part = entries.get(key);
    const place = `${at}.${key}`;
    if (typeof type === "string") assertType(part, type, place);
    else if (Array.isArray(type)) {
      assert.ok(Array.isArray(part), `${place} is no list`);
      for (const [index, item] of part.entries()) assertShape(item, type[0] as Shape, `${place}[${index}]`);
    } else assertShape(part, type as Shape, place);
  }
}

const FILES = {
  "deploy/compose.yaml":
    "services:\n  web:\n    image: ghcr.io/mastodon/mastodon:v4.5.1\n  cache:\n    image: redis:6.2\n  pinned:\n    image: redis:latest\n",
  "deploy/nothing/compose.yaml": "services:\n  web:\n    image: nginx:1.27\n",
  "values.yaml": "image: valkey/valkey:8.1\n",
  "README.md": "redis:6.2\n",
};

describe("cli: JSON", function () {
  this.timeout(30_000);
  const folder = folders();

  it("has exactly the documented fields", () => {
    const { json } = checkJson(["."], { cwd: folder(FILES).path });
    assertShape(json, RUN, "$");
    assert.equal(json.version, 1);
    assert.equal(json.asOf, "2026-11-20");
    const findings = json.files.flatMap((file) => file.findings);
    assert.ok(
      findings.some(({ related }) => related.length > 0),
      "related places are tried, too",
    );
    assert.ok(
      findings.some(({ fixes }) => fixes.some(({ safe }) => safe)),
      "safe fixes are tried, too",
    );
    for (const { docs, rule } of findings)
      assert.equal(docs, `https://github.com/cache-compat/cache-compat/blob/main/data/rules/${rule}.md`);
  });

  it("lists files with images or findings, and counts all that were checked", () => {
    const { json } = checkJson(["."], { cwd: folder(FILES).path });
    assert.deepEqual(
      json.files.map((file) => file.path),
      ["deploy/compose.yaml", "values.yaml"],
    );
    assert.equal(json.summary.files, 3);
    for (const severity of ["error", "warning", "information", "hint"] as const) {
      const told = json.files.flatMap((file) => file.findings).filter((finding) => finding.severity === severity);
      assert.equal(json.summary[severity], told.length, severity);
    }
  });

  it("tells places from 1 with exclusive ends, and paths from the working directory", () => {
    const { path: cwd } = folder(FILES);
    const { json } = checkJson(["deploy"], { cwd });
    const file = must(json.files[0]);
    assert.deepEqual(file.apps, { mastodon: { version: "4.5.1", from: "detected" } });
    assert.deepEqual(file.images[0], {
      line: 5,
      column: 18,
      endLine: 5,
      endColumn: 21,
      text: "6.2",
      reference: "docker.io/library/redis:6.2",
      engine: "redis",
      releaseLine: "6.2",
      states: { mastodon: "unsupported" },
    });
    assert.equal(file.images[1]?.releaseLine, null);
    const finding = must(file.findings.find(({ rule }) => rule === "mastodon/engine-unsupported"));
    assert.deepEqual(
      [finding.severity, finding.line, finding.column, finding.endLine, finding.endColumn],
      ["error", 5, 18, 5, 21],
    );
    assert.deepEqual(
      finding.related.map((place) => [place.path, place.line, place.column]),
      [["deploy/compose.yaml", 3, 38]],
    );
    const preferred = finding.fixes.filter((fix) => fix.preferred);
    assert.equal(preferred.length, 1);
    assert.deepEqual(preferred[0]?.edits, [
      { path: "deploy/compose.yaml", line: 5, column: 18, endLine: 5, endColumn: 21, newText: "8.2" },
    ]);
    assert.equal(preferred[0]?.safe, true);
    assert.ok(finding.fixes.length > 1, "the other lines are offered, too");
    const floating = must(file.findings.find(({ rule }) => rule === "image/floating-tag"));
    assert.deepEqual(
      floating.fixes.map(({ safe }) => safe),
      floating.fixes.map(() => false),
      "replacing a floating tag is not safe",
    );
    const below = checkJson([".."], { cwd: `${cwd}/deploy` });
    assert.deepEqual(
      below.json.files.map((one) => one.path),
      ["compose.yaml", "../values.yaml"],
    );
  });

  it("says where a version comes from", () => {
    const text = "services:\n  cache:\n    image: redis:6.2\n";
    const from = (files: Readonly<Record<string, string>>, ...flags: string[]) =>
      checkJson(["compose.yaml", ...flags], { cwd: folder(files).path }).json.files[0]?.apps;
    const config = { "cache-compat.json": '{ "apps": { "mastodon": "4.4" } }' };
    const commented = `# cache-compat: mastodon=4.3\n${text}`;
    assert.deepEqual(from({ "compose.yaml": text }), {});
    assert.deepEqual(from({ "compose.yaml": text, ...config }), { mastodon: { version: "4.4", from: "config" } });
    assert.deepEqual(from({ "compose.yaml": commented, ...config }), { mastodon: { version: "4.3", from: "comment" } });
    assert.deepEqual(from({ "compose.yaml": commented, ...config }, "--app", "mastodon@v4.6"), {
      mastodon: { version: "4.6", from: "flag" },
    });
    assert.deepEqual(from({ "compose.yaml": commented }, "--app", "mastodon@off"), {});
  });

  it("counts columns in UTF-16 units, a byte order mark is none", () => {
    const text = `\uFEFFservices: {a: {labels: ["🦣"], image: redis:6.2}}\r\n`;
    const { json } = checkJson(["--app", "mastodon@4.5", "."], { cwd: folder({ "compose.yaml": text }).path });
    const image = must(json.files[0]?.images[0]);
    assert.deepEqual([image.line, image.column, image.text], [1, text.indexOf("6.2"), "6.2"]);
    assert.deepEqual([image.endLine, image.endColumn], [1, text.indexOf("6.2") + 3]);
  });

  it("prints an empty run as JSON, too", () => {
    const { json, status } = checkJson(["."], { cwd: folder().path });
    assert.equal(status, 0);
    assert.deepEqual(json, {
      version: 1,
      asOf: "2026-11-20",
      files: [],
      summary: { files: 0, error: 0, warning: 0, information: 0, hint: 0 },
    });
  });
});
