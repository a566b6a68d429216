// The configurations of editors that are not run here: they parse, and start what there is.
import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { kindOf, kindOfName } from "../../server/src/core/documents/kind.ts";
import { ROOT } from "../support/build.ts";
import { must } from "../support/must.ts";
import { blockBelow, pageOf } from "./documentation.ts";

const COMMAND = ["cache-compat", "lsp", "--stdio"];

function firstBlock(name: string, language: string): string {
  const page = pageOf(name);
  return blockBelow(page, must(/^# (.*)$/m.exec(page)?.[1]), language);
}

describe("editors: pages", () => {
  it("every editor has one, and the index names it", () => {
    const index = pageOf("editors/README.md");
    const names = readdirSync(path.join(ROOT, "docs", "editors")).filter((name) => name !== "README.md");
    assert.equal(names.length, 6);
    for (const name of names) assert.ok(index.includes(`](${name})`), name);
  });

  it("links lead somewhere", () => {
    for (const name of readdirSync(path.join(ROOT, "docs"), { recursive: true, encoding: "utf8" })) {
      if (!name.endsWith(".md")) continue;
      for (const [, target = ""] of pageOf(name).matchAll(/\]\((?!https?:)([^)#]*)/g))
        assert.ok(existsSync(path.join(ROOT, "docs", path.dirname(name), target)), `${name}: ${target}`);
    }
  });

  it("Sublime Text and Zed start the server", () => {
    const sublime = JSON.parse(firstBlock("editors/sublime.md", "json")) as {
      clients: Record<string, { enabled: boolean; command: string[] }>;
    };
    assert.deepEqual(sublime.clients["cache-compat"]?.command, COMMAND);
    assert.equal(sublime.clients["cache-compat"]?.enabled, true);
    const zed = JSON.parse(firstBlock("editors/zed.md", "json")) as {
      lsp: Record<string, { binary: { path: string; arguments: string[] } }>;
    };
    const { binary } = must(zed.lsp["yaml-language-server"]);
    assert.deepEqual([binary.path, ...binary.arguments], COMMAND);
  });

  it("JetBrains IDEs start the server for files that we know", () => {
    const template = JSON.parse(firstBlock("editors/jetbrains.md", "json")) as {
      programArgs: Record<string, string>;
      fileTypeMappings: { fileType: { patterns: string[] }; languageId: string }[];
    };
    assert.ok(template.programArgs.default?.includes(COMMAND.join(" ")));
    assert.ok(template.programArgs.windows?.endsWith("lsp --stdio"));
    for (const { fileType, languageId } of template.fileTypeMappings)
      for (const pattern of languageId === "yaml" ? [] : fileType.patterns) {
        const name = `/${pattern.replace("*", "x")}`;
        const text = name.endsWith(".acl") ? "user a on\n" : "";
        assert.notEqual(kindOfName(name), null, pattern);
        assert.equal(kindOf(name, languageId, text), kindOf(name, null, text), pattern);
      }
  });

  it("Helix starts the server for files that we know", () => {
    const toml = firstBlock("editors/helix.md", "toml");
    const command = must(/^command = (.*)\nargs = (.*)$/m.exec(toml));
    assert.deepEqual([JSON.parse(must(command[1])), ...(JSON.parse(must(command[2])) as string[])], COMMAND);
    for (const [, servers = ""] of toml.matchAll(/^language-servers = (\[.*\])$/gm))
      assert.ok((JSON.parse(servers) as string[]).includes("cache-compat"));
    for (const [, glob = ""] of toml.matchAll(/glob = "(.*?)"/g))
      assert.equal(kindOfName(`/${glob.replace("*", "x")}`), "server-config", glob);
  });
});
