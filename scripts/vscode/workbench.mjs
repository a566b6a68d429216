// What a person does in the workbench, done by Playwright. Every step waits for what it shows, none for time.

/**
 * @typedef {{ x: number, y: number, width: number, height: number }} Box
 * @typedef {any} Page Playwright's; its types are not installed with the project
 */

/** A menu that has not come after so long does not come. */
const PATIENCE_MS = 3000;

const hover = ".monaco-hover:visible";
const fixes = ".action-widget";
const problems = ".markers-panel-container";
const completions = ".suggest-widget.visible";

/**
 * @param {Page} page
 * @param {string} path absolute
 */
export async function openFile(page, path) {
  await quickOpen(page, path);
  await page.locator(`.tab.active[data-resource-name="${path.split("/").at(-1)}"]`).waitFor();
}

/**
 * Puts the cursor there.
 * @param {Page} page
 * @param {number} line from 1
 * @param {number} column from 1
 */
export async function goTo(page, line, column) {
  await quickOpen(page, `:${line}:${column}`);
  await page.locator(".statusbar-item", { hasText: `Ln ${line}, Col ${column}` }).waitFor();
}

/** @param {Page} page */
export async function waitForFindings(page) {
  await page.locator('[class*="squiggly-"]').first().waitFor();
}

/**
 * Rests the mouse on the character at the cursor and returns what is shown then.
 * @param {Page} page
 * @returns {Promise<string>}
 */
export async function hoverText(page) {
  // The box of the cursor, not a column times a width: inlay hints shift the text.
  const cursor = await boxOf(page, ".monaco-editor.focused .cursors-layer .cursor");
  await page.mouse.move(cursor.x + 4, cursor.y + cursor.height / 2, { steps: 3 });
  await page.locator(`${hover} .hover-row`).first().waitFor();
  await page.locator(`${hover} .hover-row`, { hasText: "Loading..." }).waitFor({ state: "detached" });
  return page.locator(hover).first().innerText();
}

/**
 * Opens the menu of fixes at the cursor.
 * @param {Page} page
 * @returns {Promise<string[]>} their titles
 */
export async function openFixes(page) {
  const rows = page.locator(`${fixes} .monaco-list-row.action`);
  const isOpen = () =>
    rows
      .first()
      .waitFor({ timeout: PATIENCE_MS })
      .then(
        () => true,
        () => false,
      );
  // A finding may just be judged anew when the menu is asked for; then there is none, and it is asked for again.
  do await page.keyboard.press("Control+.");
  while (!(await isOpen()));
  return rows.allInnerTexts();
}

/**
 * @param {Page} page
 * @returns {Promise<string[]>} the rows
 */
export async function openProblems(page) {
  await page.keyboard.press("Control+Shift+M");
  const rows = page.locator(`${problems} .monaco-list-row`);
  await rows.first().waitFor();
  return rows.allInnerTexts();
}

/** @param {Page} page */
export async function closePopups(page) {
  await page.mouse.move(0, 0);
  await page.keyboard.press("Escape");
  for (const popup of [hover, fixes]) await page.locator(popup).first().waitFor({ state: "hidden" });
}

/** Boxes of what may be on a picture. */
export const parts = {
  hover,
  fixes,
  problems,
  completions,
  lastProblem: `${problems} .monaco-list-row:last-child`,
  editor: ".part.editor",
};

/**
 * @param {Page} page
 * @param {string} selector
 * @returns {Promise<Box>}
 */
export async function boxOf(page, selector) {
  return page.locator(selector).first().boundingBox();
}

/**
 * The box of what grows while it is filled, once it has stopped.
 * @param {Page} page
 * @param {string} selector
 * @returns {Promise<Box>}
 */
export async function stillBoxOf(page, selector) {
  for (let before = await boxOf(page, selector); ; ) {
    await page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
    const box = await boxOf(page, selector);
    if (JSON.stringify(box) === JSON.stringify(before)) return box;
    before = box;
  }
}

/**
 * @param {Page} page
 * @param {string} text
 */
async function quickOpen(page, text) {
  await page.keyboard.press("Control+P");
  const input = page.locator(".quick-input-widget:visible input");
  await input.fill(text);
  await page.locator(".quick-input-list .monaco-list-row").first().waitFor();
  await page.keyboard.press("Enter");
  await page.locator(".quick-input-widget").waitFor({ state: "hidden" });
}

/**
 * Runs a command of the palette.
 * @param {Page} page
 * @param {string} title as it stands there, with its category
 */
export async function runCommand(page, title) {
  const row = page.locator(".quick-input-list .monaco-list-row", { hasText: title }).first();
  // The list does not learn of extensions that come after it was opened: it is opened again until it knows the command.
  for (let isThere = false; !isThere; ) {
    await page.keyboard.press("F1");
    await page.locator(".quick-input-widget:visible input").first().fill(`>${title}`);
    await page.locator(".quick-input-list .monaco-list-row").first().waitFor();
    isThere = await row.isVisible();
    if (!isThere) await page.keyboard.press("Escape");
  }
  await page.keyboard.press("Enter");
  await page.locator(".quick-input-widget").waitFor({ state: "hidden" });
}

/**
 * Opens the list of completions at the cursor.
 * @param {Page} page
 * @returns {Promise<string[]>} what a screen reader says of them
 */
export async function openCompletions(page) {
  await page.keyboard.press("Control+Space");
  const rows = page.locator(`${completions} .monaco-list-row`);
  await rows.first().waitFor();
  return rows.evaluateAll((/** @type {any[]} */ all) => all.map((row) => row.getAttribute("aria-label") ?? ""));
}

/**
 * The page inside the webview that is seen.
 * @param {Page} page
 */
export function webview(page) {
  return page.frameLocator("iframe.webview.ready").last().frameLocator("#active-frame");
}

/**
 * Takes a fix of the open menu.
 * @param {Page} page
 * @param {string} title
 */
export async function chooseFix(page, title) {
  const rows = page.locator(`${fixes} .monaco-list-row.action`);
  const titles = await rows.allInnerTexts();
  const at = titles.findIndex((/** @type {string} */ text) => text.trim() === title);
  if (at < 0) throw new Error(`no fix "${title}"; there are ${titles.join(", ")}`);
  // The first one has the focus. The mouse is of no use here: the menu ignores it until it has moved.
  for (let row = 0; row < at; row++) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.locator(fixes).waitFor({ state: "hidden" });
}
