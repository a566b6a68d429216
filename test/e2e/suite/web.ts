// The extension host that is a worker of the browser: mocha's browser build.
import "mocha/mocha.js";

declare const mocha: {
  setup(options: object): void;
  run(done: (failures: number) => void): void;
};

/** Runs mocha over what `load` loads; `grep`: only tests with this in their name. */
export async function runTests(load: () => Promise<void>, grep: string): Promise<void> {
  mocha.setup({
    ui: "bdd",
    reporter: "spec",
    timeout: 30_000,
    forbidOnly: true,
    forbidPending: true,
    ...(grep === "" ? {} : { grep }),
  });
  await load();
  const failures = await new Promise<number>((done) => mocha.run(done));
  if (failures > 0) throw new Error(`${failures} of the tests in VS Code failed`);
}
