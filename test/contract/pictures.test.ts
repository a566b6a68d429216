// Pictures: each is shown somewhere, each that is shown is there, and all of them stay small.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { REPOSITORY } from "../../server/src/core/index.ts";
import { ROOT } from "../support/build.ts";

const FOLDER = path.join(ROOT, "docs/images");
const MAX_BYTES = 100 * 1024;
const MAX_BYTES_OF_ALL = 1.5 * 1024 * 1024;

const pictures = readdirSync(FOLDER, { recursive: true, encoding: "utf8" })
  .map((name) => name.replaceAll("\\", "/"))
  .filter((name) => /\/.*\.png$/.test(name));

describe("contract: pictures", () => {
  it("of the README are there, in light and in dark, and say in words what they show", () => {
    const readme = readFileSync(path.join(ROOT, "README.md"), "utf8");
    const shown = [
      ...readme.matchAll(
        /<picture>\s+<source media="\(prefers-color-scheme: dark\)" srcset="([^"]+)">\s+<img src="([^"]+)" alt="([^"]+)">\s+<\/picture>/g,
      ),
    ];
    assert.equal(shown.length, readme.match(/<img /g)?.length);
    assert.ok(shown.length >= 4);
    for (const [, dark = "", light = "", words = ""] of shown) {
      assert.equal(dark, `${REPOSITORY}/raw/HEAD/${light.replace("/light/", "/dark/")}`);
      for (const file of [light, light.replace("/light/", "/dark/")])
        assert.ok(existsSync(path.join(ROOT, file)), file);
      assert.ok(words.length > 40, words);
    }
  });

  it("of every state are listed, and no other is kept", () => {
    const gallery = readFileSync(path.join(FOLDER, "README.md"), "utf8");
    const listed = [...gallery.matchAll(/\]\(([^)]+\.png)\)/g)].map(([, name = ""]) => name);
    assert.deepEqual(listed.toSorted(), pictures.toSorted());
  });

  it("are small", () => {
    const sizes = pictures.map((name) => statSync(path.join(FOLDER, name)).size);
    assert.ok(Math.max(...sizes) < MAX_BYTES, `${Math.max(...sizes)} bytes`);
    const all = sizes.reduce((sum, size) => sum + size, 0);
    assert.ok(all < MAX_BYTES_OF_ALL, `${all} bytes`);
  });
});
