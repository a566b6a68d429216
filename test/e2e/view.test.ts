// The page of the matrix in a real browser, under the policy that it gets in the editor: what it shows, by keyboard, to a screen reader,
// and what it does with names that are no names.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import type { ShowOverview } from "../../client/src/matrix/messages.ts";
import { type PageParts, pageHtml } from "../../client/src/matrix/page.ts";
import type { Browser } from "../../scripts/vscode/browser.mjs";
import { overview, usedIn } from "../../server/src/core/index.ts";
import { ROOT } from "../support/build.ts";
import { checker, checkMemory, TODAY } from "../support/inProcess.ts";

// biome-ignore lint/suspicious/noExplicitAny: Playwright comes with the VS Code that it drives, its types do not.
type Page = any;

const ORIGIN = "http://view.test";
const PARTS: PageParts = { script: `${ORIGIN}/view.js`, style: `${ORIGIN}/view.css`, cspSource: ORIGIN };

/** Colours as the dark theme of VS Code has them. */
const THEME = `:root {
  --vscode-foreground: #cccccc; --vscode-editor-background: #1f1f1f; --vscode-descriptionForeground: #9d9d9d; --vscode-textLink-foreground: #4daafc;
  --vscode-focusBorder: #0078d4; --vscode-button-background: #0078d4; --vscode-button-foreground: #ffffff; --vscode-editorWidget-border: #454545;
  --vscode-charts-green: #89d185; --vscode-charts-yellow: #cca700; --vscode-charts-red: #f14c4c; --vscode-font-family: sans-serif; --vscode-font-size: 13px;
} body { background: var(--vscode-editor-background); }`;

const EXAMPLE = {
  "compose.yaml":
    "services:\n  web:\n    image: ghcr.io/mastodon/mastodon:v4.5.1\n  redis:\n    image: redis:6.2\n  cache:\n    image: redis:7\n",
};

function messageFor(files: Readonly<Record<string, string>>): ShowOverview {
  const { reports } = checkMemory(files);
  const view = overview(checker.catalog, reports.map(usedIn), TODAY, 90);
  return { kind: "overview", overview: view, names: { "/project/compose.yaml": "compose.yaml" } };
}

describe("the page of the matrix", function () {
  this.timeout(60_000);
  let browser: Browser;
  let page: Page;
  /** What went wrong in the page, refusals of the policy included. */
  let complaints: string[];

  before(async () => {
    const { launchBrowser } = await import("../../scripts/vscode/browser.mjs");
    browser = await launchBrowser();
  });
  after(async () => {
    await browser?.close();
  });

  /** Opens the page with what the editor kept for it. */
  async function open(state?: unknown): Promise<void> {
    complaints = [];
    page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
    page.on("pageerror", (error: Error) => complaints.push(error.message));
    page.on("console", (message: { type(): string; text(): string }) => {
      if (message.type() === "error") complaints.push(message.text());
    });
    await page.route(
      `${ORIGIN}/**`,
      (route: { request(): { url(): string }; fulfill(answer: object): Promise<void> }) => {
        const { pathname } = new URL(route.request().url());
        if (pathname === "/") return route.fulfill({ contentType: "text/html", body: pageHtml(PARTS) });
        if (!/^\/view\.(?:js|css)$/.test(pathname)) return route.fulfill({ status: 404 });
        const body = readFileSync(path.join(ROOT, "dist", pathname));
        const theme = pathname.endsWith("css") ? THEME : "";
        return route.fulfill({
          contentType: pathname.endsWith("css") ? "text/css" : "text/javascript",
          body: theme + body,
        });
      },
    );
    // As text: what a compiler adds to functions is not known in the page.
    await page.addInitScript(`
      globalThis.editor = { sent: [], state: ${JSON.stringify(state)} };
      globalThis.acquireVsCodeApi = () => ({
        postMessage: (message) => editor.sent.push(message),
        getState: () => editor.state,
        setState: (next) => { editor.state = next; },
      });`);
    await page.goto(`${ORIGIN}/`);
  }

  async function show(files: Readonly<Record<string, string>>): Promise<void> {
    await page.evaluate(`postMessage(${JSON.stringify(messageFor(files))})`);
    await page.locator("main").waitFor();
  }

  /** What the page said to the editor. */
  const sent = (): Promise<unknown[]> => page.evaluate("editor.sent");

  afterEach(async () => {
    await page?.close();
  });

  it("asks for its content, shows it, and breaks no rule of its policy", async () => {
    await open();
    assert.equal(await page.getByRole("status").innerText(), "Reading the workspace …");
    await show(EXAMPLE);
    assert.deepEqual(await sent(), [{ kind: "ready" }]);
    assert.deepEqual(complaints, []);
  });

  it("is a table with headers, captions and words for whoever does not see it", async () => {
    await open();
    await show(EXAMPLE);
    const table = page.getByRole("table", { name: "Which cache Mastodon supports" });
    const row = table.getByRole("row", { name: /^Redis 6\.2 / });
    assert.equal(await row.getByRole("rowheader").innerText(), "Redis 6.2");
    const cells = await row.getByRole("cell").allInnerTexts();
    assert.match(cells[2], /not supported\s+◆ yours/);
    assert.match(cells[0], /compose\.yaml:5 redis:6\.2/);
    assert.equal(await table.getByRole("columnheader", { name: "Mastodon 4.5 yours" }).count(), 1);
    for (const tab of ["Mastodon", "Postiz", "Aptible", "Amazon ElastiCache", "Timeline"]) {
      await page.getByRole("tab", { name: tab }).click();
      const axe = readFileSync(require.resolve("axe-core"), "utf8");
      await page.evaluate(axe);
      const { violations } = await page.evaluate("axe.run()");
      assert.deepEqual(
        violations.map((one: { id: string; nodes: { html: string }[] }) => `${one.id}: ${one.nodes[0]?.html}`),
        [],
        tab,
      );
    }
  });

  it("works by keyboard alone", async () => {
    await open();
    await show(EXAMPLE);
    const focused = (): Promise<string> => page.evaluate("document.activeElement.textContent");
    await page.keyboard.press("Tab");
    assert.equal(await focused(), "compose.yaml:7", "the cache without a row comes first");
    await page.keyboard.press("Tab");
    assert.equal(await focused(), "Mastodon ◆ yours");
    await page.keyboard.press("End");
    assert.equal(await focused(), "Timeline");
    assert.equal(await page.getByRole("tab", { selected: true }).innerText(), "Timeline");
    await page.keyboard.press("ArrowRight");
    assert.equal(await focused(), "Mastodon ◆ yours");
    await page.keyboard.press("Tab"); // the table, which can be scrolled
    await page.keyboard.press("Tab");
    assert.equal(await focused(), "compose.yaml:5");
    await page.keyboard.press("Enter");
    assert.deepEqual((await sent()).at(-1), { kind: "open", path: "/project/compose.yaml", line: 4, character: 17 });
  });

  it("draws bars with today as a line, and shows old lines when asked", async () => {
    await open();
    await show(EXAMPLE);
    await page.getByRole("tab", { name: "Timeline" }).click();
    const redis = page.getByRole("table", { name: "Redis" });
    const row = redis.getByRole("row", { name: /^Redis 6\.2 yours / });
    assert.match(await row.innerText(), /2021-02-22\s+✓ maintained until 2027-04-01/);
    const today = await row.locator(".today").boundingBox();
    const [full, limited] = await Promise.all([
      row.locator(".full").boundingBox(),
      row.locator(".limited").boundingBox(),
    ]);
    assert.ok(full.x + full.width <= limited.x + 2, "security fixes follow all fixes");
    assert.ok(limited.x < today.x && today.x < limited.x + limited.width, "today lies inside of the support");
    const old = redis.getByRole("row", { name: /^Redis 5\.0 / });
    assert.equal(await old.count(), 0);
    await page.getByRole("button", { name: /^Show \d+ more lines of Redis/ }).click();
    assert.equal(await old.count(), 1);
    await show(EXAMPLE); // what changes meanwhile closes nothing
    assert.equal(await old.count(), 1);
  });

  it("comes back as it was left, and keeps the focus when something changes", async () => {
    await open();
    await show(EXAMPLE);
    await page.getByRole("tab", { name: "Postiz" }).click();
    const state = await page.evaluate("editor.state");
    await page.close();
    await open(state);
    assert.equal(await page.getByRole("tab", { selected: true }).innerText(), "Postiz");
    await page.getByRole("button", { name: "compose.yaml:7" }).focus();
    await show({ "compose.yaml": EXAMPLE["compose.yaml"].replace("6.2", "8.2") });
    assert.equal(await page.evaluate("document.activeElement.textContent"), "compose.yaml:7");
    await page.getByRole("tab", { name: "Mastodon" }).click();
    assert.match(await page.getByRole("row", { name: /^Redis 8\.2 / }).innerText(), /yours/);
  });

  it("says how to begin where there is no cache", async () => {
    await open();
    await show({ "compose.yaml": "services:\n  web:\n    image: nginx\n" });
    assert.match(await page.getByRole("region", { name: "No cache found" }).innerText(), /No cache image was found/);
    await page.getByRole("button", { name: "Open an example" }).click();
    assert.deepEqual((await sent()).at(-1), { kind: "run", command: "cacheCompat.openExample" });
  });

  it("shows names of files as text, whatever they contain", async () => {
    await open();
    const name = `<img src=x onerror="editor.sent.push('alive')"><a href="javascript:1">x</a>`;
    const message = messageFor(EXAMPLE);
    const named = { ...message, names: { "/project/compose.yaml": name } };
    await page.evaluate(`postMessage(${JSON.stringify(named)})`);
    await page.getByRole("button", { name: `${name}:7` }).waitFor();
    assert.equal(await page.locator("img, a[href^=javascript], [onerror], [style*=url]").count(), 0);
    assert.deepEqual(await sent(), [{ kind: "ready" }]);
    assert.deepEqual(complaints, []);
  });
});
