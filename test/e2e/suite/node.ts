// The extension host that is a Node process.
import { findSourceMap } from "node:module";
import { relative, resolve } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

/** Runs mocha over what `load` loads; `grep`: only tests with this in their name. */
export async function runTests(load: () => Promise<void>, grep: string): Promise<void> {
  process.setSourceMapsEnabled(true); // from here on Node keeps the maps of what it loads

  const { default: Mocha } = await import("mocha");
  const mocha = new Mocha({
    ui: "bdd",
    reporter: "spec",
    color: process.env.E2E_COLORS === "1",
    // The only time limit there is. Tests wait for events, so it is reached only when something does not happen.
    timeout: 30_000,
    forbidOnly: Boolean(process.env.CI),
    forbidPending: true,
    ...(grep === "" ? {} : { grep }),
  });
  // What loading files does: names such as `describe` become global.
  mocha.suite.emit("pre-require", globalThis, "", mocha);
  await load();

  const failures = await new Promise<number>((done) => {
    mocha.run(done).on("fail", (_test, error: Error) => {
      if (error.stack) error.stack = toSourceLines(error.stack);
    });
  });
  if (failures > 0) throw new Error(`${failures} of the tests in VS Code failed`);
}

/** VS Code formats stack traces itself, without source maps: makes them name the TypeScript files, as short as mocha's. */
function toSourceLines(stack: string): string {
  return stack.replace(/([^\s():]+\.js):(\d+):(\d+)/g, (place, file: string, line: string, column: string) => {
    const entry = findSourceMap(resolve(file))?.findEntry(Number(line) - 1, Number(column) - 1);
    if (!entry || !("originalSource" in entry)) return place;
    const source = relative(process.cwd(), fileURLToPath(entry.originalSource));
    return `${source}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
  });
}
