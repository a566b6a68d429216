// Which way things may point, how long a file may be, and words that have no place in it.
import assert from "node:assert/strict";
import { importsOf, sourcesOf } from "./sources.ts";

/** Wrong imports as `file imports what`. */
function wrong(folder: string, isAllowed: (from: string, isType: boolean) => boolean): string[] {
  const sources = sourcesOf(folder);
  assert.ok(sources.length > 0, `${folder} is empty`);
  return sources.flatMap((source) =>
    importsOf(source)
      .filter(({ from, isType }) => !isAllowed(from, isType))
      .map(({ from }) => `${source.path} imports ${from}`),
  );
}

describe("contract: layers", () => {
  it("finds the imports it judges", () => {
    const found = sourcesOf("server/src").flatMap(importsOf);
    assert.ok(found.length > 200);
    for (const from of ["yaml", "node:fs", "vscode-languageserver", "server/src/core/index.ts", "package.json"])
      assert.ok(
        found.some((one) => one.from === from),
        from,
      );
  });

  it("the core knows nothing but itself, the tables and five libraries", () => {
    const parsers = ["yaml", "dockerfile-ast", "picomatch/posix", "@cfworker/json-schema"];
    assert.deepEqual(
      wrong(
        "server/src/core",
        (from) =>
          from.startsWith("server/src/core/") ||
          /^semver\/(?:functions|ranges)\//.test(from) ||
          parsers.includes(from) ||
          /^data\/.+\.json$/.test(from),
      ),
      [],
    );
  });

  it("only one file of the core knows the YAML package, one the Dockerfile package, one the validator", () => {
    const users = (name: string): string[] =>
      sourcesOf("server/src/core")
        .filter((source) => importsOf(source).some(({ from }) => from === name))
        .map(({ path }) => path);
    assert.deepEqual(users("yaml"), ["server/src/core/parse/yamlTree.ts"]);
    assert.equal(users("dockerfile-ast").length, 1);
    assert.deepEqual(users("@cfworker/json-schema"), ["server/src/core/catalog/jsonSchema.ts"]);
  });

  it("the server speaks to the core through its door, and needs no Node", () => {
    assert.deepEqual(
      wrong(
        "server/src/lsp",
        (from) =>
          from.startsWith("server/src/lsp/") ||
          // The names of the product, for what is answered before the core is there.
          ["server/src/core/index.ts", "server/src/core/product.ts", "package.json"].includes(from) ||
          /^vscode-languageserver(?:-textdocument)?$/.test(from),
      ),
      [],
    );
  });

  it("the command line speaks to the core through its door, and not to the server", () => {
    assert.deepEqual(
      wrong(
        "server/src/cli",
        (from) =>
          from.startsWith("server/src/cli/") ||
          from.startsWith("server/src/update/") ||
          from.startsWith("node:") ||
          // How both let V8 work.
          from === "server/src/node/machineCode.ts" ||
          ["server/src/core/index.ts", "package.json", "ignore", "picomatch"].includes(from),
      ),
      [],
    );
  });

  it("the library speaks to the core through its door, and needs nothing else", () => {
    assert.deepEqual(
      wrong(
        "server/src/library",
        (from, isType) =>
          from.startsWith("server/src/library/") ||
          from === "server/src/core/index.ts" ||
          from === "rule-pages" ||
          (isType && from === "server/src/core/result.ts"),
      ),
      [],
    );
  });

  it("the way to newer tables knows the names of the product, and asks the network in one file", () => {
    assert.deepEqual(
      wrong(
        "server/src/update",
        (from) =>
          from.startsWith("server/src/update/") || from.startsWith("node:") || from === "server/src/core/product.ts",
      ),
      [],
    );
    const asking = sourcesOf("server/src", "client/src").filter(({ text }) =>
      /(?<![#.\w])fetch\(|\bXMLHttpRequest\b|\bWebSocket\b|"node:(?:https?|net|tls|dgram|http2)"/.test(text),
    );
    assert.deepEqual(
      asking.map(({ path }) => path),
      ["server/src/update/download.ts"],
    );
  });

  it("the client takes types and the names of messages from the server, nothing else", () => {
    assert.deepEqual(
      wrong(
        "client/src",
        (from, isType) =>
          !from.startsWith("server/") ||
          from === "server/src/lsp/protocol.ts" ||
          from === "server/src/update/download.ts" ||
          (isType && from === "server/src/core/index.ts"),
      ),
      [],
    );
    const protocol = sourcesOf("server/src/lsp").filter(({ path }) => path === "server/src/lsp/protocol.ts");
    assert.equal(protocol.length, 1);
    assert.deepEqual(
      protocol.flatMap(importsOf).filter(({ isType }) => !isType),
      [],
    );
  });

  it("nothing imports tests or scripts", () => {
    for (const folder of ["server/src", "client/src"])
      assert.deepEqual(
        wrong(folder, (from) => !/^(?:test|scripts|bench)\//.test(from)),
        [],
      );
  });
});

describe("contract: sources", () => {
  it("no file is longer than 350 lines", () => {
    const long = sourcesOf("server/src", "client/src").filter(({ text }) => text.split("\n").length > 351);
    assert.deepEqual(
      long.map(({ path }) => path),
      [],
    );
  });

  it("nothing is left for later, nothing is switched off", () => {
    const later = new RegExp(
      `\\b(?:${["TO", "FIX", "X", "HA"].map((half, at) => half + ["DO", "ME", "XX", "CK"][at]).join("|")})\\b`,
    );
    const off = new RegExp(
      `@ts-(?:${["ignore", "nocheck"].join("|")})|debug${"ger"};|\\b(?:describe|it)\\.(?:only|${"sk"}ip)\\(`,
    );
    const found = sourcesOf("server/src", "client/src", "scripts", "test").filter(
      ({ text }) => later.test(text) || off.test(text),
    );
    assert.deepEqual(
      found.map(({ path }) => path),
      [],
    );
  });

  it("nobody prints, waits or reads the clock inside the core", () => {
    const found = sourcesOf("server/src/core").filter(({ text }) =>
      /\bconsole\.|\bsetTimeout\(|\bprocess\.|\bDate\.now\(|\bnew Date\(\)/.test(text),
    );
    assert.deepEqual(
      found.map(({ path }) => path),
      [],
    );
  });
});
