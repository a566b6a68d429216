// A real Neovim with the configuration of the documentation: see, ask, complete, mend.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { Folder } from "../support/folders.ts";
import { blockBelow, pageOf } from "./documentation.ts";
import { Neovim } from "./neovim.ts";
import { COMPOSE, project } from "./project.ts";

const page = pageOf("editors/neovim.md");
const CURRENT = blockBelow(page, "Neovim 0.11 and newer", "lua");
const OLDER = blockBelow(page, "Neovim 0.7 to 0.10", "lua");

/** Takes the first action without asking, and remembers what was offered: plugins for menus do the same. */
const CHOOSE = `
vim.ui.select = function(items, options, done)
  offered = vim.tbl_map(options.format_item, items)
  done(items[1], 1)
end
`;

const DIAGNOSTICS = `vim.tbl_map(function(d) return {
  d.lnum, d.col, d.end_col, d.severity, d.code, d.source
} end, vim.diagnostic.get(0))`;
const LINES = "vim.api.nvim_buf_get_lines(0, 0, -1, false)";
const CLIENTS = "vim.tbl_map(function(c) return c.name end, vim.tbl_values(vim.lsp.buf_get_clients(0)))";
/** Texts of all windows that float above the text. */
const FLOATING = `vim.tbl_map(
  function(w) return table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(w), 0, -1, false), "\\n") end,
  vim.tbl_filter(function(w) return vim.api.nvim_win_get_config(w).relative ~= "" end, vim.api.nvim_list_wins()))`;

type Told = readonly (readonly [number, number, number, number, string, string])[];
const UNSUPPORTED = [2, 17, 20, 1, "mastodon/engine-unsupported", "cache-compat"];

describe("editors: Neovim", function () {
  this.timeout(120_000);
  let files: Folder;
  let neovim: Neovim;

  beforeEach(async () => {
    files = project();
    const isCurrent = /^NVIM v0\.(?:1[1-9]|[2-9]\d)|^NVIM v[1-9]/.test(
      execFileSync("nvim", ["--version"], { encoding: "utf8" }),
    );
    neovim = await Neovim.start(`${isCurrent ? CURRENT : OLDER}${CHOOSE}`, files.path, "compose.yaml");
  });

  afterEach(async () => {
    await neovim.stop();
    files.remove();
  });

  const findings = (count: number) => neovim.until<Told>(DIAGNOSTICS, (told) => told.length === count);

  it("shows the finding, explains it, and applies the fix", async () => {
    assert.deepEqual(await findings(1), [UNSUPPORTED]);
    await neovim.type("3G$:lua vim.lsp.buf.hover()<CR>");
    const [hover = ""] = await neovim.until<readonly string[]>(FLOATING, ({ length }) => length > 0);
    assert.match(hover, /Redis 6\.2/);
    assert.match(hover, /maintained until 2027-04-01/);
    assert.match(hover, /4\.5.*not supported/);
    await neovim.type(":lua vim.lsp.buf.code_action()<CR>");
    assert.deepEqual(await findings(0), []);
    assert.equal((await neovim.ask<string[]>(LINES)).join("\n"), COMPOSE.replace("6.2", "8.2").trimEnd());
    const offered = await neovim.ask<readonly string[]>("offered");
    assert.match(offered[0] ?? "", /^Use redis 8\.2 /);
    await neovim.type(":w<CR>");
    await neovim.until<boolean>("vim.bo.modified", (isModified) => !isModified);
    assert.equal(files.read("compose.yaml"), COMPOSE.replace("6.2", "8.2"));
  });

  it("completes tags that exist, and takes one", async () => {
    await findings(1);
    await neovim.type("3G$2hC");
    await neovim.until<string>("vim.api.nvim_get_mode().mode", (mode) => mode === "i");
    await neovim.type("<C-x><C-o>");
    const words = await neovim.until<readonly string[]>(
      `vim.tbl_map(function(i) return i.word end, vim.fn.complete_info({"items"}).items)`,
      ({ length }) => length > 5,
    );
    assert.ok(words.includes("8.2") && words.includes("8.2-alpine"), words.join(" "));
    await neovim.type("<C-e>8.2-a<C-x><C-o>");
    await neovim.until<readonly string[]>(LINES, (lines) => lines[2] === "    image: redis:8.2-alpine");
    await neovim.type("<Esc>");
    await findings(0);
  });

  it("knows the other files by the names that Neovim gives them", async () => {
    for (const [name, rule] of [
      ["redis.conf", "conf/wrong-number-of-arguments"],
      [".env", "mastodon/port-not-clean"],
      ["Dockerfile", "mastodon/engine-unsupported"],
    ] as const) {
      await neovim.type(`:edit ${name}<CR>`);
      assert.deepEqual(
        (await findings(1)).map(([, , , , code]) => code),
        [rule],
      );
      assert.deepEqual(await neovim.ask<readonly string[]>(CLIENTS), ["cache-compat"]);
    }
  });

  it("sees what another program wrote when a file is saved", async () => {
    await findings(1);
    await neovim.type(":edit variable.compose.yaml<CR>");
    await neovim.until<readonly string[]>(CLIENTS, ({ length }) => length === 1);
    await findings(0);
    files.write({ ".env": "TAG=6.2\n" });
    await neovim.type(":write<CR>");
    assert.deepEqual(await findings(1), [[2, 17, 23, ...UNSUPPORTED.slice(3)]]);
  });
});

describe("editors: Neovim's two configurations", () => {
  it("say the same", () => {
    const home = new Folder({
      "current.lua": CURRENT,
      "older.lua": OLDER,
      "compare.lua": `
local told = { typed = {} }
-- What Neovim 0.11 brings, as far as the configuration asks for it.
vim.lsp.config = function(name, config) told.current, told.name = config, name end
vim.lsp.enable = function(name) told.enabled = name end
vim.lsp.start_client = function(config) told.older = config; return 1 end
vim.lsp.buf_attach_client = function() end
vim.api.nvim_create_autocmd = function(event, options)
  if event ~= "FileType" then return table.insert(told.typed, options) end
  told.patterns = options.pattern
  options.callback({ buf = 0 })
end
dofile("current.lua")
dofile("older.lua")
told.older.on_exit = nil
io.stdout:write(vim.json.encode(told))
os.exit(0)
`,
    });
    try {
      const told = JSON.parse(
        execFileSync("nvim", ["--headless", "--clean", "-u", "compare.lua"], { cwd: home.path, encoding: "utf8" }),
      ) as Record<string, Record<string, unknown>> & { readonly typed?: readonly unknown[] };
      assert.equal(told.name, "cache-compat");
      assert.equal(told.enabled, told.name);
      assert.deepEqual(told.current?.cmd, ["cache-compat", "lsp", "--stdio"]);
      assert.deepEqual(told.older?.cmd, told.current?.cmd);
      assert.deepEqual(told.older?.settings, told.current?.settings);
      assert.equal(told.typed?.length, 2);
      assert.deepEqual(told.typed?.[0], told.typed?.[1]);
      assert.deepEqual(told.patterns, told.current?.filetypes);
      assert.deepEqual(told.current?.root_markers, ["cache-compat.json", ".git"]);
    } finally {
      home.remove();
    }
  });
});
