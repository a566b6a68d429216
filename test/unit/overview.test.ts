// What the view of the tables is given: every cell, every line, and the caches of the workspace at their places.
import assert from "node:assert/strict";
import { type Overview, overview, type ViewTable } from "../../server/src/core/index.ts";
import { checker, checkMemory, TODAY } from "../support/inProcess.ts";
import { must } from "../support/must.ts";

const APP = "  web:\n    image: ghcr.io/mastodon/mastodon:v4.5.1\n";

function viewOf(files: Readonly<Record<string, string>>, asOf = TODAY): Overview {
  const { reports } = checkMemory(files, { settings: { asOf } });
  return overview(checker.catalog, reports, asOf, 90);
}

function tableOf(view: Overview, id: string): ViewTable {
  return must(
    view.tables.find((table) => table.id === id),
    id,
  );
}

function barOf({ timeline }: Overview, label: string) {
  return must(
    timeline.groups.flatMap(({ bars }) => bars).find((bar) => bar.label === label),
    label,
  );
}

describe("overview", () => {
  it("has every cell of every app's table, with its sources", () => {
    const view = viewOf({});
    for (const app of checker.catalog.apps) {
      const table = tableOf(view, app.app);
      const rows = table.groups.flatMap((group) => group.rows);
      assert.deepEqual(
        rows.map(({ cells }) => cells.slice(0, -1).map(({ state }) => state)),
        (app.matrix?.rows ?? []).map(({ cells }) => app.matrix?.columns.map((column) => cells[column])),
      );
      assert.equal(new Set(rows.map(({ label }) => label)).size, rows.length);
      assert.deepEqual(table.notes, app.notes);
    }
    const { groups, columns, sources } = tableOf(view, "mastodon");
    assert.equal(groups.flatMap(({ rows }) => rows).length * (columns.length - 1), 60);
    assert.match(must(sources[0]).asOf, /^\d{4}-\d{2}-\d{2}$/);
  });

  it("marks what the workspace runs, in the column of its own app, at the line of the file", () => {
    const view = viewOf({
      "compose.yaml": `services:\n${APP}  redis:\n    image: "redis:6.2-alpine"\n`,
      "other/compose.yaml":
        "services:\n  cache:\n    image: valkey/valkey:8.1@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n",
    });
    const table = tableOf(view, "mastodon");
    assert.deepEqual(
      table.columns.filter(({ isYours }) => isYours).map(({ version }) => version),
      ["4.5"],
    );
    const used = table.groups.flatMap(({ rows }) => rows).filter(({ places }) => places.length > 0);
    assert.deepEqual(
      used.map(({ label, places, cells }) => [
        label,
        places,
        cells.flatMap(({ isYours, text }, at) => (isYours ? [`${table.columns[at]?.version} ${text}`] : [])),
      ]),
      [
        [
          "Valkey 8.1",
          [
            {
              path: "/project/other/compose.yaml",
              line: 2,
              character: 25,
              text: "valkey/valkey:8.1@sha256:0123456789ab…",
            },
          ],
          [],
        ],
        [
          "Redis 6.2",
          [{ path: "/project/compose.yaml", line: 4, character: 18, text: "redis:6.2-alpine" }],
          ["4.5 not supported"],
        ],
      ],
    );
    assert.equal(view.first, "mastodon");
    assert.deepEqual(view.elsewhere, []);
  });

  it("names the caches for which no row speaks", () => {
    const { elsewhere } = viewOf({
      "compose.yaml":
        "services:\n  a:\n    image: redis:7\n  b:\n    image: eqalpha/keydb\n  c:\n    image: valkey/valkey:9.1\n  d:\n    image: memcached:1.6\n",
    });
    assert.deepEqual(
      elsewhere.map(({ line, text, why }) => `${line} ${text}: ${why}`),
      [
        "2 redis:7: moves, so nobody can say",
        "4 eqalpha/keydb: moves, so nobody can say",
        "6 valkey/valkey:9.1: not listed",
        "8 memcached:1.6: not listed",
      ],
    );
  });

  it("draws what the publishers say, and says the same in words for any day", () => {
    const view = viewOf({ "compose.yaml": `services:\n${APP}  redis:\n    image: redis:8.0\n` });
    assert.deepEqual([view.timeline.from, view.timeline.to], ["2022-01-01", "2031-01-01"]);
    const redis = barOf(view, "Redis 8.0");
    assert.deepEqual(redis, {
      label: "Redis 8.0",
      from: "2025-05-02",
      phases: [
        { kind: "full", from: "2025-05-02", to: "2025-08-04" },
        { kind: "limited", from: "2025-08-05", to: "2026-12-01" },
      ],
      state: "ends-soon",
      words: "ends in 11 days, on 2026-12-01",
      isYours: true,
      isOld: false,
    });
    assert.deepEqual(barOf(view, "Redis 8.10").phases, [{ kind: "full", from: "2026-07-29", to: null }]);
    assert.deepEqual(barOf(view, "Dragonfly 1.40").phases, []);
    assert.equal(barOf(view, "Dragonfly 1.40").state, "unknown");
    assert.equal(barOf(view, "Mastodon 4.5").isYours, true);
    assert.equal(barOf(view, "Redis 5.0").isOld, true);
    const { name } = must(view.timeline.groups[0]);
    assert.equal(name, "Redis", "what is in use comes first");
    assert.equal(barOf(viewOf({}, "2027-06-01"), "Redis 8.0").words, "ended 5 months ago, on 2026-12-01");
  });

  it("has a bar for every line of every calendar", () => {
    const { timeline } = viewOf({});
    assert.deepEqual(
      timeline.groups.flatMap(({ bars }) => bars.map(({ label }) => label)),
      checker.catalog.lifecycles.products.flatMap(({ name, releases }) =>
        releases.map(({ cycle }) => `${name} ${cycle}`),
      ),
    );
  });
});
