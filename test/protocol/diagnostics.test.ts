// Diagnostics: pulled and pushed, after edits, and anew when something beside the file changed.
import assert from "node:assert/strict";
import type { Diagnostic, Range, WorkspaceDiagnosticReport } from "vscode-languageserver";
import { type Folder, folders } from "../support/folders.ts";
import { must } from "../support/must.ts";
import { type Client, clients, SETTINGS, uriOf } from "./client.ts";

const URI = "file:///nowhere/compose.yaml";
const TEXT = "services:\n  a:\n    image: redis:6.2\n";
const RULE = "mastodon/engine-unsupported";

function summary(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(
    ({ code, severity, range: { start, end } }) =>
      `${start.line}:${start.character}-${end.line}:${end.character} ${severity} ${code}`,
  );
}

function isRefresh({ method }: { readonly method?: string }): boolean {
  return method === "workspace/diagnostic/refresh";
}

describe("server: diagnostics", function () {
  this.timeout(30_000);
  const client = clients();

  it("tells range, severity, code, source and page", async () => {
    const server = await client();
    server.open(URI, TEXT);
    const [diagnostic] = await server.pullItems(URI);
    assert.deepEqual(
      { ...diagnostic, message: "" },
      {
        range: { start: { line: 2, character: 17 }, end: { line: 2, character: 20 } },
        severity: 1,
        code: RULE,
        source: "cache-compat",
        codeDescription: { href: `https://github.com/cache-compat/cache-compat/blob/main/data/rules/${RULE}.md` },
        message: "",
      },
    );
    assert.match(String(must(diagnostic).message), /Redis 6\.2.*Mastodon 4\.5|Mastodon 4\.5.*Redis 6\.2/s);
  });

  it("leaves out what the client cannot take", async () => {
    const text = "services:\n  w:\n    image: ghcr.io/mastodon/mastodon:v4.5.1\n  a:\n    image: redis:6.2\n";
    const settings = { asOf: SETTINGS.asOf };
    const full = await client({ settings });
    full.open(URI, text);
    const rich = must((await full.pullItems(URI)).find(({ code }) => code === RULE));
    assert.equal(rich.relatedInformation?.[0]?.location.range.start.line, 2);
    const bare = await client({ settings, related: false, codeDescription: false });
    bare.open(URI, text);
    const poor = must((await bare.pullItems(URI)).find(({ code }) => code === RULE));
    const { relatedInformation: _related, codeDescription: _page, ...rest } = rich;
    assert.deepEqual(poor, rest);
  });

  it("answers unchanged where nothing changed", async () => {
    const server = await client();
    server.open(URI, TEXT);
    const first = await server.pull(URI);
    assert.equal(first.kind, "full");
    const id = must(first.resultId);
    assert.deepEqual(await server.pull(URI, id), { kind: "unchanged", resultId: id });
    server.change(URI, 2, [{ text: TEXT.replace("6.2", "6.0") }]);
    const changed = await server.pull(URI, id);
    assert.equal(changed.kind, "full");
    assert.notEqual(changed.resultId, id);
    server.change(URI, 3, [{ text: TEXT }]);
    assert.equal((await server.pull(URI, id)).kind, "unchanged");
  });

  it("tells the worst of very many findings, and that there are more", async () => {
    const server = await client();
    const conf = "file:///nowhere/redis.conf";
    const lines = Array.from({ length: 700 }, (_, i) => (i % 10 === 9 ? `port ${i}x` : "timeout 0"));
    server.open(conf, `${lines.join("\n")}\n`, "redis-conf");
    const first = await server.pull(conf);
    assert.ok(first.kind === "full");
    const { items } = first;
    // 70 bad ports, and of 629 lines without effect as many as there is room for.
    assert.equal(items.length, 500);
    assert.equal(items.filter(({ severity }) => severity === 1).length, 70);
    const starts = items.map(({ range }) => range.start.line);
    assert.deepEqual(
      starts,
      starts.toSorted((a, b) => a - b),
    );
    assert.match(
      String(must(items.at(-1)).message),
      / 199 more findings in this file are told by the command line only\.$/,
    );
    // What is told no longer is another answer, and the place of each finding is that of the text as it is now.
    server.change(conf, 2, [
      { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: "# x\n" },
    ]);
    const second = await server.pull(conf, must(first.resultId));
    assert.ok(second.kind === "full");
    assert.deepEqual(
      second.items.map(({ range }) => range.start.line),
      starts.map((line) => line + 1),
    );
  });

  it("tells nothing for files that are not ours", async () => {
    const server = await client();
    server.open("file:///nowhere/notes.md", TEXT, "markdown");
    assert.deepEqual(await server.pullItems("file:///nowhere/notes.md"), []);
  });

  it("reads documents without a file", async () => {
    const server = await client();
    server.open("untitled:Untitled-1", TEXT);
    assert.deepEqual(summary(await server.pullItems("untitled:Untitled-1")), [`2:17-2:20 1 ${RULE}`]);
  });

  for (const pull of [true, false]) {
    it(`tells the same ${pull ? "when pulled" : "when pushed"}`, async () => {
      const server = await client({ pull });
      server.open(URI, `${TEXT}  b:\n    image: redis:latest\n`);
      const told = pull ? await server.pullItems(URI) : await server.pushed(URI, 1);
      assert.deepEqual(summary(told), [`2:17-2:20 1 ${RULE}`, "4:17-4:23 2 image/floating-tag"]);
    });
  }

  it("pushes with the version that was judged, and clears on close", async () => {
    const server = await client({ pull: false });
    server.open(URI, TEXT);
    assert.deepEqual(summary(await server.pushed(URI, 1)), [`2:17-2:20 1 ${RULE}`]);
    server.change(URI, 2, [{ text: TEXT.replace("6.2", "8.2") }]);
    assert.deepEqual(await server.pushed(URI, 2), []);
    server.change(URI, 3, [{ text: `\n${TEXT}` }]);
    assert.deepEqual(summary(await server.pushed(URI, 3)), [`3:17-3:20 1 ${RULE}`]);
    server.close(URI);
    assert.deepEqual(await server.pushed(URI, null), []);
    // Nothing is pushed for the closed file behind that.
    const sent = server.received.length;
    assert.equal(await server.stop(), 0);
    assert.deepEqual(
      server.received.slice(sent).filter(({ method }) => method === "textDocument/publishDiagnostics"),
      [],
    );
  });

  it("pushes only the last version of quick typing", async () => {
    const server = await client({ pull: false });
    server.open(URI, TEXT);
    for (let version = 2; version <= 30; version++)
      server.change(URI, version, [{ text: `${"\n".repeat(version)}${TEXT}` }]);
    assert.deepEqual(summary(await server.pushed(URI, 30)), [`32:17-32:20 1 ${RULE}`]);
    const versions = server.received
      .filter(({ method }) => method === "textDocument/publishDiagnostics")
      .map(({ params }) => (params as { version?: number }).version);
    assert.deepEqual(
      versions,
      versions.toSorted((a, b) => (a ?? 0) - (b ?? 0)),
    );
    assert.ok(versions.length < 30);
  });

  it("gives after edits what a fresh server gives for the final text", async () => {
    const edits: readonly (readonly [range: Range, text: string])[] = [
      [{ start: { line: 2, character: 17 }, end: { line: 2, character: 20 } }, "7.0-alpine"],
      [{ start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, "# 🦣 é\r\n"],
      [{ start: { line: 0, character: 2 }, end: { line: 0, character: 4 } }, "👩‍👩‍👧"],
      [{ start: { line: 3, character: 27 }, end: { line: 3, character: 27 } }, " # 🦣\r\n  '🦣': {image: redis:6.0}"],
      [{ start: { line: 4, character: 2 }, end: { line: 4, character: 6 } }, '"b🦣"'],
      [{ start: { line: 1, character: 0 }, end: { line: 1, character: 0 } }, "\r\n\r\n"],
      [{ start: { line: 5, character: 99 }, end: { line: 6, character: 0 } }, "\n"],
    ];
    const server = await client();
    let text = TEXT.replaceAll("\n", "\r\n");
    server.open(URI, text);
    for (const [index, [range, newText]] of edits.entries()) {
      server.change(URI, index + 2, [{ range, text: newText }]);
      const starts = [0, ...[...text.matchAll(/\r\n|\n|\r/g)].map((match) => match.index + match[0].length)];
      const offset = ({ line, character }: Range["start"]): number => {
        const start = must(starts[line]);
        const length = must(/^[^\r\n]*/.exec(text.slice(start)))[0].length;
        return start + Math.min(character, length);
      };
      text = text.slice(0, offset(range.start)) + newText + text.slice(offset(range.end));
    }
    const fresh = await client();
    fresh.open(URI, text);
    const told = await server.pullItems(URI);
    assert.deepEqual(told, await fresh.pullItems(URI));
    assert.deepEqual(codesOf(told), ["mastodon/engine-end-of-life", RULE]);
  });

  function codesOf(diagnostics: readonly Diagnostic[]): unknown[] {
    return diagnostics.map(({ code }) => code);
  }

  it("applies several changes of one message in their order", async () => {
    const server = await client();
    server.open(URI, "x");
    server.change(URI, 2, [
      { text: TEXT },
      { range: { start: { line: 2, character: 17 }, end: { line: 2, character: 18 } }, text: "8" },
      { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: "\n" },
      { range: { start: { line: 3, character: 17 }, end: { line: 3, character: 20 } }, text: "6.0" },
    ]);
    assert.deepEqual(summary(await server.pullItems(URI)), [`3:17-3:20 1 ${RULE}`]);
  });

  for (const [encoding, unitsOf] of [
    ["utf-8", (text: string) => Buffer.byteLength(text)],
    ["utf-16", (text: string) => text.length],
    ["utf-32", (text: string) => [...text].length],
  ] as const) {
    it(`counts columns in ${encoding}, in both directions`, async () => {
      const server = await client({ encodings: [encoding] });
      const head = 'services: {"🦣é": {image: ';
      server.open(URI, `${head}redis:6.2}}\n`);
      const start = unitsOf(`${head}redis:`);
      assert.deepEqual(summary(await server.pullItems(URI)), [`0:${start}-0:${start + 3} 1 ${RULE}`]);
      const hover = await server.request<{ range: Range } | null>("textDocument/hover", {
        textDocument: { uri: URI },
        position: { line: 0, character: start + 1 },
      });
      assert.deepEqual(hover?.range, { start: { line: 0, character: start }, end: { line: 0, character: start + 3 } });
      server.change(URI, 2, [
        { range: { start: { line: 0, character: start }, end: { line: 0, character: start + 3 } }, text: "8.2" },
      ]);
      assert.deepEqual(await server.pullItems(URI), []);
    });
  }
});

describe("server: what stands beside a file", function () {
  this.timeout(30_000);
  const client = clients();
  const folder = folders();
  const text = "services:\n  a:\n    image: redis:${TAG}\n";

  async function opened(
    pull: boolean,
    files: Readonly<Record<string, string>>,
  ): Promise<{ server: Client; project: Folder; uri: string }> {
    const project = folder({ "compose.yaml": text, ...files });
    const server = await client({ folder: project.path, pull });
    const uri = uriOf(project.file("compose.yaml"));
    server.open(uri, text);
    return { server, project, uri };
  }

  function changed(server: Client, project: Folder, name: string, type: 1 | 2 | 3): void {
    server.notify("workspace/didChangeWatchedFiles", { changes: [{ uri: uriOf(project.file(name)), type }] });
  }

  it("watches what a check may read", async () => {
    const { server } = await opened(true, {});
    const registered = await server.next(
      ({ method, params }) =>
        method === "client/registerCapability" && JSON.stringify(params).includes("workspace/didChangeWatchedFiles"),
    );
    // Everything, for a folder that goes away is one event, and the names that count may be written in any case.
    assert.match(JSON.stringify(registered.params), /"globPattern":"\*\*\/\*"/);
  });

  it("asks for a refresh when a .env changes on disk, appears or goes away", async () => {
    const { server, project, uri } = await opened(true, { ".env": "TAG=8.2\n" });
    assert.deepEqual(await server.pullItems(uri), []);
    for (const [content, type, expected] of [
      ["TAG=6.2\n", 2, [`2:17-2:23 1 ${RULE}`]],
      [null, 3, []],
      ["TAG=6.0\n", 1, [`2:17-2:23 1 ${RULE}`]],
    ] as const) {
      const sent = server.received.length;
      if (content === null) project.removeFile(".env");
      else project.write({ ".env": content });
      changed(server, project, ".env", type);
      await server.next(isRefresh, sent);
      assert.deepEqual(summary(await server.pullItems(uri)), expected);
    }
  });

  it("pushes anew when a .env changes on disk", async () => {
    const { server, project, uri } = await opened(false, { ".env": "TAG=8.2\n" });
    assert.deepEqual(await server.pushed(uri, 1), []);
    const sent = server.received.length;
    project.write({ ".env": "TAG=6.2\n" });
    changed(server, project, ".env", 2);
    assert.deepEqual(summary(await server.pushed(uri, 1, sent)), [`2:17-2:23 1 ${RULE}`]);
  });

  it("reads anew at a save or an opening where the client watches nothing", async () => {
    for (const pull of [true, false]) {
      const project = folder({ "compose.yaml": text, ".env": "TAG=8.2\n" });
      const server = await client({ folder: project.path, pull, watch: false });
      const uri = uriOf(project.file("compose.yaml"));
      const told = async (after: number): Promise<readonly string[]> => {
        if (!pull) return summary(await server.pushed(uri, 1, after));
        await server.next(isRefresh, after);
        return summary(await server.pullItems(uri));
      };
      assert.deepEqual(server.initialized?.capabilities.textDocumentSync, { openClose: true, change: 2, save: true });
      server.open(uri, text);
      assert.deepEqual(await told(0), []);
      const other = uriOf(project.file("other.yaml"));
      for (const [tag, act, expected] of [
        ["6.2", () => server.notify("textDocument/didSave", { textDocument: { uri } }), [`2:17-2:23 1 ${RULE}`]],
        ["8.0", () => server.open(other, "services: {}\n"), ["2:17-2:23 3 image/end-of-life-soon"]],
      ] as const) {
        const sent = server.received.length;
        project.write({ ".env": `TAG=${tag}\n` });
        act();
        assert.deepEqual(await told(sent), expected);
      }
    }
  });

  it("takes the text of an open .env before the file, and the file again when it is closed", async () => {
    const { server, project, uri } = await opened(true, { ".env": "TAG=8.2\n" });
    const env = uriOf(project.file(".env"));
    assert.deepEqual(await server.pullItems(uri), []);
    server.open(env, "TAG=6.2\n", "dotenv");
    assert.deepEqual(summary(await server.pullItems(uri)), [`2:17-2:23 1 ${RULE}`]);
    const sent = server.received.length;
    server.change(env, 2, [{ range: { start: { line: 0, character: 4 }, end: { line: 0, character: 5 } }, text: "8" }]);
    await server.next(isRefresh, sent);
    assert.deepEqual(await server.pullItems(uri), []);
    server.change(env, 3, [{ text: "TAG=6.0\n" }]);
    assert.deepEqual(summary(await server.pullItems(uri)), [`2:17-2:23 1 ${RULE}`]);
    server.close(env);
    assert.deepEqual(await server.pullItems(uri), []);
  });

  it("finds the version in a neighbour, and follows its change", async () => {
    const project = folder({
      "compose.yaml": "services:\n  w:\n    image: ghcr.io/mastodon/mastodon:v4.4.1\n",
      "docker-compose.cache.yml": TEXT,
    });
    const server = await client({ folder: project.path, settings: { asOf: SETTINGS.asOf } });
    const uri = uriOf(project.file("docker-compose.cache.yml"));
    server.open(uri, TEXT);
    assert.deepEqual(summary(await server.pullItems(uri)), ["2:17-2:20 2 mastodon/engine-end-of-life"]);
    const sent = server.received.length;
    project.write({ "compose.yaml": "services:\n  w:\n    image: ghcr.io/mastodon/mastodon:v4.5.1\n" });
    changed(server, project, "compose.yaml", 2);
    await server.next(isRefresh, sent);
    assert.deepEqual(summary(await server.pullItems(uri)), [`2:17-2:20 1 ${RULE}`]);
  });

  it("obeys the project file, and its change", async () => {
    const { server, project, uri } = await opened(true, { ".env": "TAG=6.2\n" });
    assert.deepEqual(summary(await server.pullItems(uri)), [`2:17-2:23 1 ${RULE}`]);
    const sent = server.received.length;
    project.write({ "cache-compat.json": '{ "apps": { "mastodon": "4.3" } }' });
    changed(server, project, "cache-compat.json", 1);
    await server.next(isRefresh, sent);
    assert.deepEqual(summary(await server.pullItems(uri)), ["2:17-2:23 2 mastodon/engine-end-of-life"]);
  });

  it("does not follow a .env that links out of the folder", async () => {
    const outside = folder({ "real.env": "TAG=6.2\n" });
    const { server, project, uri } = await opened(true, {});
    project.link(".env", outside.file("real.env"));
    changed(server, project, ".env", 1);
    assert.deepEqual(await server.pullItems(uri), []);
  });
});

describe("server: settings", function () {
  this.timeout(30_000);
  const client = clients();

  it("asks again when the settings changed, and asks for a refresh", async () => {
    const server = await client();
    server.open(URI, TEXT);
    assert.deepEqual(summary(await server.pullItems(URI)), [`2:17-2:20 1 ${RULE}`]);
    const sent = server.received.length;
    server.settings = { asOf: "2026-11-20", apps: { mastodon: "4.4" } };
    server.notify("workspace/didChangeConfiguration", { settings: null });
    await server.next(isRefresh, sent);
    assert.deepEqual(summary(await server.pullItems(URI)), ["2:17-2:20 2 mastodon/engine-end-of-life"]);
  });

  it("takes initializationOptions from clients that cannot be asked, and what they send later", async () => {
    const server = await client({ configuration: false });
    server.open(URI, TEXT);
    assert.deepEqual(summary(await server.pullItems(URI)), [`2:17-2:20 1 ${RULE}`]);
    server.notify("workspace/didChangeConfiguration", {
      settings: { cacheCompat: { ...SETTINGS, rules: { [RULE]: "hint" } } },
    });
    assert.deepEqual(summary(await server.pullItems(URI)), [`2:17-2:20 4 ${RULE}`]);
    assert.ok(!server.received.some(({ method }) => method === "workspace/configuration"));
  });

  it("leaves out settings of a wrong type and keeps the others", async () => {
    for (const wrong of [
      { noticeDays: "many", ignore: "x", data: 7, platform: "moon", engine: [], rules: [], colour: "red" },
      { rules: { "image/floating-tag": 7, "no/rule": "off", [RULE]: "warning" }, asOf: "2026-11-20" },
      { apps: { mastodon: "4.5", friendica: "1", postiz: {} } },
    ]) {
      const server = await client({ settings: { ...SETTINGS, ...wrong } });
      server.open(URI, TEXT);
      const severity = "rules" in wrong && !Array.isArray(wrong.rules) ? 2 : 1;
      assert.deepEqual(summary(await server.pullItems(URI)), [`2:17-2:20 ${severity} ${RULE}`]);
    }
  });

  it("lives with settings that are no object, and with unset ones", async () => {
    for (const settings of [null, 7, "x", [], true, { apps: null, platform: null, rules: null, asOf: null }]) {
      const server = await client({ settings });
      server.open(URI, "# cache-compat: mastodon=4.5\nservices:\n  a:\n    image: redis:6.0\n");
      assert.ok(summary(await server.pullItems(URI)).includes(`3:17-3:20 1 ${RULE}`), JSON.stringify(settings));
    }
  });

  it("takes the empty lists of Lua for empty objects", async () => {
    for (const settings of [[], { apps: [], rules: [], asOf: "2026-11-20" }]) {
      const server = await client({ settings });
      server.open(URI, "# cache-compat: mastodon=4.5\nservices:\n  a:\n    image: redis:6.0\n");
      assert.ok(summary(await server.pullItems(URI)).includes(`3:17-3:20 1 ${RULE}`), JSON.stringify(settings));
      assert.deepEqual(
        server.received.filter(({ method }) => method === "window/logMessage"),
        [],
      );
    }
  });
});

describe("server: workspace diagnostics", function () {
  this.timeout(30_000);
  const client = clients();
  const folder = folders();

  it("tells closed files, too, and unchanged ones by their id", async () => {
    const project = folder({
      "a/compose.yaml": TEXT,
      "b/Dockerfile": "FROM redis:8.2\n",
      "node_modules/x/compose.yaml": TEXT,
      "notes.txt": TEXT,
    });
    const server = await client({ folder: project.path });
    const pull = (previousResultIds: readonly unknown[]) =>
      server.request<WorkspaceDiagnosticReport>("workspace/diagnostic", { previousResultIds });
    const first = await pull([]);
    const a = uriOf(project.file("a/compose.yaml"));
    const b = uriOf(project.file("b/Dockerfile"));
    assert.deepEqual(
      first.items.map(({ uri, kind, version }) => [uri, kind, version]),
      [
        [a, "full", null],
        [b, "full", null],
      ],
    );
    const report = must(first.items[0]);
    assert.deepEqual(report.kind === "full" ? summary(report.items) : null, [`2:17-2:20 1 ${RULE}`]);
    const ids = first.items.map(({ uri, resultId }) => ({ uri, value: must(resultId) }));
    const second = await pull(ids);
    assert.deepEqual(
      second.items.map(({ uri, kind }) => [uri, kind]),
      [
        [a, "unchanged"],
        [b, "unchanged"],
      ],
    );
    server.open(a, TEXT.replace("6.2", "8.2"), "dockercompose", 7);
    const third = await pull(ids);
    const open = must(third.items.find(({ uri }) => uri === a));
    assert.deepEqual([open.kind, open.version, open.kind === "full" ? open.items : null], ["full", 7, []]);
    project.removeFile("b/Dockerfile");
    server.notify("workspace/didChangeWatchedFiles", { changes: [{ uri: b, type: 3 }] });
    const fourth = await pull(ids);
    const gone = fourth.items.find(({ uri }) => uri === b);
    assert.deepEqual([gone?.kind, gone?.kind === "full" ? gone.items : null], ["full", []]);
  });

  it("tells hundreds of open files anew when what they share changes, and each its own", async () => {
    const project = folder({ ".env": "TAG=8.2\n" });
    const server = await client({ folder: project.path });
    const root = uriOf(project.path);
    const uris = Array.from({ length: 500 }, (_, n) => `${root}/compose.${n}.yaml`);
    for (const uri of uris) server.open(uri, TEXT.replace("6.2", "${TAG}"));
    const told = async (): Promise<number[]> =>
      Promise.all(uris.map(async (uri) => (await server.pullItems(uri)).length));
    assert.deepEqual(new Set(await told()), new Set([0]));
    const seen = server.received.length;
    server.open(`${root}/.env`, "TAG=6.2\n", "dotenv");
    await server.next(isRefresh, seen);
    assert.deepEqual(new Set(await told()), new Set([1]));
    server.change(must(uris[7]), 2, [{ text: TEXT.replace("6.2", "8.2") }]);
    assert.deepEqual(
      (await told()).flatMap((count, n) => (count === 0 ? [n] : [])),
      [7],
    );
  });

  it("clears what editors still show of a closed document that is gone, or is in no folder", async () => {
    const project = folder({ "compose.yaml": TEXT });
    const outside = uriOf(folder({}).file("compose.yaml"));
    const server = await client({ folder: project.path });
    const uri = uriOf(project.file("compose.yaml"));
    for (const one of [uri, outside]) {
      server.open(one, TEXT);
      assert.equal((await server.pullItems(one)).length, 1);
      server.close(one);
    }
    project.removeFile("compose.yaml");
    server.notify("workspace/didChangeWatchedFiles", { changes: [{ uri, type: 3 }] });
    const pull = () => server.request<WorkspaceDiagnosticReport>("workspace/diagnostic", { previousResultIds: [] });
    const told = (await pull()).items.map((item) => [item.uri, item.kind === "full" ? item.items.length : null]);
    assert.deepEqual(
      told.sort(),
      [
        [uri, 0],
        [outside, 0],
      ].sort(),
    );
    assert.deepEqual((await pull()).items, []);
  });

  it("agrees with what an opened file is told", async () => {
    const project = folder({ "compose.yaml": TEXT });
    const server = await client({ folder: project.path });
    const { items } = await server.request<WorkspaceDiagnosticReport>("workspace/diagnostic", {
      previousResultIds: [],
    });
    const uri = uriOf(project.file("compose.yaml"));
    server.open(uri, TEXT);
    const report = must(items.find((item) => item.uri === uri));
    assert.deepEqual(report.kind === "full" ? report.items : null, await server.pullItems(uri));
    assert.equal((await server.pull(uri, must(report.resultId))).kind, "unchanged");
  });
});
