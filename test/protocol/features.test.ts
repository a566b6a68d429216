// What an editor asks for at a place: hover, completion, code actions, definition, hints.
import assert from "node:assert/strict";
import type {
  CodeAction,
  CompletionItem,
  CompletionList,
  Hover,
  InlayHint,
  Location,
  MarkupContent,
  Position,
  Range,
  WorkspaceEdit,
} from "vscode-languageserver";
import { folders } from "../support/folders.ts";
import { must } from "../support/must.ts";
import { type Client, clients, SETTINGS, uriOf } from "./client.ts";

const URI = "file:///nowhere/compose.yaml";
const ALL: Range = { start: { line: 0, character: 0 }, end: { line: 9999, character: 0 } };

function at(line: number, character: number): { textDocument: { uri: string }; position: Position } {
  return { textDocument: { uri: URI }, position: { line, character } };
}

function image(written: string): string {
  return `services:\n  a:\n    image: ${written}\n`;
}

/** The text after the edits of one file. */
function edited(text: string, edit: WorkspaceEdit | undefined, uri = URI): string {
  const changes =
    edit?.changes?.[uri] ??
    edit?.documentChanges?.flatMap((change) =>
      "edits" in change && change.textDocument.uri === uri ? change.edits : [],
    );
  const starts = [0, ...[...text.matchAll(/\r\n|\n|\r/g)].map((match) => match.index + match[0].length)];
  const offset = ({ line, character }: Position): number => must(starts[line]) + character;
  return must(changes)
    .toSorted((a, b) => ("range" in a && "range" in b ? offset(b.range.start) - offset(a.range.start) : 0))
    .reduce(
      (done, change) =>
        "range" in change && "newText" in change
          ? done.slice(0, offset(change.range.start)) + String(change.newText) + done.slice(offset(change.range.end))
          : done,
      text,
    );
}

describe("server: hover", function () {
  this.timeout(30_000);
  const client = clients();

  async function hover(server: Client, line: number, character: number): Promise<Hover | null> {
    return server.request("textDocument/hover", at(line, character));
  }

  it("tells states per version, the calendar and the sources with their days", async () => {
    const server = await client();
    server.open(URI, image("redis:6.2-alpine"));
    const found = must(await hover(server, 2, 19));
    assert.deepEqual(found.range, { start: { line: 2, character: 17 }, end: { line: 2, character: 27 } });
    const { kind, value } = found.contents as MarkupContent;
    assert.equal(kind, "markdown");
    for (const word of [
      "Redis 6.2",
      "Mastodon",
      "4.6",
      "4.5",
      "4.4",
      "4.3",
      "4.2",
      "2027-04-01",
      "not supported",
      "end of life",
    ])
      assert.ok(value.includes(word), word);
    assert.match(value, /https:\/\/\S+/);
    assert.match(value, /\b20\d\d-\d\d-\d\d\b.*\b20\d\d-\d\d-\d\d\b/s);
  });

  it("tells the same as plain text to those who cannot draw markdown", async () => {
    const server = await client({ markdown: false });
    server.open(URI, image("redis:6.2-alpine"));
    const { kind, value } = must(await hover(server, 2, 19)).contents as MarkupContent;
    assert.equal(kind, "plaintext");
    for (const word of ["Redis 6.2", "Mastodon", "4.6", "4.2", "2027-04-01", "not supported"])
      assert.ok(value.includes(word), word);
    assert.doesNotMatch(value, /\*\*|\]\(/);
  });

  it("knows floating tags, digests, other engines and images of the app", async () => {
    const server = await client();
    server.open(
      URI,
      `services:\n  a: {image: redis:latest}\n  b: {image: "redis@sha256:${"0".repeat(64)}"}\n  c: {image: eqalpha/keydb}\n  d: {image: memcached:1.6}\n  e: {image: ghcr.io/mastodon/mastodon:v4.5.1}\n`,
    );
    for (const [line, word] of [
      [1, /moves/],
      [2, /digest/i],
      [3, /KeyDB/],
      [4, /Memcached/i],
      [5, /Mastodon/],
    ] as const)
      assert.match((must(await hover(server, line, 16)).contents as MarkupContent).value, word);
  });

  it("is silent elsewhere", async () => {
    const server = await client();
    server.open(URI, `${image("redis:6.2")}  b:\n    image: nginx:1.27\n`);
    for (const [line, character] of [
      [0, 0],
      [3, 3],
      [4, 12],
      [9, 9],
    ] as const)
      assert.equal(await hover(server, line, character), null);
  });

  it("shows no markup that the file smuggles in", async () => {
    const server = await client();
    server.open(URI, image('"redis:${X:-<img src=x onerror=alert(1)>}"'));
    const found = await hover(server, 2, 14);
    if (found !== null) assert.doesNotMatch((found.contents as MarkupContent).value, /<img/);
    server.change(URI, 2, [{ text: image("redis:${X:-latest}@sha256:`](command:x)") }]);
    const other = await hover(server, 2, 14);
    if (other !== null) assert.doesNotMatch((other.contents as MarkupContent).value, /\]\(command:/);
  });
});

describe("server: completion", function () {
  this.timeout(30_000);
  const client = clients();

  async function complete(server: Client, text: string): Promise<CompletionList> {
    const offset = text.indexOf("|");
    const before = text.slice(0, offset).split("\n");
    server.open(URI, text.replace("|", ""), "dockercompose", 1);
    const list = await server.request<CompletionList | null>(
      "textDocument/completion",
      at(before.length - 1, must(before.at(-1)).length),
    );
    return list ?? { isIncomplete: false, items: [] };
  }

  function accepted(text: string, item: CompletionItem): string {
    const edit = must(item.textEdit);
    assert.ok("range" in edit);
    return edited(text.replace("|", ""), { changes: { [URI]: [edit] } });
  }

  for (const text of [
    image("redis:|"),
    "services:\n  a:\n    image: redis:|",
    image('"redis:|"'),
    "services:\n  a:\n    image: redis:|\n    restart: always\n  b:\n    image: nginx\n",
    "services: {a: {image: 'redis:|'}}\n",
    image("redis:|").replaceAll("\n", "\r\n"),
  ]) {
    it(`offers tags in ${JSON.stringify(text)}`, async () => {
      const server = await client();
      const { items } = await complete(server, text);
      const sorted = items.toSorted((a, b) => ((a.sortText ?? "") < (b.sortText ?? "") ? -1 : 1));
      const best = must(sorted[0]);
      assert.equal(best.label, "8.2");
      assert.equal(accepted(text, best), text.replace("|", "8.2"));
      const labels = sorted.map(({ label }) => label);
      assert.ok(
        labels.indexOf("7.4-alpine") < labels.indexOf("8.10") && labels.indexOf("8.10") < labels.indexOf("7.0"),
      );
      assert.equal(new Set(labels).size, labels.length);
    });
  }

  it("marks lines that have ended", async () => {
    const server = await client();
    const { items } = await complete(server, image("redis:|"));
    const tagsOf = (label: string): readonly number[] => must(items.find((item) => item.label === label)).tags ?? [];
    assert.deepEqual(tagsOf("7.0"), [1]);
    assert.deepEqual(tagsOf("5.0-alpine"), [1]);
    assert.deepEqual(tagsOf("8.2"), []);
    assert.match(must(items.find(({ label }) => label === "7.0")).detail ?? "", /end of life/);
  });

  it("replaces what is typed already", async () => {
    const server = await client();
    const text = image("redis:7.|4-alpine");
    const { items } = await complete(server, text);
    const item = must(items.find(({ label }) => label === "7.2-alpine"));
    assert.equal(accepted(text, item), image("redis:7.2-alpine"));
    assert.ok(must(item.filterText ?? item.label).startsWith("7."));
  });

  it("offers the patches of a line that is typed", async () => {
    const server = await client();
    const { items } = await complete(server, image("redis:7.4.|"));
    assert.ok(items.some(({ label }) => label === "7.4.1"));
    assert.ok(items.every(({ label }) => label.startsWith("7.4")));
  });

  it("offers whole images where none is written", async () => {
    const server = await client();
    for (const [text, first] of [
      ["services:\n  a:\n    image: |", /^(?:redis|valkey\/valkey):/],
      ["services:\n  a:\n    image: val|\n", /^valkey\/valkey:/],
    ] as const) {
      const { items } = await complete(server, text);
      const best = must(items.toSorted((a, b) => ((a.sortText ?? "") < (b.sortText ?? "") ? -1 : 1))[0], text);
      assert.match(best.label, first);
      assert.equal(accepted(text, best), text.replace(/(?:val)?\|/, best.label));
    }
  });

  it("offers nothing elsewhere", async () => {
    const server = await client();
    for (const text of [
      "|services:\n",
      image("redis:6.2").replace("a:", "a|:"),
      image("nginx:|"),
      "# image: redis:|\n",
    ])
      assert.deepEqual((await complete(server, text)).items, [], text);
  });

  it("describes an item when asked", async () => {
    const server = await client();
    const { items } = await complete(server, image("redis:|"));
    const item = must(items.find(({ label }) => label === "6.2"));
    assert.equal(item.documentation, undefined);
    const resolved = await server.request<CompletionItem>("completionItem/resolve", item);
    const { kind, value } = resolved.documentation as MarkupContent;
    assert.equal(kind, "markdown");
    assert.match(value, /Redis 6\.2/);
    assert.match(value, /2027-04-01/);
    assert.deepEqual({ ...resolved, documentation: undefined }, { ...item, documentation: undefined });
  });
});

describe("server: code actions", function () {
  this.timeout(30_000);
  const client = clients();
  const folder = folders();
  const TEXT = `${image("redis:6.2-alpine")}  b:\n    image: redis:latest\n  c:\n    image: redis:7.0\n`;

  function actions(server: Client, range: Range = ALL, only?: readonly string[], uri = URI): Promise<CodeAction[]> {
    return server.request("textDocument/codeAction", {
      textDocument: { uri },
      range,
      context: { diagnostics: [], ...(only === undefined ? {} : { only }) },
    });
  }

  function line(number: number): Range {
    return { start: { line: number, character: 17 }, end: { line: number, character: 17 } };
  }

  it("offers the preferred line first, then the others", async () => {
    const server = await client();
    server.open(URI, TEXT);
    const offered = (await actions(server, line(2))).filter(({ title }) => !title.startsWith("Ignore "));
    assert.deepEqual(
      offered.map(({ isPreferred, kind, edit }) => [
        isPreferred ?? false,
        kind,
        /redis:(\S+)/.exec(edited(TEXT, edit))?.[1],
      ]),
      [
        [true, "quickfix", "8.2-alpine"],
        [false, "quickfix", "8.0-alpine"],
        [false, "quickfix", "7.4-alpine"],
        [false, "quickfix", "7.2-alpine"],
      ],
    );
    for (const { diagnostics, title } of offered) {
      assert.deepEqual(
        diagnostics?.map(({ code }) => code),
        ["mastodon/engine-unsupported"],
      );
      assert.match(title, /redis/);
    }
  });

  it("offers only what stands in the range", async () => {
    const server = await client();
    server.open(URI, TEXT);
    assert.deepEqual(await actions(server, { start: { line: 0, character: 0 }, end: { line: 1, character: 4 } }), []);
    const codes = (await actions(server, line(4))).flatMap(({ diagnostics }) => diagnostics?.map(({ code }) => code));
    assert.deepEqual([...new Set(codes)], ["image/floating-tag"]);
  });

  it("filters by kind", async () => {
    const server = await client({ resolve: false });
    server.open(URI, TEXT);
    const kinds = async (only?: readonly string[]): Promise<unknown[]> => [
      ...new Set((await actions(server, ALL, only)).map(({ kind }) => kind)),
    ];
    assert.deepEqual(await kinds(), ["quickfix"]);
    assert.deepEqual(await kinds(["quickfix"]), ["quickfix"]);
    assert.deepEqual(await kinds(["refactor"]), []);
    assert.deepEqual(await kinds(["source.organizeImports"]), []);
    for (const only of ["source", "source.fixAll", "source.fixAll.cacheCompat"])
      assert.deepEqual(await kinds([only]), ["source.fixAll.cacheCompat"]);
  });

  for (const resolve of [true, false]) {
    it(`fixes all that is safe ${resolve ? "with" : "without"} resolving`, async () => {
      const server = await client({ resolve });
      server.open(URI, TEXT);
      const [action, ...rest] = await actions(server, ALL, ["source.fixAll.cacheCompat"]);
      assert.deepEqual(rest, []);
      assert.equal(must(action).edit === undefined, resolve);
      const resolved = resolve ? await server.request<CodeAction>("codeAction/resolve", action) : must(action);
      const after = edited(TEXT, resolved.edit);
      assert.equal(after, TEXT.replace("6.2-alpine", "8.2-alpine").replace("7.0", "7.4"));
      server.change(URI, 2, [{ text: after }]);
      assert.deepEqual(await actions(server, ALL, ["source.fixAll.cacheCompat"]), []);
    });
  }

  it("fixes all that is safe but what brings an error in a file beside it", async () => {
    const compose =
      "services:\n  a:\n    image: redis:7.0\n  b:\n    image: redis:6.2\n    command: redis-server /etc/redis.conf\n    volumes: ['./redis.conf:/etc/redis.conf']\n";
    const project = folder({ "compose.yaml": compose, "redis.conf": "gopher-enabled no\n" });
    const server = await client({ folder: project.path, resolve: false });
    const uri = uriOf(project.file("compose.yaml"));
    server.open(uri, compose);
    const [action] = await actions(server, ALL, ["source.fixAll.cacheCompat"], uri);
    assert.equal(edited(compose, must(action).edit, uri), compose.replace("7.0", "7.4"));
  });

  it("edits the .env that defines a variable, with the version of an open document", async () => {
    const project = folder({ "compose.yaml": image("redis:${TAG}"), ".env": "A=1\nTAG='6.2'\n" });
    for (const documentChanges of [true, false]) {
      const server = await client({ folder: project.path, documentChanges });
      const uri = uriOf(project.file("compose.yaml"));
      const env = uriOf(project.file(".env"));
      server.open(uri, image("redis:${TAG}"));
      const closed = must((await actions(server, ALL, undefined, uri))[0]);
      assert.equal(edited("A=1\nTAG='6.2'\n", closed.edit, env), "A=1\nTAG='8.2'\n");
      assert.equal(closed.edit?.documentChanges === undefined, !documentChanges);
      server.open(env, "TAG=6.0 # x\n", "dotenv", 5);
      const open = must((await actions(server, ALL, undefined, uri))[0]);
      assert.equal(edited("TAG=6.0 # x\n", open.edit, env), "TAG=8.2 # x\n");
      const [change] = open.edit?.documentChanges ?? [];
      if (documentChanges)
        assert.deepEqual(change !== undefined && "textDocument" in change && change.textDocument, {
          uri: env,
          version: 5,
        });
    }
  });

  it("asks no client for what it did not say", async () => {
    const server = await client();
    server.open(URI, TEXT);
    const [action] = await actions(server, line(2));
    assert.deepEqual(await server.request("codeAction/resolve", action), action);
    assert.deepEqual(await server.request("codeAction/resolve", { title: "x", data: { uri: 7 } }), {
      title: "x",
      data: { uri: 7 },
    });
  });
});

describe("server: places inside a symbol", function () {
  this.timeout(30_000);
  const client = clients();

  it("are taken for its beginning", async () => {
    const text = "max\u{1F600}memory 1gb\n";
    const uri = "file:///nowhere/redis.conf";
    const server = await client();
    server.open(uri, text, "redis-conf");
    const ask = async (character: number): Promise<unknown> => {
      const at = { textDocument: { uri }, position: { line: 0, character } };
      const found = await server.request<CompletionItem[] | CompletionList | null>("textDocument/completion", at);
      const items = Array.isArray(found) ? found : (found?.items ?? []);
      return items.map(({ label, textEdit }) => [label, textEdit]);
    };
    assert.deepEqual(await ask(4), await ask(3));
    assert.notDeepEqual(await ask(3), []);
  });
});

describe("server: definition and hints", function () {
  this.timeout(30_000);
  const client = clients();
  const folder = folders();

  it("leads from ${VAR} to its line in .env", async () => {
    const text = image("redis:${TAG}");
    const project = folder({ "compose.yaml": text, ".env": '# x\nexport TAG="6.2"\n' });
    const server = await client({ folder: project.path });
    const uri = uriOf(project.file("compose.yaml"));
    server.open(uri, text);
    for (const character of [17, 20, 22]) {
      const found = await server.request<Location | null>("textDocument/definition", {
        textDocument: { uri },
        position: { line: 2, character },
      });
      assert.equal(found?.uri, uriOf(project.file(".env")));
      assert.equal(found?.range.start.line, 1);
    }
    const nothing = await server.request("textDocument/definition", {
      textDocument: { uri },
      position: { line: 2, character: 5 },
    });
    assert.equal(nothing, null);
  });

  it("rewrites the parts of a connection as one URL, without a word of the secret in the title", async () => {
    const env = "# cache-compat: mastodon=4.5\nREDIS_HOST=cache\nREDIS_PASSWORD=hunter2\n";
    const server = await client();
    const uri = "file:///nowhere/.env.production";
    server.open(uri, env, "dotenv");
    const position = { line: 1, character: 3 };
    const ask = (context: object) =>
      server.request<CodeAction[] | null>("textDocument/codeAction", {
        textDocument: { uri },
        range: { start: position, end: position },
        context: { diagnostics: [], ...context },
      });
    const [action] = (await ask({ only: ["refactor"] })) ?? [];
    assert.equal(action?.title, "Write REDIS_URL in place of its parts");
    assert.equal(
      edited(env, action?.edit, uri),
      "# cache-compat: mastodon=4.5\nREDIS_URL=redis://:hunter2@cache:6379/0\n",
    );
    assert.deepEqual(await ask({ only: ["quickfix"] }), []);
  });

  it("leads from the host of a URL to the service of the compose file", async () => {
    const env = "# cache-compat: mastodon=4.5\nREDIS_URL=redis://cache:6379/0\n";
    const compose = "services:\n  web:\n    image: nginx\n  cache:\n    image: redis:8.2\n";
    const project = folder({ "compose.yaml": compose, ".env": env });
    const server = await client({ folder: project.path });
    const uri = uriOf(project.file(".env"));
    server.open(uri, env, "dotenv");
    const found = await server.request<Location | null>("textDocument/definition", {
      textDocument: { uri },
      position: { line: 1, character: 20 },
    });
    assert.deepEqual(found, {
      uri: uriOf(project.file("compose.yaml")),
      range: { start: { line: 3, character: 2 }, end: { line: 3, character: 7 } },
    });
  });

  it("shows no hints until they are switched on", async () => {
    const text = `${image("redis:latest")}  b:\n    image: redis:8.2\n  c:\n    image: redis:7-alpine\n`;
    const ask = (server: Client, range = ALL) =>
      server.request<InlayHint[] | null>("textDocument/inlayHint", { textDocument: { uri: URI }, range });
    const off = await client();
    off.open(URI, text);
    assert.deepEqual((await ask(off)) ?? [], []);
    const on = await client({ settings: { ...SETTINGS, inlayHints: { enabled: true } } });
    on.open(URI, text);
    const hints = (await ask(on)) ?? [];
    assert.deepEqual(
      hints.map(({ position }) => position),
      [
        { line: 2, character: 23 },
        { line: 6, character: 25 },
      ],
    );
    for (const { label } of hints) assert.match(String(label), /\d+\.\d+\.\d+/);
    const some = await ask(on, { start: { line: 5, character: 0 }, end: { line: 7, character: 0 } });
    assert.deepEqual(some, [hints[1]]);
    const sent = on.received.length;
    on.settings = SETTINGS;
    on.notify("workspace/didChangeConfiguration", { settings: null });
    await on.next(({ method }) => method === "workspace/inlayHint/refresh", sent);
    assert.deepEqual((await ask(on)) ?? [], []);
  });
});
