// An Emacs in a terminal that nobody sees, with its user's configuration. Keys go in as typed; questions are asked in
// Lisp from outside until the answer fits.
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { promisify } from "node:util";
import { Folder } from "../support/folders.ts";
import { environment } from "./project.ts";

const run = promisify(execFile);
const PATIENCE_MS = 60_000;

export class Emacs {
  readonly #home: Folder;
  readonly #process: ChildProcess;
  #output = "";

  private constructor(home: Folder, editor: ChildProcess) {
    this.#home = home;
    this.#process = editor;
    for (const stream of [editor.stdout, editor.stderr])
      stream?.on("data", (chunk: Buffer) => {
        this.#output += chunk.toString();
      });
  }

  /** `init`: the user's configuration. */
  static async start(init: string): Promise<Emacs> {
    const home = new Folder();
    home.write({ ".emacs.d/init.el": `${init}\n${observed(home)}`, commands: "" });
    const env = { ...environment(home.path), TERM: "vt100" };
    // `script` makes the terminal: without one nothing is drawn, and what waits for a drawing never happens.
    const editor = spawn("script", ["-qec", "emacs --no-window-system", "/dev/null"], {
      env,
      stdio: ["pipe", "pipe", "pipe"],
    });
    const emacs = new Emacs(home, editor);
    await emacs.#inTime("the editor listens", async () => existsSync(home.file("socket")));
    return emacs;
  }

  /** Opens a file that the server is to look at in the window there is, as `C-x C-f` does. */
  async open(file: string): Promise<void> {
    await this.ask(`(progn (switch-to-buffer (find-file-noselect ${JSON.stringify(file)})) nil)`);
    // The connection waits for a command to pass, the first look at the findings for another one.
    await this.type("C-l", "recenter-top-bottom");
    await this.until<boolean | null>(
      "(and (bound-and-true-p eglot--managed-mode) t)",
      (isManaged) => isManaged === true,
    );
    await this.type("C-l", "recenter-top-bottom");
  }

  /**
   * Keys in Emacs' notation, with blanks between them; whole words stand for their letters. Waits until the command that
   * the last key calls is done: a question in the middle of one would end it.
   */
  async type(keys: string, command: string): Promise<void> {
    const done = (): number =>
      this.#home
        .read("commands")
        .split("\n")
        .filter((line) => line === command).length;
    const before = done();
    this.#process.stdin?.write(keys.split(" ").map(bytesOf).join(""));
    await this.#inTime(`${keys} calls ${command}`, async () => done() > before);
  }

  /** The value of an expression in the buffer that is shown: lists and strings, numbers, `t` and `nil` (which is `null`). */
  async ask<T>(lisp: string): Promise<T> {
    const shown = `(with-current-buffer (window-buffer (selected-window)) ${lisp})`;
    // Printed twice, once as JSON and once by the client as a string of Lisp in ASCII.
    const answer = await this.#client(`(base64-encode-string (encode-coding-string (json-encode ${shown}) 'utf-8) t)`);
    return JSON.parse(Buffer.from(answer.trim().slice(1, -1), "base64").toString()) as T;
  }

  /** Asks until the answer fits, and gives it. */
  async until<T>(lisp: string, fits: (value: T) => boolean): Promise<T> {
    let last: T | undefined;
    await this.#inTime(`${lisp} fits`, async () => {
      last = await this.ask<T>(lisp);
      return fits(last);
    }).catch(async (error: unknown) => {
      const told = await this.ask<string>('(with-current-buffer "*Messages*" (buffer-string))');
      throw new Error(`${String(error)}; last answer ${JSON.stringify(last)}\n${told}`);
    });
    return last as T;
  }

  async stop(): Promise<void> {
    const gone = this.#process.exitCode === null ? once(this.#process, "exit") : undefined;
    // Not killed from outside: it would write what is unsaved into folders that are about to be removed.
    await this.#client("(kill-emacs)").catch(() => this.#process.kill("SIGKILL"));
    await gone;
    this.#home.remove();
  }

  async #client(lisp: string): Promise<string> {
    const { stdout } = await run("emacsclient", ["--socket-name", this.#home.file("socket"), "--eval", lisp], {
      env: environment(this.#home.path),
      timeout: PATIENCE_MS,
    });
    return stdout;
  }

  async #inTime(what: string, holds: () => Promise<boolean>): Promise<void> {
    const end = Date.now() + PATIENCE_MS;
    while (!(await holds())) {
      if (this.#process.exitCode !== null)
        throw new Error(`emacs ended with ${this.#process.exitCode}: ${this.#output}`);
      if (Date.now() > end) throw new Error(`not within ${PATIENCE_MS} ms: ${what}`);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

/** Makes the editor answer questions, and note every command that is done. */
function observed(home: Folder): string {
  const [folder, commands] = [home.path, home.file("commands")].map((path) => JSON.stringify(path));
  return `(setq server-socket-dir ${folder} server-name "socket")
;; A package that was just installed is compiled beside the work; what the compiler thinks of it must not take the window.
(setq native-comp-async-report-warnings-errors nil)
(server-start)
(add-hook 'post-command-hook
          (lambda () (write-region (format "%s\\n" this-command) nil ${commands} t 'silent)))
`;
}

const NAMED: Readonly<Record<string, string>> = { RET: "\r", DEL: "\x7f" };

/** What a terminal sends for a key. */
function bytesOf(key: string): string {
  if (key.startsWith("M-")) return `\x1b${bytesOf(key.slice(2))}`;
  if (key.startsWith("C-M-")) return `\x1b${bytesOf(`C-${key.slice(4)}`)}`;
  if (key.startsWith("C-")) return String.fromCharCode(key.charCodeAt(2) & 0x1f);
  return NAMED[key] ?? key;
}
