// "Ignore this rule" as an editor gets it.
import assert from "node:assert/strict";
import type { CodeAction, Diagnostic, WorkspaceEdit } from "vscode-languageserver";
import { folders } from "../support/folders.ts";
import { must } from "../support/must.ts";
import { type Abilities, clients, uriOf } from "./client.ts";

const TEXT = "services:\n  a:\n    image: redis:latest\n";

describe("server: ignore this rule", function () {
  this.timeout(30_000);
  const client = clients();
  const folder = folders();

  async function ask(files: Readonly<Record<string, string>>, abilities: Abilities = {}) {
    const project = folder({ "deploy/compose.yaml": TEXT, ...files });
    const server = await client({ folder: project.path, ...abilities });
    const uri = uriOf(project.file("deploy/compose.yaml"));
    server.open(uri, TEXT);
    const at = { line: 2, character: 17 };
    const actions = await server.request<CodeAction[]>("textDocument/codeAction", {
      textDocument: { uri },
      range: { start: at, end: at },
      context: { diagnostics: [] },
    });
    const firstToIgnore = actions.findIndex(({ title }) => title.startsWith("Ignore "));
    assert.ok(firstToIgnore > 0, "behind what repairs");
    const toIgnore = actions.slice(firstToIgnore);
    for (const { title, kind, isPreferred, diagnostics } of toIgnore) {
      assert.match(title, /^Ignore /);
      assert.equal(kind, "quickfix");
      assert.equal(isPreferred, undefined);
      assert.equal(diagnostics?.[0]?.code, "image/floating-tag");
    }
    return { project, server, uri, actions: toIgnore };
  }

  it("is three plain edits for any client", async () => {
    const { actions, uri, project } = await ask({ "cache-compat.json": "{}\n" });
    assert.deepEqual(
      actions.map(({ title }) => title),
      [
        "Ignore image/floating-tag on this line",
        "Ignore image/floating-tag in this file",
        "Ignore image/floating-tag in this project (cache-compat.json)",
      ],
    );
    const edits = actions.map(
      ({ edit }) =>
        must(edit?.documentChanges?.[0]) as { textDocument: { uri: string; version: number | null }; edits: unknown[] },
    );
    assert.deepEqual(
      edits.map(({ textDocument }) => [textDocument.uri, textDocument.version]),
      [
        [uri, 1],
        [uri, 1],
        [uriOf(project.file("cache-compat.json")), null],
      ],
    );
    // Behind the indentation: what stands before and behind the edit is what stood there.
    const start = { line: 2, character: 4 };
    assert.deepEqual(edits[0]?.edits, [
      { range: { start, end: start }, newText: "# cache-compat-ignore-next-line image/floating-tag -- reason\n    " },
    ]);
  });

  it("is found where an error ends between two blocks", async () => {
    const text = `${TEXT}volumes:\n  data: { image: redis\nvolumes:\n  data: {}\n`;
    const project = folder({ "compose.yaml": text });
    const server = await client({ folder: project.path });
    const uri = uriOf(project.file("compose.yaml"));
    server.open(uri, text);
    const told = (await server.pullItems(uri)).filter(({ code }) => code === "yaml/syntax");
    assert.ok(told.length > 0);
    for (const diagnostic of told) {
      const actions = await server.request<CodeAction[]>("textDocument/codeAction", {
        textDocument: { uri },
        range: diagnostic.range,
        context: { diagnostics: [diagnostic] },
      });
      assert.deepEqual([...new Set(actions.map(({ diagnostics }) => diagnostics?.[0]?.code))], ["yaml/syntax"]);
    }
  });

  it("leaves the reason and the date to be filled in where the client can do that", async () => {
    const { actions } = await ask({}, { richEdits: true });
    const snippets = actions.map(({ edit }) => JSON.stringify(edit).match(/"snippet":\{[^}]*?"value":"(.*?)\\n"/)?.[1]);
    // From the beginning of the line on: editors would indent the rest of the line once more.
    assert.match(JSON.stringify(actions[0]?.edit), /"start":\{"line":2,"character":0\}/);
    assert.deepEqual(snippets, [
      "    # cache-compat-ignore-next-line image/floating-tag${2| , until=2027-02-18 |}-- ${1:reason}",
      "# cache-compat-ignore-file image/floating-tag${2| , until=2027-02-18 |}-- ${1:reason}",
      undefined,
    ]);
  });

  it("makes the project file only for a client that can make files", async () => {
    const without = await ask({});
    assert.equal(without.actions.length, 2);
    const { actions, project } = await ask({}, { richEdits: true });
    const { title, edit } = must(actions[2]);
    assert.equal(title, "Ignore image/floating-tag in this project (creates cache-compat.json)");
    const uri = uriOf(project.file("cache-compat.json"));
    const start = { line: 0, character: 0 };
    const newText = '{\n  "rules": {\n    "image/floating-tag": "off"\n  }\n}\n';
    const expected: WorkspaceEdit = {
      documentChanges: [
        { kind: "create", uri, options: { ignoreIfExists: true } },
        { textDocument: { uri, version: null }, edits: [{ range: { start, end: start }, newText }] },
      ],
    };
    assert.deepEqual(edit, expected);
  });

  it("edits the text of an open project file, and the finding is gone at once", async () => {
    const { server, uri, project } = await ask({ "cache-compat.json": "{}\n" });
    const json = uriOf(project.file("cache-compat.json"));
    server.open(json, '{ "rules": { "image/floating-tag": "off" } }\n', "json");
    const { items } = await server.request<{ items: Diagnostic[] }>("textDocument/diagnostic", {
      textDocument: { uri },
    });
    assert.deepEqual(
      items.map(({ code }) => code),
      [],
    );
  });
});
