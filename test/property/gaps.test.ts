/** Texts with gaps: positions, edits and trees are those of the text without them. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { withGaps, withoutGaps } from "../../server/src/core/gaps.ts";
import { parseBlocks, type YamlBlocks } from "../../server/src/core/parse/yamlBlocks.ts";
import { parseYaml, type YamlFile, type YamlProblem } from "../../server/src/core/parse/yamlTree.ts";
import { LineIndex } from "../../server/src/core/text.ts";
import { EditedText } from "../support/editedText.ts";

const LINES = [
  "services:",
  "services: # all of them",
  "services: &all",
  "volumes:",
  "x-common: &common",
  "x: {a: [b, 'c']}",
  "---",
  "--- # begin",
  "...",
  "%YAML 1.2",
  "  cache:",
  "  cache: &cache",
  "  web: # the app",
  "  other: *cache",
  "  <<: *common",
  '  "quoted":',
  "  ? key",
  "  : value",
  "  - item",
  "  mark: { image: redis:7.2.4, labels: { k: v, k: w } }",
  "    image: redis:7.2",
  "    image: redis:7.2 # old",
  "    <<: *common",
  "    command: [redis-server,",
  "      --appendonly, yes]",
  "    script: |",
  "    script: |+",
  "    script: >-",
  "      first line",
  "      # no comment here",
  '    text: "begins',
  '      ends"',
  "    text: plain",
  "      goes on",
  "    list:",
  "      - one",
  "      - two: 2",
  "    - three",
  "    environment: !reset",
  "    depends_on: [web]",
  "\tx: y",
  "  # comment",
  "# comment at the left",
  "      # comment at the right",
  "",
  "   ",
  "    key",
  "   odd: 1",
  "name: shop",
  "- top",
];

const line = fc.constantFrom(...LINES);

/** Parts of a service that are valid where they stand. */
const PARTS = [
  ["    image: redis:7.2 # old"],
  ["    image: &tag redis:7.2"],
  ["    build: .", ""],
  ["    command: [redis-server,", "      --appendonly, yes]"],
  ["    command: # none", "      - redis-server", "      - '--save'", "# left", ""],
  ["    environment: *shared"],
  ["    environment:", "      <<: *shared", "      A: b"],
  ["    labels: { k: v, k: w }"],
  ["    script: |", "      first", "", "      # no comment", ""],
  ["    script: |+", "      first", "", ""],
  ["    script: >-", "        deep", "      less"],
  ['    text: "begins', '      ends"'],
  ["    text: plain", "      goes on", "   # comment"],
  ["    list:", "    - one", "    - two: 2", "      three: 3"],
  ["    environment: !reset", "      - A=b"],
  ["    empty:", "    # and a comment", "      # deeper"],
  ["    ? long", "    : short"],
  ["    nothing: ~", "   ", ""],
];
const part = fc.constantFrom(...PARTS);
const service = fc
  .tuple(
    fc.constantFrom("  a:", "  b:", "  c: &c", "  d: # note", "  e: *c", '  "f":', "  g: { image: redis }"),
    fc.array(part, { maxLength: 4 }),
  )
  .map(([key, parts]) => (/:$|# note$|&c$/.test(key) ? [key, ...parts.flat()] : [key]));
const head = fc.constantFrom(
  [],
  ["---"],
  ["# file", "name: shop", ""],
  ["x-shared: &shared", "  A: b", "  # c", "", "x-list:", "- a", "- b: 1"],
  ["--- # begin", "volumes:", "   data:", "   more: {}"],
);
const tail = fc.constantFrom(
  [],
  ["volumes:", "  data:", "", "# end"],
  ["networks: {}"],
  ["", "   # end", "x: |+", " a", ""],
);
/** Mostly valid, now and then not. */
const compose = fc
  .tuple(
    head,
    fc.array(fc.oneof({ weight: 30, arbitrary: service }, { weight: 1, arbitrary: line.map((text) => [text]) }), {
      maxLength: 6,
    }),
    tail,
    fc.constantFrom("\n", "\n", "\r\n"),
    fc.boolean(),
  )
  .map(([above, services, below, newline, ends]) => {
    const lines = [...above, "services:", ...services.flat(), ...below];
    return lines.join(newline) + (ends ? newline : "");
  });

const inserted = fc.oneof(
  fc.constantFrom(
    "x",
    "y",
    "1",
    "x",
    "y",
    "1",
    "\n1\n",
    "\nword\n",
    "\n  half\n",
    "\n two words\n",
    "\n other: column\n",
    "# z\n",
    "\n",
    "\n",
    "",
    "",
    " ",
    "\n",
    ":",
    '"',
    "#",
    "[",
    "|",
    "",
    "    tag: 1\n",
    "\n  new:\n    image: a\n",
    "&c ",
    "*c",
  ),
  part.map((lines) => `\n${lines.join("\n")}`),
  service.map((lines) => `${lines.join("\n")}\n`),
  line.map((text) => `\n${text}`),
);
const edits = fc.array(
  fc.record({
    at: fc.nat(),
    length: fc.oneof(fc.constant(0), fc.nat({ max: 3 }), fc.nat({ max: 60 })),
    text: inserted,
  }),
  { maxLength: 12 },
);

/** All that is to see of a tree, as positions of lines and columns. */
function shown(file: YamlFile, lines: LineIndex): unknown {
  const replace = (key: string, value: unknown): unknown => {
    if (key === "frame" || key === "isPlain") return undefined;
    if (key !== "span") return value;
    const { start, end } = value as { start: number; end: number };
    return [lines.position(start), lines.position(end)];
  };
  return JSON.parse(JSON.stringify(file, replace));
}

function isSyntax({ kind }: YamlProblem): boolean {
  return kind === "syntax";
}

const runs = { numRuns: Number(process.env.PROPERTY_RUNS ?? 1500) };
/** For what reads each text five times. */
const someRuns = { numRuns: Math.ceil(runs.numRuns / 2) };

describe("texts with gaps", function () {
  this.timeout(180_000);

  it("have the lines of the text without", () => {
    fc.assert(
      fc.property(compose, edits, (text, list) => {
        const edited = new EditedText(text);
        for (const edit of list) {
          edited.apply(edit);
          assert.equal(withoutGaps(edited.gapped), edited.bare);
          const bare = new LineIndex(edited.bare);
          assert.equal(edited.lines.lineCount, bare.lineCount);
          for (let i = 0; i < bare.lineCount; i++) assert.equal(edited.lines.lineText(i), bare.lineText(i));
          for (let i = 0; i <= edited.bare.length; i++) {
            const position = bare.position(i);
            if (bare.offset(position) === i)
              assert.deepEqual(edited.lines.position(edited.lines.offset(position)), position);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it("keep lines apart after any edit of any text", () => {
    const bits = fc.array(fc.constantFrom("a", "\n", "\r\n", "\r", "  b:", "x: 1\n"), { maxLength: 30 });
    const text = bits.map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, text, fc.nat(), fc.nat(), (before, put, at, length) => {
        const start = at % (before.length + 1);
        const end = start + (length % (before.length - start + 1));
        const after = before.slice(0, start) + put + before.slice(end);
        const [found, fresh] = [
          new LineIndex(before).edited(after, start, end, start + put.length),
          new LineIndex(after),
        ];
        assert.equal(found.lineCount, fresh.lineCount);
        for (let i = 0; i <= after.length; i++) assert.deepEqual(found.position(i), fresh.position(i));
        for (let i = 0; i < fresh.lineCount; i++) assert.equal(found.lineText(i), fresh.lineText(i));
      }),
      runs,
    );
  });

  it("are parsed block by block to the tree of the whole, or to what a fresh reading of broken blocks gives", () => {
    let [split, broken] = [0, 0];
    fc.assert(
      fc.property(compose, edits, (text, list) => {
        const edited = new EditedText(text);
        let blocks: YamlBlocks | null = null;
        let bareBlocks: YamlBlocks | null = null;
        for (const edit of [null, ...list]) {
          if (edit !== null) edited.apply(edit);
          const read = parseBlocks(edited.gapped, blocks);
          const bareRead = parseBlocks(edited.bare, bareBlocks);
          blocks = read ?? blocks;
          bareBlocks = bareRead ?? bareBlocks;
          const fresh = parseBlocks(edited.bare, null);
          assert.deepEqual(
            [read, bareRead].map((each) => each === null),
            [fresh, fresh].map((each) => each === null),
          );
          if (read === null || bareRead === null || fresh === null) continue;
          const whole = parseYaml(edited.bare);
          // A text is broken to both or to none.
          assert.equal(fresh.file.problems.some(isSyntax), whole.problems.some(isSyntax));
          const isBroken = whole.problems.some(isSyntax);
          if (isBroken) broken++;
          else split++;
          const expected = shown(isBroken ? fresh.file : whole, edited.bareLines);
          assert.deepEqual(shown(fresh.file, edited.bareLines), expected);
          assert.deepEqual(shown(bareRead.file, edited.bareLines), expected);
          assert.deepEqual(shown(read.file, edited.lines), expected);
        }
      }),
      someRuns,
    );
    assert.ok(split > someRuns.numRuns / 2, `only ${split} texts were read by blocks`);
    assert.ok(broken > someRuns.numRuns / 4, `only ${broken} broken texts were read by blocks`);
  });

  it("are parsed as a whole to the tree of the text without", () => {
    fc.assert(
      fc.property(compose, (text) => {
        const gapped = withGaps(text);
        assert.deepEqual(shown(parseYaml(gapped), new LineIndex(gapped)), shown(parseYaml(text), new LineIndex(text)));
      }),
      runs,
    );
  });
});
