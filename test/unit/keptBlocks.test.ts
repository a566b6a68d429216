/** What is kept of a YAML text while somebody types: blocks that are no part of an edit stay the same objects. */
import assert from "node:assert/strict";
import { FolderIndex } from "../../server/src/core/documents/folderIndex.ts";
import type { YamlNode } from "../../server/src/core/parse/yamlTree.ts";
import { EditedText } from "../support/editedText.ts";
import { must } from "../support/must.ts";

const PATH = "/project/compose.yaml";
const NAMES = ["first", "second", "third", "last"];
const TEXT = `services:\n${NAMES.map((name) => `  ${name}:\n    image: redis:7.2\n`).join("")}`;

/** The service of this name. */
function service(index: FolderIndex, text: string, name: string): YamlNode {
  const root = must(index.yaml(PATH, text).documents[0]?.root);
  const [services] = root.kind === "map" ? root.pairs : [];
  const pairs = services?.value?.kind === "map" ? services.value.pairs : [];
  return must(pairs.find(({ key }) => key.kind === "scalar" && key.value === name)?.value);
}

describe("blocks that are kept", () => {
  it("those between two edits are not read again when the first edit was taken back", () => {
    const index = new FolderIndex();
    const edited = new EditedText(TEXT);
    const at = (name: string): number => edited.bare.indexOf("7.2", edited.bare.indexOf(name));
    const before = NAMES.map((name) => service(index, edited.gapped, name));
    edited.apply({ at: at("first"), length: 0, text: "1" });
    service(index, edited.gapped, "first");
    edited.apply({ at: edited.bare.indexOf("17.2"), length: 1, text: "" });
    assert.equal(edited.bare, TEXT);
    service(index, edited.gapped, "first");
    edited.apply({ at: at("last"), length: 0, text: "1" });
    const kept = NAMES.filter((name, i) => service(index, edited.gapped, name) === before[i]);
    assert.deepEqual(kept, ["first", "second", "third"]);
  });
});
