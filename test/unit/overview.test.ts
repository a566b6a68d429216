// What the view of the tables is given: every cell, every line, and the caches of the workspace at their places.
import assert from "node:assert/strict";
import { type Overview, overview, usedIn, type ViewGrid, type ViewTable } from "../../server/src/core/index.ts";
import { checker, checkMemory, TODAY } from "../support/inProcess.ts";
import { must } from "../support/must.ts";

const APP = "  web:\n    image: ghcr.io/mastodon/mastodon:v4.5.1\n";

function viewOf(files: Readonly<Record<string, string>>, asOf = TODAY): Overview {
  const { reports } = checkMemory(files, { settings: { asOf } });
  return overview(checker.catalog, reports.map(usedIn), asOf, 90);
}

function tableOf(view: Overview, id: string): ViewTable {
  return must(
    view.tables.find((table) => table.id === id),
    id,
  );
}

/** The first grid of a table. */
function gridOf(view: Overview, id: string): ViewGrid {
  return must(tableOf(view, id).grids[0], id);
}

/** Label and texts of every row. */
function rowsOf({ groups }: ViewGrid): readonly (readonly string[])[] {
  return groups.flatMap(({ rows }) => rows.map(({ label, cells }) => [label, ...cells.map(({ text }) => text)]));
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
      const { grids, notes } = tableOf(view, app.app);
      assert.deepEqual(notes, app.notes);
      if (app.matrix === undefined) continue;
      const rows = must(grids[0]).groups.flatMap((group) => group.rows);
      assert.deepEqual(
        rows.map(({ cells }) => cells.slice(0, -1).map(({ state }) => state)),
        app.matrix.rows.map(({ cells }) => app.matrix?.columns.map((column) => cells[column])),
      );
      assert.equal(new Set(rows.map(({ label }) => label)).size, rows.length);
    }
    const { groups, columns } = gridOf(view, "mastodon");
    assert.equal(groups.flatMap(({ rows }) => rows).length * (columns.length - 1), 60);
    assert.match(must(tableOf(view, "mastodon").sources[0]).asOf, /^\d{4}-\d{2}-\d{2}$/);
  });

  it("has what Mastodon enforces, and what the page of Postiz says", () => {
    const view = viewOf({});
    const enforced = must(tableOf(view, "mastodon").grids[1]);
    assert.ok(
      rowsOf(enforced).some(
        ([series, by, lowest]) => series === "4.5" && by === "Sidekiq 8" && lowest === "Redis 7.0.0",
      ),
      JSON.stringify(rowsOf(enforced)),
    );
    const [backends, container] = tableOf(view, "postiz").grids;
    assert.deepEqual(
      rowsOf(must(backends)).map(([backend, status]) => `${backend}: ${status}`),
      ["redis: recommended", "memcached: supported", "file: development", "database: not recommended"],
    );
    assert.ok(rowsOf(must(container)).some((row) => row.join() === "memoryLimit,256MB"));
  });

  it("has every version of every provider, judged for the app on its own calendar", () => {
    const view = viewOf({});
    const aptible = gridOf(view, "aptible");
    assert.deepEqual(
      aptible.columns.map(({ label }) => label),
      ["Status", "End of life", "New databases", "Mastodon 4.6", "Remarks"],
    );
    assert.deepEqual(
      rowsOf(aptible).map((row) => row.slice(0, 5).join(" | ")),
      [
        "Redis 8.2 | offered | no date announced | possible, no end announced | supported",
        "Redis 8.0 | offered | no date announced | possible, no end announced | supported",
        "Redis 7.2 | end of life | ended in February 2026 (8 months ago) | refused since May 2026 | supported",
        "Redis 7.0 | end of life | ended in July 2024 (2 years ago) | refused since December 2025 | end of life",
        "Redis 6.2 | offered | no date announced | possible, no end announced | not supported",
      ],
    );
    const elasticache = rowsOf(gridOf(view, "elasticache"));
    assert.deepEqual(must(elasticache[0]).slice(0, 5), [
      "Redis OSS 7 (up to 7.1)",
      "offered",
      "no end announced",
      "no end announced",
      "kept alive here (as 7.0)",
    ]);
    assert.deepEqual(must(elasticache[2]).slice(0, 4), [
      "Redis OSS 5 (up to 5.0.6)",
      "end of life",
      "ended on 2026-01-31 (9 months ago)",
      "2029-01-31",
    ]);
    for (const table of checker.catalog.platforms.all) {
      const releases = table.engines.flatMap((engine) => engine.releases.map(({ cycle }) => `${engine.name} ${cycle}`));
      assert.deepEqual(
        rowsOf(gridOf(view, table.platform)).map(([label]) => must(label).replace(/ \(.*/, "")),
        releases,
      );
      const said = JSON.stringify(tableOf(view, table.platform).grids);
      for (const { persistence } of table.flavours ?? []) assert.ok(said.includes(persistence));
      for (const { versions } of table.tls ?? []) assert.ok(said.includes(versions.join(", ")));
      for (const { urlScheme } of table.credentials ?? []) assert.ok(said.includes(urlScheme));
    }
  });

  it("marks what a provider runs for the workspace", () => {
    const view = viewOf({
      ".env.production":
        "# cache-compat: mastodon=4.5 platform=aptible engine=redis@7.2\nREDIS_URL=rediss://:x@db.aptible.in:20000\n",
    });
    assert.equal(tableOf(view, "aptible").isYours, true);
    assert.equal(tableOf(view, "elasticache").isYours, false);
    const used = gridOf(view, "aptible")
      .groups.flatMap(({ rows }) => rows)
      .filter(({ places }) => places.length > 0);
    assert.deepEqual(
      used.map(({ label, places, cells }) => [
        label,
        must(places[0]).path,
        cells.filter(({ isYours }) => isYours).length,
      ]),
      [["Redis 7.2", "/project/.env.production", 1]],
    );
    assert.equal(view.timeline.groups[0]?.name, "Mastodon");
    const bar = must(
      view.timeline.groups
        .find(({ name }) => name === "Aptible: Redis")
        ?.bars.find(({ label }) => label === "Redis 7.2"),
    );
    assert.deepEqual(
      [bar.isYours, bar.state, bar.phases],
      [true, "ended", [{ kind: "full", from: null, to: "2026-02-28" }]],
    );
  });

  it("marks what the workspace runs, in the column of its own app, at the line of the file", () => {
    const view = viewOf({
      "compose.yaml": `services:\n${APP}  redis:\n    image: "redis:6.2-alpine"\n`,
      "other/compose.yaml":
        "services:\n  cache:\n    image: valkey/valkey:8.1@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n",
    });
    const table = gridOf(view, "mastodon");
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
    assert.equal(barOf(viewOf({}, "2027-06-01"), "Redis 8.0").words, "ended 6 months ago, on 2026-12-01");
  });

  it("has a bar for every line of every calendar", () => {
    const { timeline } = viewOf({});
    const { lifecycles, platforms } = checker.catalog;
    assert.deepEqual(
      timeline.groups.flatMap(({ bars }) => bars.map(({ label }) => label)),
      [...lifecycles.products, ...platforms.all.flatMap(({ engines }) => engines)].flatMap(({ name, releases }) =>
        releases.map(({ cycle }) => `${name} ${cycle}`),
      ),
    );
  });
});
