// What editors of JSON make of our schemas: VS Code's own service, with what the manifest gives it, and with what is published for the others.
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
function serviceWith(schemas: readonly { readonly fileMatch: string; readonly url: string }[]) {
  const service = getLanguageService({
    clientCapabilities: { textDocument: { completion: { completionItem: { documentationFormat: ["markdown"] } } } },
  });
  service.configure({
    schemas: schemas.map(({ fileMatch, url }) => ({
      uri: `schema://${fileMatch.replace("*", "any")}`,
      fileMatch: [fileMatch],
      schema: JSON.parse(readFileSync(path.join(ROOT, url), "utf8")) as JSONSchema,
    })),
  });
  return service;
}

/** In VS Code. */
const service = serviceWith(manifest.contributes.jsonValidation);
/** In editors that have nothing but the schemas. */
const alone = serviceWith(
  manifest.contributes.jsonValidation.map(({ fileMatch, url }) => ({
    fileMatch,
    url: url.replace("./dist/", "./data/"),
  })),
);

function read(text: string, name = "cache-compat.json") {
  const document = TextDocument.create(`file:///${name}`, "json", 1, text.replace("|", ""));
  return { document, json: service.parseJSONDocument(document), position: document.positionAt(text.indexOf("|")) };
}

const FIT = [
  '{ "apps": { "mastodon": "4.5", "postiz": "off" }, "platform": "aptible", "engine": "redis@7.2.4" }',
  '{ "apps": { "mastodon": null }, "platform": null, "engine": null, "asOf": null }',
  '{ "asOf": "2027-01-01", "noticeDays": 0, "ignore": ["test/**"], "rules": { "image/*": "off" } }',
];
const MISFIT = [
  '{ "rules": { "image/floating-tags": "off" } }',
  '{ "rules": { "image/floating-tag": "silent" } }',
  '{ "apps": { "mastodon": 4.5 } }',
  '{ "platform": "heroku" }',
  '{ "engine": "redis" }',
  '{ "asOf": "tomorrow" }',
  '{ "noticeDays": 9999 }',
  '{ "app": {} }',
];

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

  it("is completed and explained where something is wrong, too", async () => {
    assert.ok((await completions('{ "platform": "hero|ku" }')).includes('"aptible"'));
    assert.ok((await completions('{ "rules": [], "platform": "|" }')).includes('"aptible"'));
    assert.ok((await completions('{ "app": 1, "rules": { "image/licence": "|" } }')).includes('"hint"'));
    assert.match(await hover('{ "app": 1, "plat|form": "heroku" }'), /Who runs the cache/);
  });

  it("inserts a setting with a value that may stand there", async () => {
    const { document, json, position } = read("{ | }");
    const items = (await service.doComplete(document, position, json))?.items ?? [];
    const inserted = new Map(items.map(({ label, textEdit }) => [label, textEdit?.newText ?? ""]));
    assert.match(must(inserted.get("rules")), /^"rules": \{/);
    assert.match(must(inserted.get("noticeDays")), /90/);
  });

  it("is told to be wrong by the published schema where we say so, and only there", async () => {
    const { vocabulary } = new Checker(builtInCatalog());
    for (const text of [...FIT, ...MISFIT]) {
      const { document, json } = read(text);
      const isFine = FIT.includes(text);
      const problems = await alone.doValidation(document, json);
      assert.equal(problems.length === 0, isFine, `${text}: ${problems.map(({ message }) => message).join("; ")}`);
      assert.equal(readSettings(JSON.parse(text), vocabulary).problems.length === 0, isFine, text);
    }
  });

  it("is left to us by VS Code, which would say everything a second time", async () => {
    for (const text of [...FIT, ...MISFIT, "[]", '{ "rules": [], "ignore": {}, "apps": "4.5", "data": [1] }']) {
      const { document, json } = read(text);
      assert.deepEqual(await service.doValidation(document, json), [], text);
    }
  });
});

describe("an organisation's own table in an editor", () => {
  const NAME = "example-corp.cache-compat.json";

  it("is completed and explained, and left to us by VS Code", async () => {
    const { document, json, position } = read('{ "organisation": 1, "repositories": [{ "sta|": 2 }] }', NAME);
    const items = (await service.doComplete(document, position, json))?.items ?? [];
    assert.ok(items.some(({ label }) => label === "status"));
    assert.match(JSON.stringify(await service.doHover(document, document.positionAt(4), json)), /Example Corp/);
    assert.deepEqual(await service.doValidation(document, json), []);
    assert.notDeepEqual(await alone.doValidation(document, json), []);
  });
});
