// What is remembered of files: as long as they read the same, and of files that never change as long as they live.
import assert from "node:assert/strict";
import { FactFromFiles } from "../../server/src/core/fact.ts";
import type { FileSource } from "../../server/src/core/files.ts";
import { Remember } from "../../server/src/core/remember.ts";

function files(text: string, isStill: boolean): FileSource & { reads: number } {
  const source = {
    reads: 0,
    isStill,
    read: (): string => {
      source.reads++;
      return text;
    },
    list: () => null,
    root: () => undefined,
  };
  return source;
}

describe("core: remembering", () => {
  const ask = (remember: Remember<string>, from: FileSource): string =>
    remember.get("key", from, (recorded) => `made of ${recorded.read("/a")}`);

  it("asks anew where a file reads differently", () => {
    const remember = new Remember<string>(5);
    assert.equal(ask(remember, files("1", false)), "made of 1");
    const same = files("1", false);
    assert.equal(ask(remember, same), "made of 1");
    assert.equal(same.reads, 1, "compared");
    assert.equal(ask(remember, files("2", false)), "made of 2");
  });

  it("asks files that never change once, and nobody else's answer is taken for theirs", () => {
    const remember = new Remember<string>(5);
    const still = files("1", true);
    for (let i = 0; i < 3; i++) assert.equal(ask(remember, still), "made of 1");
    assert.equal(still.reads, 1);
    // Nothing was noted, so nothing can be compared: others are asked, though they read the same.
    assert.equal(ask(remember, files("2", true)), "made of 2");
    assert.equal(ask(remember, files("3", false)), "made of 3");
    assert.equal(ask(remember, still), "made of 1");
  });

  it("takes over what was noted of changing files once it reads the same", () => {
    const remember = new Remember<string>(5);
    ask(remember, files("1", false));
    const still = files("1", true);
    ask(remember, still);
    ask(remember, still);
    assert.equal(still.reads, 1);
    assert.equal(ask(remember, files("2", false)), "made of 2");
  });

  it("keeps what follows from an object and from files that never change for these alone", () => {
    const facts = new FactFromFiles<object, string>();
    const about = {};
    const told = (from: FileSource): string =>
      facts.of(about, [], from, (recorded) => `made of ${recorded.read("/a")}`);
    const still = files("1", true);
    for (let i = 0; i < 3; i++) assert.equal(told(still), "made of 1");
    assert.equal(still.reads, 1);
    assert.equal(told(files("2", true)), "made of 2");
    assert.equal(told(files("3", false)), "made of 3");
    assert.equal(told(files("3", true)), "made of 3");
  });
});
