// What editors of JSON make of the schema of cache-compat.json: VS Code's own service, with what the manifest gives it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { getLanguageService, type JSONSchema, TextDocument } from "vscode-json-languageservice";
import { builtInCatalog, Checker, RULE_METAS, readSettings, ruleDocs } from "../../server/src/core/index.ts";
import { ROOT } from "../support/build.ts";
import { must } from "../support/must.ts";

const manifest = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8")) as {
  readonly contributes: { readonly jsonValidation: readonly { readonly fileMatch: string; readonly url: string }[] };
};
const { url } = must(manifest.contributes.jsonValidation.find(({ fileMatch }) => fileMatch === "cache-compat.json"));
const schema = JSON.parse(readFileSync(path.join(ROOT, url), "utf8")) as JSONSchema;
const service = getLanguageService({
  clientCapabilities: { textDocument: { completion: { completionItem: { documentationFormat: ["markdown"] } } } },
});
service.configure({ schemas: [{ uri: "schema://own", fileMatch: ["cache-compat.json"], schema }] });

function read(text: string) {
  const document = TextDocument.create("file:///cache-compat.json", "json", 1, text.replace("|", ""));
  return { document, json: service.parseJSONDocument(document), position: document.positionAt(text.indexOf("|")) };
}

/** Labels offered at `|`. */
async function completions(text: string): Promise<readonly string[]> {
  const { document, json, position } = read(text);
  return (await service.doComplete(document, position, json))?.items.map(({ label }) => label) ?? [];
}

async function hover(text: string): Promise<string> {
  const { document, json, position } = read(text);
  return JSON.stringify((await service.doHover(document, position, json))?.contents ?? null);
}

describe("cache-compat.json in an editor", () => {
  it("is completed: settings, rules with severities, versions, platforms, servers", async () => {
    assert.deepEqual(
      (await completions("{ | }")).toSorted(),
      ["apps", "asOf", "data", "engine", "ignore", "noticeDays", "platform", "rules", "$schema"].toSorted(),
    );
    const rules = await completions('{ "rules": { | } }');
    for (const { id } of RULE_METAS) assert.ok(rules.includes(id), id);
    assert.ok(rules.includes("image/*"));
    assert.deepEqual(await completions('{ "rules": { "image/licence": | } }'), [
      '"off"',
      '"hint"',
      '"information"',
      '"warning"',
      '"error"',
    ]);
    for (const column of must(builtInCatalog().app("mastodon")?.matrix).columns)
      assert.ok((await completions('{ "apps": { "mastodon": | } }')).includes(`"${column}"`), column);
    assert.ok((await completions('{ "platform": | }')).includes('"elasticache"'));
    assert.ok((await completions('{ "engine": | }')).includes('"redis@7.2"'));
  });

  it("explains settings, and rules with severity and page", async () => {
    assert.match(await hover('{ "pla|tform": null }'), /Who runs the cache/);
    const told = await hover('{ "rules": { "image/floa|ting-tag": "off" } }');
    assert.match(told, /Usually `warning`/);
    assert.ok(told.includes(ruleDocs("image/floating-tag")));
  });

  it("is told to be wrong where we say so, and only there", async () => {
    const { vocabulary } = new Checker(builtInCatalog());
    for (const [text, isFine] of [
      ['{ "apps": { "mastodon": "4.5", "postiz": "off" }, "platform": "aptible", "engine": "redis@7.2.4" }', true],
      ['{ "apps": { "mastodon": null }, "platform": null, "engine": null, "asOf": null }', true],
      ['{ "asOf": "2027-01-01", "noticeDays": 0, "ignore": ["test/**"], "rules": { "image/*": "off" } }', true],
      ['{ "rules": { "image/floating-tags": "off" } }', false],
      ['{ "rules": { "image/floating-tag": "silent" } }', false],
      ['{ "apps": { "mastodon": 4.5 } }', false],
      ['{ "platform": "heroku" }', false],
      ['{ "engine": "redis" }', false],
      ['{ "asOf": "tomorrow" }', false],
      ['{ "noticeDays": 9999 }', false],
      ['{ "app": {} }', false],
    ] as const) {
      const { document, json } = read(text);
      const problems = await service.doValidation(document, json);
      assert.equal(problems.length === 0, isFine, `${text}: ${problems.map(({ message }) => message).join("; ")}`);
      assert.equal(readSettings(JSON.parse(text), vocabulary).problems.length === 0, isFine, text);
    }
  });
});
