/** What is just being typed is told, and hides nothing else. */
import assert from "node:assert/strict";
import { checkMemory } from "../support/inProcess.ts";
import type { JsonFile } from "../support/json.ts";
import { must } from "../support/must.ts";

const ABOVE = `# cache-compat: mastodon=4.5
services:
  cache:
    image: redis:6.2
`;
const BELOW = `  jobs:
    image: redis:6.0
volumes:
  data:
`;

function read(text: string): JsonFile {
  const [file] = checkMemory({ "compose.yaml": text }).json.files;
  return must(file);
}

function faultsOf({ findings }: JsonFile): string[] {
  return findings.filter(({ rule }) => rule === "yaml/syntax").map(({ line, column }) => `${line}:${column}`);
}

function imagesOf({ images }: JsonFile): string[] {
  return images.map(({ reference }) => reference.replace("docker.io/library/", ""));
}

describe("a file with a mistake", () => {
  const faults = {
    "a word at the left": ["1\n", "5:1"],
    "words at the left, with a service going on behind them": ["two words\n    restart: always\n", "5:1"],
    "a service without a colon": ["  web\n", "5:3"],
    "a key without a colon": ["  web:\n    image: nginx:1.27\n    por\n    restart: always\n", "7:5"],
    "a quote that nobody closes": ['  web:\n    image: "nginx:1.27\n    restart: always\n', null],
    "a bracket that nobody closes": ["  web:\n    image: nginx:1.27\n    ports: [\n", null],
    "a key in another column": [" web:\n    image: nginx:1.27\n", "5:2"],
    "words in another column": [" web\n", "5:2"],
    "a tab": ["\tweb: 1\n", null],
  } as const;

  for (const [name, [middle, place]] of Object.entries(faults)) {
    it(`is read in front of it and behind it: ${name}`, () => {
      const file = read(ABOVE + middle + BELOW);
      if (place === null) assert.equal(faultsOf(file).length, 1);
      else assert.deepEqual(faultsOf(file), [place]);
      assert.deepEqual(imagesOf(file), ["redis:6.2", "redis:6.0"]);
    });
  }

  it("is read whatever is typed above the first key", () => {
    const file = read(`ver\n${ABOVE}${BELOW}`);
    assert.deepEqual(faultsOf(file), ["1:1"]);
    assert.deepEqual(imagesOf(file), ["redis:6.2", "redis:6.0"]);
  });

  it("tells each word that stands alone, first of all the first", () => {
    const file = read(`${ABOVE}one\n${BELOW}two\n`);
    assert.deepEqual(faultsOf(file), ["5:1"]);
  });

  it("is one text over several lines where no key shows that it is a mapping", () => {
    assert.equal(checkMemory({ "compose.yaml": "services:\n  redis\n  web\n" }).json.summary.error, 0);
  });
});
