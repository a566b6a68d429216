// Whatever the text: nothing throws, and every place lies inside of it.
import assert from "node:assert/strict";
import fc from "fast-check";
import {
  builtInCatalog,
  type Checker,
  Checker as FreshChecker,
  LineIndex,
  type Report,
  type Span,
} from "../../server/src/core/index.ts";
import { envDefinitions, parseEnvFile } from "../../server/src/core/parse/envFile.ts";
import { parseImageReference } from "../../server/src/core/parse/imageReference.ts";
import {
  type Definition,
  expandTemplate,
  parseTemplate,
  resolveTemplate,
} from "../../server/src/core/parse/interpolation.ts";
import { parseYaml, type YamlNode } from "../../server/src/core/parse/yamlTree.ts";
import { MemoryFiles } from "../rules/memoryFiles.ts";
import { checker, TODAY } from "../support/inProcess.ts";
import { anyText, mutated, RUNS, soup } from "./texts.ts";

const NAMES = [
  "compose.yaml",
  "Dockerfile",
  ".github/workflows/a.yml",
  "k8s.yaml",
  "values.yaml",
  "cache-compat.json",
  ".env",
  "redis.conf",
];

function assertInside(span: Span, length: number): void {
  assert.ok(0 <= span.start && span.start <= span.end && span.end <= length, `${span.start}-${span.end} of ${length}`);
}

function check(name: string, text: string, used: Checker = checker, env = "TAG=6.2\n"): Report {
  const texts = new Map([
    ["/project/.env", env],
    [`/project/${name}`, text],
  ]);
  return used.check({
    source: { path: `/project/${name}`, text, languageId: null },
    layers: [{ from: "setting", settings: { apps: { mastodon: "4.5" } } }],
    useProjectFile: true,
    files: new MemoryFiles(texts),
    today: TODAY,
  });
}

function assertReport(report: Report): void {
  const { length } = report.source.text;
  assert.deepEqual(report.failed, []);
  const lengthOf = (path: string): number => (path === report.source.path ? length : "TAG=6.2\n".length);
  for (const { span, related, fixes } of report.findings) {
    assertInside(span, length);
    for (const place of [...related, ...fixes.flatMap(({ edits }) => edits)])
      assertInside(place.span, lengthOf(place.path));
  }
  for (const { image } of report.images) assertInside(image.span, length);
  for (const { use } of report.used) assertInside(use.span, length);
  const starts = report.findings.map(({ span }) => span.start);
  assert.deepEqual(
    starts,
    starts.toSorted((a, b) => a - b),
  );
}

function eachNode(node: YamlNode | null, visit: (node: YamlNode) => void): void {
  if (node === null) return;
  visit(node);
  if (node.kind === "seq") for (const item of node.items) eachNode(item, visit);
  if (node.kind === "map")
    for (const { key, value } of node.pairs) {
      eachNode(key, visit);
      eachNode(value, visit);
    }
}

describe("properties: any text", function () {
  this.timeout(60_000);

  it("YAML: nothing throws, nodes and problems lie inside", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { documents, problems } = parseYaml(text);
        for (const { span } of problems) assertInside(span, text.length);
        for (const { root } of documents) eachNode(root, ({ span }) => assertInside(span, text.length));
      }),
      { ...RUNS, numRuns: 600 },
    );
  });

  it(".env: nothing throws, keys and values stand where they are said to", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const { key, keySpan, valueSpan, raw, quote } of parseEnvFile(text)) {
          assertInside(keySpan, text.length);
          assertInside(valueSpan, text.length);
          assert.equal(text.slice(keySpan.start, keySpan.end), key);
          if (quote !== '"') assert.equal(text.slice(valueSpan.start, valueSpan.end), raw);
        }
        for (const { value, span } of envDefinitions("/.env", text, () => null).values())
          if (span !== null) assert.equal(text.slice(span.start, span.end), value);
      }),
      { ...RUNS, numRuns: 600 },
    );
  });

  it("expressions: the pieces make the value, and literal ones stand where they are said to", () => {
    fc.assert(
      fc.property(anyText, fc.nat({ max: 50 }), (text, base) => {
        const parts = parseTemplate(text, base);
        const lookup = (name: string): Definition | null =>
          name.length % 2 === 0 ? null : { value: "7.0", path: "/.env", span: null };
        const resolved = resolveTemplate(parts, lookup);
        assert.deepEqual(expandTemplate(text, lookup, base), resolved);
        assert.equal(resolved.pieces.map((piece) => piece.text).join(""), resolved.value);
        let end = base;
        for (const { span } of parts) {
          assert.equal(span.start, end);
          end = span.end;
        }
        assert.equal(end, base + text.length);
        for (const { kind, text: piece, span } of resolved.pieces)
          if (kind === "literal" && piece !== "$") assert.equal(text.slice(span.start - base, span.end - base), piece);
        if (!text.includes("$")) assert.equal(resolved.value, text);
      }),
      { ...RUNS, numRuns: 600 },
    );
  });

  it("references: the parts make the text again", () => {
    const part = fc.stringMatching(/^[a-z0-9]{1,8}(?:[._-][a-z0-9]{1,4})?$/);
    const reference = fc
      .tuple(
        fc.option(fc.constantFrom("docker.io", "ghcr.io", "localhost:5000", "registry.example.org"), { nil: null }),
        fc.array(part, { minLength: 1, maxLength: 3 }),
        fc.option(fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,20}$/), { nil: null }),
      )
      .map(([registry, parts, tag]) => ({ registry, path: parts.join("/"), tag }));
    fc.assert(
      fc.property(
        fc.oneof(
          anyText.map((text) => ({ text })),
          reference,
        ),
        (input) => {
          const text =
            "text" in input
              ? input.text
              : `${input.registry === null ? "" : `${input.registry}/`}${input.path}${input.tag === null ? "" : `:${input.tag}`}`;
          const parsed = parseImageReference(text);
          if (!parsed.valid) {
            const isRegistryLike = !("text" in input) && input.registry === null && /^[^/]*\./.test(input.path);
            assert.ok("text" in input || isRegistryLike || input.path.length > 60, text);
            return;
          }
          const { nameSpan, tagSpan, tag, digest } = parsed;
          const tail = `${tag === null ? "" : `:${tag}`}${digest === null ? "" : `@${digest}`}`;
          assert.equal(text.slice(nameSpan.start, nameSpan.end) + tail, text);
          assert.equal(tagSpan === null ? null : text.slice(tagSpan.start, tagSpan.end), tag);
          if ("text" in input) return;
          assert.equal(tag, input.tag);
          if (input.registry !== null) assert.equal(parsed.registry, input.registry);
        },
      ),
      { ...RUNS, numRuns: 600 },
    );
  });

  for (const name of NAMES) {
    it(`${name}: no rule fails and every place lies inside`, () => {
      fc.assert(
        fc.property(fc.oneof(soup, anyText), (text) => assertReport(check(name, text))),
        { ...RUNS, numRuns: 250 },
      );
    });
  }

  it("nearly right files: no rule fails and every place lies inside", () => {
    fc.assert(
      fc.property(mutated, ({ name, text }) => assertReport(check(name, text))),
      { ...RUNS, numRuns: 1200 },
    );
  });

  it("a checker that has seen other texts tells the same as a new one", () => {
    const used = new FreshChecker(builtInCatalog());
    fc.assert(
      fc.property(
        mutated,
        fc.constantFrom("TAG=6.2\n", "TAG=7.0\n", "", "REDIS_VERSION=6.2\n"),
        ({ name, text }, env) => {
          const told = (report: Report) => ({
            findings: report.findings,
            images: report.images.map(({ image }) => image.name),
          });
          assert.deepEqual(
            told(check(name, text, used, env)),
            told(check(name, text, new FreshChecker(builtInCatalog()), env)),
          );
        },
      ),
      { ...RUNS, numRuns: 150 },
    );
  });

  it("what is silent stays silent behind a comment, and lines move with what stands above", () => {
    fc.assert(
      fc.property(mutated, fc.nat({ max: 5 }), ({ name, text }, count) => {
        if (name.endsWith(".json")) return;
        // A comment above a Dockerfile ends its directives, and one above a YAML document is part of none.
        const above = "# x\n".repeat(count + 1);
        const before = check(name, text);
        const after = check(name, above + text);
        if (text.startsWith("%") || text.startsWith("\uFEFF") || /^\s*#\s*(?:escape|syntax)/.test(text)) return;
        const places = (report: Report, moved: number): string[] =>
          report.images.map(({ image }) => {
            const { line, character } = new LineIndex(report.source.text).position(image.span.start);
            return `${line - moved}:${character} ${image.name}`;
          });
        assert.deepEqual(places(after, count + 1), places(before, 0));
      }),
      { ...RUNS, numRuns: 300 },
    );
  });
});
