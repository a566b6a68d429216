// The short ways through paths lead where the long way leads.
import assert from "node:assert/strict";
import fc from "fast-check";
import { dirname, normalisePath, resolvePath } from "../../server/src/core/paths.ts";

const part = fc.constantFrom("", ".", "..", "a", "b.yaml", ".env", "...", "x y", "c\\d");
const path = fc
  .tuple(fc.constantFrom("", "/", "vscode-vfs://host", "C:"), fc.array(part, { maxLength: 5 }))
  .map(([lead, parts]) => `${lead}/${parts.join("/")}`);

describe("property: paths", () => {
  it("a name in a folder is the folder's path with the name behind it, resolved", () => {
    fc.assert(
      fc.property(path, part, (folder, name) => {
        const forward = name.replaceAll("\\", "/");
        assert.equal(resolvePath(folder, name), normalisePath(`${folder}/${forward}`));
      }),
      { numRuns: 2000 },
    );
  });

  it("the folder of a path ends in front of its last slash", () => {
    fc.assert(
      fc.property(path, part, (folder, name) => {
        const whole = `${normalisePath(folder)}/${name === "" ? "n" : name}`.replace("//n", "/n");
        const [, scheme = "", rest = ""] = /^([A-Za-z][\w+.-]*:\/\/[^/]*)?(.*)$/s.exec(whole) ?? [];
        const slash = rest.lastIndexOf("/");
        assert.equal(dirname(whole), `${scheme}${slash <= 0 ? "/" : rest.slice(0, slash)}`);
      }),
      { numRuns: 2000 },
    );
  });
});
