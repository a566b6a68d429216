// Switching a rule off in cache-compat.json: the entry comes in as a person would write it, and nothing else moves.
import assert from "node:assert/strict";
import { ruleOff } from "../../server/src/core/features/suppress/projectRule.ts";
import { applyEdits } from "../../server/src/core/index.ts";
import { MemoryFiles } from "../rules/memoryFiles.ts";

const RULE = "image/floating-tag";

function off(files: Readonly<Record<string, string>>, path = "/project/app/compose.yaml"): string | null {
  const texts = new Map(Object.entries(files).map(([name, text]) => [`/project/${name}`, text]));
  const project = ruleOff(path, RULE, new MemoryFiles(texts));
  if (project === null) return null;
  const { edit, creates } = project;
  assert.equal(creates, !texts.has(edit.path));
  return `${edit.path.replace("/project/", "")}:${applyEdits(texts.get(edit.path) ?? "", [edit])}`;
}

describe("a rule switched off in the project file", () => {
  for (const [what, before, after] of [
    [
      "after the last rule",
      '{\n  "rules": {\n    "a": "off"\n  }\n}\n',
      '{\n  "rules": {\n    "a": "off",\n    "image/floating-tag": "off"\n  }\n}\n',
    ],
    [
      "with tabs and CRLF",
      '{\r\n\t"rules": {\r\n\t\t"a": "off"\r\n\t},\r\n\t"noticeDays": 9\r\n}',
      '{\r\n\t"rules": {\r\n\t\t"a": "off",\r\n\t\t"image/floating-tag": "off"\r\n\t},\r\n\t"noticeDays": 9\r\n}',
    ],
    [
      "as new rules behind other settings",
      '{\n    "apps": { "mastodon": "4.5" }\n}\n',
      '{\n    "apps": { "mastodon": "4.5" },\n    "rules": {\n        "image/floating-tag": "off"\n    }\n}\n',
    ],
    [
      "on one line",
      '{"apps": {"mastodon": "4.5"}, "rules": {"a": "off"}}',
      '{"apps": {"mastodon": "4.5"}, "rules": {"a": "off", "image/floating-tag": "off"}}',
    ],
    ["as new rules on one line", '{"noticeDays": 9}', '{"noticeDays": 9, "rules": { "image/floating-tag": "off" }}'],
    ["into empty rules", '{\n  "rules": {}\n}\n', '{\n  "rules": {\n    "image/floating-tag": "off"\n  }\n}\n'],
    ["into an empty object", "{}\n", '{\n  "rules": {\n    "image/floating-tag": "off"\n  }\n}\n'],
    [
      "in place of another severity",
      '{ "rules": { "image/floating-tag":   "error" } }',
      '{ "rules": { "image/floating-tag":   "off" } }',
    ],
    [
      "in the one that counts of two",
      '{ "rules": { "a": "off" }, "rules": { "b": "off" } }',
      '{ "rules": { "a": "off" }, "rules": { "b": "off", "image/floating-tag": "off" } }',
    ],
    [
      "behind a byte order mark",
      '\uFEFF{ "rules": { "a": "off" } }',
      '\uFEFF{ "rules": { "a": "off", "image/floating-tag": "off" } }',
    ],
  ] as const)
    it(`stands ${what}`, () => {
      assert.equal(off({ "cache-compat.json": before }), `cache-compat.json:${after}`);
    });

  it("stands in the nearest project file, in a new one at the root where there is none", () => {
    const files = { "cache-compat.json": "{}", "app/cache-compat.json": '{ "noticeDays": 9 }' };
    assert.match(off(files) ?? "", /^app\/cache-compat\.json:\{ "noticeDays": 9, "rules"/);
    assert.equal(off({}), 'cache-compat.json:{\n  "rules": {\n    "image/floating-tag": "off"\n  }\n}\n');
  });

  it("is not offered where it would have no effect, or where nobody may write", () => {
    for (const text of ["", "[]", '{ "rules": [] }', '{ "rules": { } // why\n }', '{ "rules": {}, }'])
      assert.equal(off({ "cache-compat.json": text }), null, text);
    assert.equal(off({}, "/elsewhere/compose.yaml"), null);
  });
});
