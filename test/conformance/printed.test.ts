// Every cell that four documents print reaches the user: as a state or a finding of the command line, or as a hover of the
// server that `cache-compat lsp` is. The cells come from printed.json, which is a copy of the documents and not of data/.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import type { Hover } from "vscode-languageserver";
import { Client, uriOf } from "../protocol/client.ts";
import { checkJson } from "../support/cli.ts";
import { Folder, folders } from "../support/folders.ts";
import type { JsonFinding } from "../support/json.ts";
import { must } from "../support/must.ts";

interface Month {
  readonly version: string;
  readonly status: string;
  readonly endOfLife: string;
  readonly endOfLifeLastDay: string | null;
  readonly deprecation: string;
  readonly deprecationLastDay: string | null;
}

interface ElastiCacheRelease {
  readonly cycle: string;
  readonly releaseDate: string;
  readonly standardSupportEnds: string | false;
  readonly extendedSupportEnds: string | false;
  readonly latest: string;
  readonly latestReleaseDate: string;
}

interface Printed {
  readonly mastodon: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>>;
  readonly aptible: {
    readonly versions: readonly Month[];
    readonly flavours: readonly {
      readonly flavour: string;
      readonly persistence: string;
      readonly save?: readonly string[];
      readonly appendfsync?: string;
      readonly dashboardLabel?: string;
      readonly recommendedDiskSizeGb?: number;
    }[];
    readonly tls: readonly { readonly versions: readonly string[]; readonly protocols: readonly string[] | null }[];
    readonly credentials: readonly {
      readonly type: string;
      readonly urlScheme: string;
      readonly transport: string;
      readonly regulatedData: boolean;
    }[];
  };
  readonly elasticache: {
    readonly addedAt: string;
    readonly releases: readonly ElastiCacheRelease[];
    readonly valkey: readonly string[];
    readonly memcached: readonly string[];
  };
  readonly postiz: {
    readonly backends: readonly { backend: string; status: string; use: string; notes: string }[];
    readonly variables: readonly string[];
    readonly urlFormats: Readonly<Record<string, string>>;
    readonly container: Readonly<Record<string, string>>;
    readonly configuration: Readonly<Record<string, string | readonly string[]>>;
    readonly monitoring: readonly { readonly what: string; readonly command: string }[];
  };
}

const PRINTED = JSON.parse(readFileSync(path.join(__dirname, "printed.json"), "utf8")) as Printed;
const SUFFIX: Readonly<Record<string, string>> = { aof: "-aof", rdb: "", nordb: "-nordb" };

function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

describe("every cell of the documents", function () {
  this.timeout(120_000);
  const make = folders();
  const image = (engine: string, label: string): string => {
    if (engine === "redis") return `redis:${label}`;
    if (engine === "valkey") return `valkey/valkey:${label}`;
    return `docker.dragonflydb.io/dragonflydb/dragonfly:v${label === "1.27+" ? "1.27.4" : label.replace("+", "")}`;
  };

  it("Mastodon's matrix: 60 states", () => {
    const rows = Object.entries(PRINTED.mastodon).flatMap(([engine, lines]) =>
      Object.entries(lines).map(([label, cells]) => ({ engine, label, cells })),
    );
    const columns = Object.keys(must(rows[0]).cells);
    const compose = rows.map(({ engine, label }, at) => `  s${at}:\n    image: ${image(engine, label)}\n`).join("");
    const folder = make(
      Object.fromEntries(
        columns.flatMap((column) => [
          [`${column}/cache-compat.json`, JSON.stringify({ apps: { mastodon: column } })],
          [`${column}/compose.yaml`, `services:\n${compose}`],
        ]),
      ),
    );
    const { json } = checkJson(["."], { cwd: folder.path });
    let cells = 0;
    for (const column of columns) {
      const { images } = must(json.files.find((file) => file.path === `${column}/compose.yaml`));
      for (const [at, row] of rows.entries()) {
        const found = must(images.find(({ line }) => line === 3 + at * 2));
        assert.equal(found.states.mastodon, row.cells[column], `${row.engine} ${row.label} with ${column}`);
        cells++;
      }
    }
    assert.equal(cells, 60);
  });

  it("Aptible's months, on the last day of each and on the day after", () => {
    const { versions } = PRINTED.aptible;
    const folder = make({
      "setup.sh": versions.map(({ version }) => `aptible db:create v --type redis --version ${version}-aof\n`).join(""),
      ...Object.fromEntries(
        versions.flatMap(({ version }) => [
          [`${version}/cache-compat.json`, JSON.stringify({ engine: `redis@${version}`, platform: "aptible" })],
          [`${version}/.env`, "REDIS_URL=rediss://u@db-town-30111.aptible.in:20112\n"],
        ]),
      ),
    });
    const days = versions.flatMap(({ endOfLifeLastDay, deprecationLastDay }) =>
      [endOfLifeLastDay, deprecationLastDay].filter((day) => day !== null).flatMap((day) => [day, dayAfter(day)]),
    );
    for (const day of days) {
      const { json } = checkJson([".", "--as-of", day], { cwd: folder.path });
      const told = (file: string, line: number): string[] =>
        (json.files.find((one) => one.path === file)?.findings ?? [])
          .filter((finding) => finding.line === line && finding.rule.startsWith("aptible/"))
          .map(({ rule, severity }) => `${rule} ${severity}`);
      for (const [at, { version, status, endOfLifeLastDay, deprecationLastDay }] of versions.entries()) {
        const isPast = (last: string | null): boolean => last !== null && last < day;
        const isOver = isPast(deprecationLastDay);
        const isEnded = !isOver && isPast(endOfLifeLastDay);
        const severity = status === "deprecated" ? "error" : "warning";
        const created = isOver ? [`aptible/version-deprecated ${severity}`] : [];
        const running = isOver ? ["aptible/version-deprecated warning"] : [];
        const ended = isEnded ? ["aptible/version-past-eol warning"] : [];
        assert.deepEqual(told("setup.sh", at + 1), [...created, ...ended], `${version} made on ${day}`);
        assert.deepEqual(told(`${version}/.env`, 1), [...running, ...ended], `${version} running on ${day}`);
      }
    }
  });

  it("ElastiCache's calendar, around the end of each support", () => {
    const { releases } = PRINTED.elasticache;
    const lines = releases.map(({ latest }) => latest.split(".").slice(0, 2).join("."));
    const folder = make(
      Object.fromEntries(
        lines.flatMap((line) => [
          [`${line}/cache-compat.json`, JSON.stringify({ engine: `redis@${line}`, platform: "elasticache" })],
          [`${line}/.env`, "REDIS_URL=rediss://master.town.qw34er.use1.cache.amazonaws.com:6379\n"],
        ]),
      ),
    );
    const ends = new Set(
      releases.flatMap((one) => [one.standardSupportEnds, one.extendedSupportEnds]).filter((end) => end !== false),
    );
    for (const day of [...ends].flatMap((end) => [end, dayAfter(end)])) {
      const { json } = checkJson([".", "--as-of", day], { cwd: folder.path });
      for (const [at, release] of releases.entries()) {
        const file = json.files.find((one) => one.path === `${lines[at]}/.env`);
        const told = (file?.findings ?? []).filter(({ rule }) => rule.startsWith("elasticache/standard-"));
        const rules = told.map(({ rule }) => rule);
        const { standardSupportEnds: standard, extendedSupportEnds: extended } = release;
        if (standard === false) assert.deepEqual(rules, [], `${release.cycle} on ${day}`);
        else if (standard < day) {
          assert.deepEqual(rules, ["elasticache/standard-support-over"], `${release.cycle} on ${day}`);
          const message = must(told[0]).message;
          assert.ok(message.includes(standard) && message.includes(String(extended)), message);
          assert.equal(/charged, until/.test(message), day <= String(extended), message);
        } else {
          const isSoon = Date.parse(standard) - Date.parse(day) <= 90 * 86_400_000;
          assert.deepEqual(rules, isSoon ? ["elasticache/standard-support-ends"] : [], `${release.cycle} on ${day}`);
        }
      }
    }
  });

  it("Postiz: what its cache page names and its code does not read", () => {
    const { backends, variables } = PRINTED.postiz;
    const values: Readonly<Record<string, string>> = {
      CACHE_HOST: "redis",
      CACHE_PORT: "6379",
      REDIS_HOST: "redis",
      REDIS_PORT: "6379",
    };
    const text = (driver: string): string =>
      variables.map((name) => `${name}=${name === "CACHE_DRIVER" ? driver : (values[name] ?? "secret")}\n`).join("");
    const folder = make(
      Object.fromEntries(
        backends.map(({ backend }) => [`${backend}/.env`, `${text(backend)}REDIS_URL=redis://r:6379\n`]),
      ),
    );
    const { json } = checkJson([".", "--app", "postiz@2.20"], { cwd: folder.path });
    for (const { backend } of backends) {
      const { findings } = must(json.files.find(({ path: file }) => file === `${backend}/.env`));
      const told = (at: number): JsonFinding[] => findings.filter(({ line }) => line === at + 1);
      for (const [at, name] of variables.entries()) {
        const rules = told(at).map(({ rule }) => rule);
        // A value that does not fit the page itself is told as that.
        const isUnfit = name === "CACHE_PORT" && backend === "memcached";
        const isBackend = name === "CACHE_DRIVER" && backend !== "redis";
        const rule = isUnfit
          ? "env/invalid-value"
          : isBackend
            ? "postiz/backend-not-available"
            : "postiz/variable-not-read";
        assert.ok(rules.includes(rule), `${name} with ${backend}: ${rules.join(", ")}`);
      }
    }
  });

  describe("in hovers of one server", () => {
    let client: Client;
    let folder: Folder;
    before(async () => {
      folder = new Folder();
      client = await Client.start({
        folder: folder.path,
        markdown: false,
        throughCli: true,
        settings: { asOf: "2026-11-20", apps: { postiz: "2.20" } },
      });
    });
    after(() => {
      client.kill();
      folder.remove();
    });

    /** The words of the hover over a text of a document that is opened for it. */
    async function hover(name: string, languageId: string, text: string, over: string): Promise<string> {
      const uri = uriOf(folder.file(name));
      client.open(uri, text, languageId);
      const offset = text.lastIndexOf(over) + 1;
      const before = text.slice(0, offset).split("\n");
      const position = { line: before.length - 1, character: must(before.at(-1)).length };
      const answer = await client.request<Hover | null>("textDocument/hover", { textDocument: { uri }, position });
      client.close(uri);
      return (must(answer ?? undefined, `a hover over ${over}`).contents as { value: string }).value;
    }
    const row = (...cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

    it("Aptible: versions, flavours, TLS, credentials", async () => {
      const { versions, flavours, tls, credentials } = PRINTED.aptible;
      for (const { version, status, endOfLife, deprecation } of versions) {
        const shown = await hover(
          "a.sh",
          "shellscript",
          `aptible db:create v --type redis --version ${version}\n`,
          version,
        );
        assert.ok(shown.includes(row(version, status, endOfLife, deprecation)), shown);
        assert.ok(shown.includes(`status ${status}; end of life: ${endOfLife} (`), shown);
        assert.ok(shown.includes(`deprecation: ${deprecation} (`), shown);
      }
      for (const one of flavours) {
        const version = `8.2${SUFFIX[one.flavour]}`;
        const shown = await hover(
          "a.sh",
          "shellscript",
          `aptible db:create v --type redis --version ${version}\n`,
          version,
        );
        const facts = [one.persistence, ...(one.save ?? []), one.appendfsync, one.dashboardLabel];
        for (const fact of facts) if (fact !== undefined) assert.ok(shown.includes(fact), `${fact} in ${shown}`);
        if (one.recommendedDiskSizeGb !== undefined)
          assert.ok(shown.includes(`${one.recommendedDiskSizeGb} GB`), shown);
      }
      for (const { versions: lines, protocols } of tls)
        for (const line of lines) {
          const shown = await hover(
            "a.sh",
            "shellscript",
            `aptible db:create v --type redis --version ${line}\n`,
            line,
          );
          assert.ok(shown.includes(`TLS of ${line} at Aptible: ${protocols?.join(", ") ?? "not said"}.`), shown);
        }
      const shown = await hover(".env", "dotenv", "REDIS_URL=rediss://u@db-town-30111.aptible.in:20112\n", "db-town");
      for (const { type, urlScheme, transport, regulatedData } of credentials)
        assert.ok(
          shown.includes(
            `Credential ${type}: ${urlScheme}, ${transport}, ${regulatedData ? "fit" : "not"} for regulated data`,
          ),
          shown,
        );
    });

    it("ElastiCache: releases, Valkey, Memcached", async () => {
      const text = "REDIS_URL=rediss://master.town.qw34er.use1.cache.amazonaws.com:6379\n";
      const shown = await hover(".env", "dotenv", text, "master.town");
      const { releases, valkey, memcached, addedAt } = PRINTED.elasticache;
      const end = (date: string | false): string => (date === false ? "open" : date);
      for (const one of releases) {
        const cells = [one.cycle, one.releaseDate, end(one.standardSupportEnds), end(one.extendedSupportEnds)];
        assert.ok(shown.includes(row(...cells, one.latest, one.latestReleaseDate)), `${one.cycle} in ${shown}`);
      }
      for (const version of valkey) assert.match(shown, new RegExp(`Valkey: .*\\b${version.replace(".", "\\.")}\\b`));
      for (const fact of [...memcached, addedAt]) assert.ok(shown.includes(fact), `${fact} in ${shown}`);
    });

    it("Postiz: backends and the container", async () => {
      const { backends, urlFormats, container, configuration, monitoring } = PRINTED.postiz;
      const chosen = await hover(".env", "dotenv", "CACHE_DRIVER=redis\n", "redis");
      const shown = await hover(
        "compose.yaml",
        "dockercompose",
        "services:\n  p:\n    image: ghcr.io/gitroomhq/postiz-app:v2.20.0\n",
        "v2.20",
      );
      for (const { backend, status, use, notes } of backends)
        for (const text of [chosen, shown])
          assert.ok(text.includes(row(backend, status, use, notes)), `${backend} in ${text}`);
      for (const facts of [urlFormats, container])
        for (const [name, fact] of Object.entries(facts)) assert.ok(shown.includes(fact), `${name} in ${shown}`);
      for (const [name, value] of Object.entries(configuration))
        for (const one of typeof value === "string" ? [value] : value)
          assert.ok(shown.includes(`${name} ${one}`), name);
      for (const { what, command } of monitoring) assert.ok(shown.includes(`${what} ${command}`), what);
    });
  });
});
