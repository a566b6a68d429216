/** Results for lists: the same as if every member were asked, at the price of those that have changed. */
import assert from "node:assert/strict";
import fc from "fast-check";
import type { FileSource } from "../../server/src/core/files.ts";
import { Mapped, MappedFromFiles, Picked } from "../../server/src/core/mapped.ts";
import { MemoryFiles } from "../rules/memoryFiles.ts";

interface Member {
  readonly name: number;
}

const MEMBERS: readonly Member[] = Array.from({ length: 12 }, (_, name) => ({ name }));
const LIST = fc.uniqueArray(fc.constantFrom(...MEMBERS), { maxLength: 12 });

describe("results for lists", () => {
  it("are those of every member, after any changes", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(LIST, fc.nat({ max: 2 })), { maxLength: 8 }), (steps) => {
        const mapped = new Mapped<Member, number>();
        const picked = new Picked<Member, Member>();
        for (const [list, factor] of steps) {
          assert.deepEqual(
            mapped.of(list, [factor], ({ name }) => name * factor),
            list.map(({ name }) => name * factor),
          );
          const isOdd = (one: Member): Member | null => (one.name % 2 === 1 ? one : null);
          assert.deepEqual(
            picked.of(list, [], isOdd),
            list.filter((one) => isOdd(one) !== null),
          );
        }
      }),
    );
  });

  it("stay the same list while nothing changes, and ask only for what has", () => {
    const mapped = new Mapped<Member, number>();
    let asked = 0;
    const name = (one: Member): number => {
      asked++;
      return one.name;
    };
    const first = mapped.of(MEMBERS, [], name);
    assert.equal(asked, 12);
    assert.equal(mapped.of([...MEMBERS], [], name), first);
    assert.equal(mapped.of(MEMBERS.with(5, { name: 5 }), [], name), first);
    assert.equal(asked, 13);
    assert.notEqual(mapped.of(MEMBERS.with(5, { name: 50 }), [], name), first);
    assert.equal(asked, 14);
  });

  it("are found out anew where a file that was read for them has changed, even behind a failure", () => {
    const texts = new Map([["/a/1", "one"]]);
    const files = new MemoryFiles(texts);
    const found = new MappedFromFiles<Member, string>();
    const read = ({ name }: Member, from: FileSource): string => {
      if (name === 3) throw new Error("no");
      return name === 1 ? String(from.read("/a/1")) : "";
    };
    const [zero, one, two, three] = MEMBERS as readonly [Member, Member, Member, Member];
    assert.deepEqual(found.of([zero, one], [], files, read), ["", "one"]);
    texts.set("/a/1", "two");
    assert.deepEqual(found.of([zero, one], [], files, read), ["", "two"]);
    assert.throws(() => found.of([zero, three], [], files, read));
    texts.set("/a/1", "three");
    assert.deepEqual(found.of([zero, one], [], files, read), ["", "three"]);
    assert.deepEqual(found.of([one, two], [], files, read), ["three", ""]);
  });
});
