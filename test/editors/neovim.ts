// A Neovim without a screen. Keys go in as a user types them, questions are asked from outside until the answer fits.
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { promisify } from "node:util";
import { Folder } from "../support/folders.ts";
import { environment } from "./project.ts";

const run = promisify(execFile);
const PATIENCE_MS = 30_000;

export class Neovim {
  readonly #home: Folder;
  readonly #process: ChildProcess;

  private constructor(home: Folder, editor: ChildProcess) {
    this.#home = home;
    this.#process = editor;
  }

  /** `init`: the user's configuration. */
  static async start(init: string, cwd: string, file: string): Promise<Neovim> {
    const home = new Folder({ "init.lua": init });
    const args = ["--headless", "--clean", "-u", home.file("init.lua"), "--listen", home.file("socket"), file];
    const editor = spawn("nvim", args, { cwd, env: environment(home.path), stdio: "ignore" });
    const neovim = new Neovim(home, editor);
    await neovim.#inTime("the editor listens", async () => existsSync(home.file("socket")));
    return neovim;
  }

  /** As typed: `<CR>` and the like are keys. */
  async type(keys: string): Promise<void> {
    await this.#remote("--remote-send", keys);
  }

  /** The value of an expression in Lua. */
  async ask<T>(lua: string): Promise<T> {
    const expression = lua.replace(/\s*\n\s*/g, " ").replaceAll("'", "''");
    const answer = await this.#remote("--remote-expr", `json_encode(luaeval('${expression}'))`);
    return JSON.parse(answer) as T;
  }

  /** Asks until the answer fits, and gives it. */
  async until<T>(lua: string, fits: (value: T) => boolean): Promise<T> {
    let last: T | undefined;
    await this.#inTime(`${lua} fits`, async () => {
      last = await this.ask<T>(lua);
      return fits(last);
    }).catch((error: unknown) => {
      const log = this.#home.file("nvim/lsp.log");
      const told = existsSync(log) ? readFileSync(log, "utf8") : "";
      throw new Error(`${String(error)}; last answer ${JSON.stringify(last)}\n${told}`);
    });
    return last as T;
  }

  async stop(): Promise<void> {
    const gone = this.#process.exitCode === null ? once(this.#process, "exit") : undefined;
    this.#process.kill("SIGKILL");
    await gone;
    this.#home.remove();
  }

  async #remote(how: string, what: string): Promise<string> {
    const { stdout, stderr } = await run("nvim", ["--server", this.#home.file("socket"), how, what], {
      env: environment(this.#home.path),
      timeout: PATIENCE_MS,
    });
    // Older ones answer on stderr.
    return stdout || stderr;
  }

  async #inTime(what: string, holds: () => Promise<boolean>): Promise<void> {
    const end = Date.now() + PATIENCE_MS;
    while (!(await holds())) {
      if (this.#process.exitCode !== null) throw new Error(`nvim ended with ${this.#process.exitCode}`);
      if (Date.now() > end) throw new Error(`not within ${PATIENCE_MS} ms: ${what}`);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}
