// The recipe for many repositories: a hundred of them, GNU parallel, jq.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { parse } from "yaml";
import { blocksBelow, pageOf } from "../editors/documentation.ts";
import { folders } from "../support/folders.ts";
import type { JsonRun } from "../support/json.ts";
import { must } from "../support/must.ts";
import { bash } from "./shell.ts";

const page = pageOf("many-repositories.md");
const [fetch = "", check = "", merge = "", errors = "", engines = "", unread = ""] = blocksBelow(
  page,
  "On one machine",
  "sh",
);
const COUNT = 100;

/** Small repositories of all kinds, every one by its number. */
function repositories(): Record<string, string> {
  const files: Record<string, string> = {};
  for (let at = 0; at < COUNT; at++) {
    const folder = `repositories/my-org/service-${String(at).padStart(3, "0")}`;
    files[`${folder}/.git/HEAD`] = "ref: refs/heads/main\n";
    const tag = ["6.2", "7", "7.2-alpine", "8.2", "8.0"][at % 5];
    const app = at % 3 === 0 ? "  web:\n    image: ghcr.io/mastodon/mastodon:v4.5.3\n" : "";
    files[`${folder}/compose.yaml`] = `services:\n${app}  redis:\n    image: redis:\${TAG}\n`;
    files[`${folder}/.env`] = `TAG=${tag}\n`;
    if (at % 7 === 0) files[`${folder}/conf/redis.conf`] = "maxmemory 10 mb\n";
    if (at % 10 === 3) files[`${folder}/README.md`] = "nothing\n";
  }
  return files;
}

describe("pipelines: many repositories", function () {
  this.timeout(300_000);
  const folder = folders();

  it("are checked one by one and put together as if they were one", async () => {
    const place = folder(repositories());
    const run = async (script: string): Promise<string> => {
      const { status, stdout, stderr } = await bash(script, place.path);
      assert.equal(status, 0, stderr);
      return stdout;
    };
    // A link that leads nowhere, given as a repository: the others are checked all the same.
    place.link("repositories/my-org/vanished", "/nonexistent");
    await run(check);
    assert.equal(readdirSync(place.file("results")).length, COUNT + 1);
    await run(merge);
    const all = JSON.parse(place.read("all.json")) as JsonRun;

    const together = await bash(
      `rm repositories/my-org/vanished; cache-compat check --format json --as-of ${all.asOf} repositories > one.json || true`,
      place.path,
    );
    assert.equal(together.status, 0);
    const one = JSON.parse(place.read("one.json")) as JsonRun;
    assert.ok(one.summary.error > 20 && one.files.length > COUNT / 2);
    assert.deepEqual(all.summary, one.summary);
    assert.deepEqual(all, { ...one, files: one.files.toSorted((a, b) => (a.path < b.path ? -1 : 1)) });

    const told = await run(errors);
    const counted = told
      .trim()
      .split("\n")
      .map((line) => line.trim().split(/\s+/));
    assert.equal(
      counted.reduce((sum, [count]) => sum + Number(count), 0),
      one.summary.error,
    );
    assert.match(must(counted[0]?.[1]), /^my-org\/service-\d{3}$/);
    assert.match(await run(engines), /20 redis floating\n/);
    assert.match(await run(unread), /^cache-compat check .* repositories\/my-org\/vanished .*\n$/);
  });

  it("are listed and cloned by commands that bash can read", async () => {
    const { status, stderr } = await bash(`bash -n <<'END'\n${fetch}END\n`, folder().path);
    assert.equal(status, 0, stderr);
  });

  it("are shared out by the workflow, and put together by the same program", async () => {
    const workflow = parse(must(blocksBelow(page, "As a workflow", "yaml")[0])) as {
      jobs: Record<string, { needs?: string; steps: { id?: string; run?: string }[] }>;
    };
    assert.deepEqual(
      Object.entries(workflow.jobs).map(([name, { needs }]) => [name, needs]),
      [
        ["list", undefined],
        ["check", "list"],
        ["merge", "check"],
      ],
    );
    const scripts = Object.values(workflow.jobs).flatMap(({ steps }) => steps.flatMap(({ run = [] }) => run));
    const squeezed = (text: string): string => text.replace(/\s+/g, " ").trim();
    assert.equal(squeezed(must(scripts.at(-1))), squeezed(merge));

    for (const count of [1, 255, 256, 257, 3000]) {
      const place = folder();
      const names = Array.from({ length: count }, (_, at) => `my-org/service-${at}`);
      place.write({
        "listed.json": JSON.stringify(names.map((nameWithOwner) => ({ nameWithOwner }))),
        // In the place of GitHub's own program.
        "bin/gh": "#!/bin/sh\ncat listed.json\n",
      });
      const { status, stderr } = await bash(`chmod +x bin/gh; PATH="$PWD/bin:$PATH"; ${must(scripts[0])}`, place.path, {
        GITHUB_OUTPUT: place.file("output"),
      });
      assert.equal(status, 0, stderr);
      const shares = JSON.parse(must(/^shares=(.*)$/m.exec(place.read("output"))?.[1])) as string[][];
      assert.ok(shares.length <= 256);
      assert.deepEqual(shares.flat(), names);
    }
  });
});
