/** A checker that remembers what it found out, after any edits, says what one says that sees the text for the first time. */
import assert from "node:assert/strict";
import fc from "fast-check";
import {
  builtInCatalog,
  Checker,
  type LineIndex,
  type Report,
  type SourceText,
  type TextEdit,
  withoutGaps,
} from "../../server/src/core/index.ts";
import { STACK_GROUPS } from "../conformance/harder/stacks/groups.ts";
import { MemoryFiles } from "../rules/memoryFiles.ts";
import { type Edit, EditedText } from "../support/editedText.ts";
import { TODAY } from "../support/inProcess.ts";
import { must } from "../support/must.ts";
import { RUNS } from "./texts.ts";

const ALL_STACKS = Object.values(STACK_GROUPS).flat();

const WORDS = [
  "redis",
  "cache",
  "valkey/valkey:8.0",
  "redis:7.2",
  "redis:6.2-alpine",
  "${TAG:-7.4}",
  "6379",
  "localhost",
  "yes",
  "no",
  "appendonly",
  "--requirepass s3cret",
  "allkeys-lru",
  "sidekiq",
  "v4.5",
  "- ",
  ": ",
  '"',
  "#",
  "&a ",
  "*a",
  "x",
  "1",
  " ",
  "",
];
const LINES = [
  "",
  "  extra:",
  "    image: redis:7.2",
  "    depends_on: [redis]",
  "    environment:",
  "      REDIS_URL: redis://redis:6379/0",
  "    env_file: .env",
  "    extends: redis",
  "    ports: ['6379:6379']",
  "    volumes:",
  "      - data:/data",
  "    command: redis-server --save ''",
  "    profiles: [debug]",
  "    networks: [back]",
  "    healthcheck: { test: [CMD, redis-cli, ping] }",
  "volumes:",
  "  data:",
  "networks:",
  "  back:",
  "x-app: &app",
  "  <<: *app",
  "    <<: *app",
  "# cache-compat: mastodon=4.4",
  "# cache-compat-ignore-next-line image/end-of-life -- later",
  "---",
];

const edits = fc.array(
  fc.record({
    file: fc.oneof({ weight: 6, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat() }),
    at: fc.nat(),
    length: fc.oneof(fc.constant(0), fc.nat({ max: 6 }), fc.nat({ max: 40 })),
    text: fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...WORDS) },
      { weight: 1, arbitrary: fc.constantFrom(...LINES).map((line) => `\n${line}`) },
      { weight: 1, arbitrary: fc.constantFrom(...LINES).map((line) => `${line}\n`) },
    ),
  }),
  { minLength: 1, maxLength: 12 },
);

class Desk {
  readonly #texts: ReadonlyMap<string, EditedText>;
  readonly #gapped = new Map<string, string>();
  readonly #bare = new Map<string, string>();
  readonly #gappedFiles: MemoryFiles;
  readonly #bareFiles: MemoryFiles;
  readonly #keeping = new Checker(builtInCatalog());

  constructor(files: Readonly<Record<string, string>>) {
    const texts = Object.entries(files).map(
      ([name, text]) => [`/project/${name}`, new EditedText(text.replace(/[⟦⟧]/g, ""), /ya?ml$/.test(name))] as const,
    );
    this.#texts = new Map(texts);
    for (const path of this.#texts.keys()) this.#note(path);
    this.#gappedFiles = new MemoryFiles(this.#gapped);
    this.#bareFiles = new MemoryFiles(this.#bare);
  }

  /** Compose files first. */
  get paths(): readonly string[] {
    return [...this.#texts.keys()].sort((a, b) => Number(/ya?ml$/.test(b)) - Number(/ya?ml$/.test(a)));
  }

  edit(path: string, edit: Edit): void {
    this.#text(path).apply(edit);
    this.#note(path);
  }

  /** What a checker says that has seen all texts before. */
  kept(path: string): unknown {
    const { gapped: text, lines } = this.#text(path);
    const report = check(this.#keeping, { path, text, lines, languageId: null }, this.#gappedFiles);
    return shown(report, (name) => this.#text(name).lines);
  }

  /** What one says that remembers nothing of the parts of a text: a text without gaps is read as a whole each time. */
  fresh(path: string): unknown {
    const report = check(fresh, { path, text: this.#text(path).bare, languageId: null }, this.#bareFiles);
    return shown(report, (name) => this.#text(name).bareLines);
  }

  #text(path: string): EditedText {
    return must(this.#texts.get(path));
  }

  #note(path: string): void {
    const { gapped, bare } = this.#text(path);
    this.#gapped.set(path, gapped);
    this.#bare.set(path, bare);
  }
}

/** For long runs by hand. */
const longer = process.env.PROPERTY_SEED === undefined ? {} : { seed: Number(process.env.PROPERTY_SEED) };
const fresh = new Checker(builtInCatalog());

function check(checker: Checker, source: SourceText, files: MemoryFiles): Report {
  return checker.check({ source, layers: [], useProjectFile: true, files, today: TODAY });
}

function shown(report: Report, lines: (path: string) => LineIndex): unknown {
  const at = (path: string, { start, end }: { start: number; end: number }) => {
    const index = lines(path);
    return [path, index.position(start), index.position(end)];
  };
  const own = report.source.path;
  const change = ({ path, span, newText }: TextEdit) => [...at(path, span), withoutGaps(newText)];
  return {
    findings: report.findings.map(({ rule, severity, message, span, related, fixes, tag }) => ({
      rule,
      severity,
      message,
      tag,
      at: at(own, span),
      related: related.map((place) => [...at(place.path, place.span), place.message]),
      fixes: fixes.map((fix) => ({ ...fix, edits: fix.edits.map(change) })),
    })),
    images: report.images.map(({ image, verdicts, lifecycle }) => [
      image.name,
      at(own, image.span),
      verdicts.map(({ app, state }) => [app.app, app.version, state]),
      lifecycle?.state,
    ]),
    used: report.used.map(({ use }) => [use.owner, use.services, use.resolved.value, at(own, use.span)]),
    stacks: report.stacks.map(({ servers, connections, files }) => [
      servers.map(({ name, imagePlace, ports, networks, call }) => [
        name,
        at(imagePlace.path, imagePlace.span),
        ports?.map(({ place }) => at(place.path, place.span)),
        [...networks],
        call?.args.map(({ value, place }) => [value, at(place.path, place.span)]),
      ]),
      connections.map(({ role, host, client }) => [client.service.name, role, at(host.place.path, host.place.span)]),
      [...files].sort(),
    ]),
    names: [...report.names].sort(),
    failed: report.failed,
  };
}

describe("a checker that remembers", function () {
  this.timeout(600_000);

  it("says after any edits what a fresh one says", () => {
    fc.assert(
      fc.property(fc.constantFrom(...ALL_STACKS), fc.constantFrom(...ALL_STACKS), edits, (one, two, list) => {
        const desk = new Desk({ ...two.files, ...one.files });
        const { paths } = desk;
        for (const path of paths) assert.deepEqual(desk.kept(path), desk.fresh(path));
        for (const edit of list) {
          const path = paths[edit.file % paths.length] as string;
          desk.edit(path, edit);
          for (const other of paths) assert.deepEqual(desk.kept(other), desk.fresh(other));
        }
      }),
      { ...RUNS, ...longer, numRuns: Number(process.env.PROPERTY_RUNS ?? 60) },
    );
  });
});
