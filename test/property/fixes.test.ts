// Any fix that is offered does what it says: its finding goes away, and the file stays a file.
import assert from "node:assert/strict";
import fc from "fast-check";
import { parseYaml } from "../../server/src/core/parse/yamlTree.ts";
import { checkMemory, type InProcess } from "../support/inProcess.ts";
import { applied, type JsonFinding } from "../support/json.ts";
import { must } from "../support/must.ts";
import { RUNS } from "./texts.ts";

const REFERENCES = fc.oneof(
  fc
    .tuple(
      fc.constantFrom("redis", "docker.io/library/redis", "public.ecr.aws/docker/library/redis"),
      fc.constantFrom(
        "5.0",
        "6.0",
        "6.2",
        "7.0",
        "7.2",
        "7.4",
        "8.0",
        "8.2",
        "8.10",
        "6.2.14",
        "7.0.15",
        "7.2.4",
        "8.0-rc1",
        "6",
        "7",
        "8",
        "latest",
      ),
      fc.constantFrom("", "-alpine", "-bookworm", "-bullseye", "-alpine3.19"),
    )
    .map(([name, tag, variant]) => `${name}:${tag}${variant}`),
  fc.constantFrom(
    "redis",
    "redis:alpine",
    "valkey/valkey",
    "valkey/valkey:7.2-alpine",
    "valkey/valkey:8",
    "valkey/valkey:9.1.0",
    "ghcr.io/dragonflydb/dragonfly:v1.25.0",
    "ghcr.io/dragonflydb/dragonfly:v1.26.3",
    "eqalpha/keydb:alpine_x86_64_v6.3.4",
    "bitnami/redis:7.0.12-debian-11-r3",
    "redis/redis-stack-server:6.2.6-v9",
    "Redis:7.2",
    "nginx:1.27",
  ),
);

type Files = Readonly<Record<string, string>>;

/** One image written in one of the ways that a compose file knows. */
const FORMS: readonly ((reference: string, at: number) => { readonly image: string; readonly env?: string })[] = [
  (reference) => ({ image: reference }),
  (reference) => ({ image: `"${reference}"` }),
  (reference) => ({ image: `'${reference}' # a comment` }),
  (reference, at) => ({ image: `\${V${at}:-${reference}}` }),
  (reference, at) => ({ image: `"\${V${at}}"`, env: `V${at}="${reference}"` }),
  (reference, at) => ({ image: `\${V${at}?}`, env: `export V${at}=${reference} # x` }),
  (reference, at) => {
    const [, name = reference, tag] = /^(.*):([^:/]+)$/.exec(reference) ?? [];
    return tag === undefined ? { image: name } : { image: `${name}:\${T${at}:-${tag}}` };
  },
  (reference, at) => {
    const [, name = reference, tag] = /^(.*):([^:/]+)$/.exec(reference) ?? [];
    return tag === undefined ? { image: name } : { image: `${name}:$T${at}`, env: `T${at}='${tag}'` };
  },
  (reference, at) => {
    const [, head, tail] = /^(.*\d\.)(\d.*)$/.exec(reference) ?? [];
    return head === undefined ? { image: reference } : { image: `${head}\${M${at}:-${tail}}` };
  },
];

const projects = fc
  .tuple(
    fc.array(fc.tuple(REFERENCES, fc.nat({ max: FORMS.length - 1 })), { minLength: 1, maxLength: 4 }),
    fc.constantFrom("\n", "\r\n"),
    fc.boolean(),
  )
  .map(([services, lineBreak, isFlow]): Files => {
    const env: string[] = ["A=1"];
    const lines = services.map(([reference, form], at) => {
      const written = must(FORMS[form])(reference, at);
      if (written.env !== undefined) env.push(written.env);
      const image =
        isFlow && !/^["']/.test(written.image)
          ? `"${written.image}"`
          : written.image.replace(/ # .*/, isFlow ? "" : "$&");
      return isFlow ? `  s${at}: {labels: ["🦣"], image: ${image}}` : `  s${at}:${lineBreak}    image: ${image}`;
    });
    return {
      "compose.yaml": ["services:", ...lines, ""].join(lineBreak),
      ".env": [...env, ""].join(lineBreak),
    };
  });

function check(files: Files, mastodon: string | null): InProcess {
  return checkMemory(files, { settings: mastodon === null ? {} : { apps: { mastodon } } });
}

function findingsOf({ json }: InProcess): readonly JsonFinding[] {
  return json.files.flatMap(({ findings }) => findings);
}

const COLUMN = fc.constantFrom(null, "4.2", "4.3", "4.4", "4.5", "4.6");

describe("properties: fixes", function () {
  this.timeout(60_000);

  it("any fix makes its finding go away, changes one value, and brings no fault", () => {
    let tried = 0;
    fc.assert(
      fc.property(projects, COLUMN, (files, mastodon) => {
        const before = check(files, mastodon);
        for (const finding of findingsOf(before)) {
          for (const fix of finding.fixes) {
            tried++;
            const fixed = Object.fromEntries(applied(before.texts, fix.edits));
            const after = check(fixed, mastodon);
            const same = findingsOf(after).filter(
              ({ rule, line, column }) => rule === finding.rule && line === finding.line && column === finding.column,
            );
            assert.deepEqual(same, [], `${fix.title} leaves ${finding.rule}`);
            assert.deepEqual(parseYaml(must(fixed["compose.yaml"])).problems, []);
            const errors = (run: InProcess): number =>
              findingsOf(run).filter(({ severity }) => severity === "error").length;
            assert.ok(errors(after) <= errors(before), fix.title);
            // The missing limit is a line of its own.
            if (finding.rule === "dragonfly/memlock") continue;
            for (const [name, text] of Object.entries(files))
              assert.equal(must(fixed[name]).split("\n").length, text.split("\n").length, "no line comes or goes");
          }
        }
      }),
      { ...RUNS, numRuns: 250 },
    );
    assert.ok(tried > 500, `only ${tried} fixes were tried`);
  });

  it("what is preferred leaves nothing that is preferred", () => {
    fc.assert(
      fc.property(projects, COLUMN, (files, mastodon) => {
        let current = files;
        for (let round = 0; round < 6; round++) {
          const run = check(current, mastodon);
          const fix = findingsOf(run)
            .flatMap(({ fixes }) => fixes)
            .find(({ preferred }) => preferred);
          if (fix === undefined) return;
          current = Object.fromEntries(applied(run.texts, fix.edits));
        }
        assert.fail("fixes go round in circles");
      }),
      { ...RUNS, numRuns: 150 },
    );
  });

  it("a safe fix moves a release line up within its engine", () => {
    fc.assert(
      fc.property(projects, COLUMN, (files, mastodon) => {
        const before = check(files, mastodon);
        for (const finding of findingsOf(before)) {
          for (const fix of finding.fixes.filter(({ safe }) => safe)) {
            const after = check(Object.fromEntries(applied(before.texts, fix.edits)), mastodon);
            const changed = imagesOf(before).flatMap((image, at) => {
              const next = must(imagesOf(after)[at]);
              return next.reference === image.reference ? [] : [{ image, next }];
            });
            assert.ok(changed.length > 0, fix.title);
            for (const { image, next } of changed) {
              assert.equal(next.engine, image.engine);
              const [major = 0, minor = 0] = must(image.releaseLine).split(".").map(Number);
              const [nextMajor = 0, nextMinor = 0] = must(next.releaseLine).split(".").map(Number);
              assert.ok(nextMajor > major || (nextMajor === major && nextMinor >= minor), fix.title);
            }
          }
        }
      }),
      { ...RUNS, numRuns: 150 },
    );

    function imagesOf({ json }: InProcess) {
      return json.files.flatMap(({ images }) => images);
    }
  });

  it("a finding has at most one preferred fix, and nothing is offered twice", () => {
    fc.assert(
      fc.property(projects, COLUMN, (files, mastodon) => {
        for (const { fixes, rule } of findingsOf(check(files, mastodon))) {
          assert.ok(fixes.filter(({ preferred }) => preferred).length <= 1, rule);
          const edits = fixes.map((fix) => JSON.stringify(fix.edits));
          assert.equal(new Set(edits).size, edits.length, rule);
        }
      }),
      { ...RUNS, numRuns: 150 },
    );
  });
});
