// A real Emacs with the configuration of the documentation: see, ask, complete, mend.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import type { Folder } from "../support/folders.ts";
import { blockBelow, blocksBelow, pageOf } from "./documentation.ts";
import { Emacs } from "./emacs.ts";
import { COMPOSE, project } from "./project.ts";

const page = pageOf("editors/emacs.md");
const INIT = blockBelow(page, "Emacs", "elisp");

/** Takes the first action without asking, and remembers all; nothing is saved behind the user's back. */
const CHOOSE = `
(defvar offered nil)
(setq completing-read-function
      (lambda (prompt collection &rest more)
        (if (string-prefix-p "[eglot]" prompt)
            (car (setq offered (all-completions "" collection)))
          (apply #'completing-read-default prompt collection more))))
(setq auto-save-default nil make-backup-files nil create-lockfiles nil)
`;

const FINDINGS = `(vconcat (mapcar (lambda (d) (list
  (buffer-substring-no-properties (flymake-diagnostic-beg d) (flymake-diagnostic-end d))
  (symbol-name (flymake-diagnostic-type d))
  (flymake-diagnostic-text d))) (flymake-diagnostics)))`;
const TEXT = "(buffer-substring-no-properties (point-min) (point-max))";
const CANDIDATES = `(let ((buffer (get-buffer "*Completions*")))
  (if buffer (with-current-buffer buffer ${TEXT}) ""))`;
/** What eldoc shows at point. */
const ECHO = `(if (buffer-live-p eldoc--doc-buffer) (with-current-buffer eldoc--doc-buffer ${TEXT}) "")`;

type Told = readonly (readonly [text: string, type: string, message: string])[];

describe("editors: Emacs", function () {
  this.timeout(180_000);
  let files: Folder;
  let emacs: Emacs;

  beforeEach(async () => {
    files = project();
    execFileSync("git", ["init", "--quiet"], { cwd: files.path });
    emacs = await Emacs.start(`${INIT}${CHOOSE}`);
  });

  afterEach(async () => {
    await emacs.stop();
    files.remove();
  });

  const findings = (...rules: readonly string[]) =>
    emacs.until<Told>(
      FINDINGS,
      (told) => told.length === rules.length && rules.every((rule, at) => told[at]?.[2].includes(`[${rule}]`)),
    );

  it("shows the finding, explains it, and applies the fix", async () => {
    await emacs.open(files.file("compose.yaml"));
    const [told] = await findings("mastodon/engine-unsupported");
    assert.deepEqual(told?.slice(0, 2), ["6.2", "eglot-error"]);
    assert.match(told?.[2] ?? "", /^cache-compat .*Mastodon 4\.5 does not support Redis 6\.2/);
    await emacs.type("M-g M-g 3 RET C-e C-b M-x eldoc RET", "eldoc");
    const echo = await emacs.until<string>(ECHO, (text) => text.includes("maintained until"));
    assert.match(echo, /Redis 6\.2/);
    await emacs.type("M-x eglot-code-actions RET", "eglot-code-actions");
    await emacs.until<string>(TEXT, (text) => text === COMPOSE.replace("6.2", "8.2"));
    await findings();
    const offered = await emacs.ask<readonly string[]>("(vconcat offered)");
    assert.match(offered[0] ?? "", /^Use redis 8\.2 /);
    await emacs.type("C-x C-s", "save-buffer");
    await emacs.until<boolean>("(buffer-modified-p)", (isModified) => !isModified);
    assert.equal(files.read("compose.yaml"), COMPOSE.replace("6.2", "8.2"));
  });

  it("completes tags that exist, and takes one", async () => {
    await emacs.open(files.file("compose.yaml"));
    await findings("mastodon/engine-unsupported");
    await emacs.type("M-> C-b DEL DEL DEL 8.2- C-M-i", "completion-at-point");
    const offered = await emacs.until<string>(CANDIDATES, (text) => text.includes("8.2-alpine"));
    assert.ok(offered.includes("8.2-bookworm"), offered);
    await emacs.type("M-x switch-to-completions RET", "switch-to-completions");
    await emacs.ask('(progn (goto-char (point-min)) (search-forward "\\n8.2-bookworm") nil)');
    await emacs.type("RET", "choose-completion");
    await emacs.until<string>(TEXT, (text) => text === COMPOSE.replace("6.2", "8.2-bookworm"));
    await findings();
  });

  it("knows the other files by the names that Emacs gives them", async () => {
    for (const [name, rule] of [
      ["redis.conf", "conf/wrong-number-of-arguments"],
      [".env", "mastodon/port-not-clean"],
      ["compose.yaml", "mastodon/engine-unsupported"],
    ] as const) {
      await emacs.open(files.file(name));
      await findings(rule);
    }
  });

  it("sees what another program wrote", async () => {
    await emacs.open(files.file("variable.compose.yaml"));
    await findings();
    files.write({ ".env": "TAG=6.2\n" });
    const [told] = await findings("mastodon/engine-unsupported");
    assert.equal(told?.[0], "${TAG}");
  });

  it("takes the settings of the documentation", async () => {
    const [, settings = ""] = [INIT, ...blocksBelow(page, "In use", "elisp")];
    assert.match(settings, /^\(setq-default eglot-workspace-configuration/);
    files.removeFile("cache-compat.json");
    await emacs.ask(`(progn ${settings.replace(":noticeDays 120", ':asOf "2026-11-20"')} nil)`);
    await emacs.open(files.file("compose.yaml"));
    await findings("mastodon/engine-unsupported");
  });
});
