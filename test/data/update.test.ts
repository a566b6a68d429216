// The refresh against a server on this machine. The answers have the shape that endoflife.date documents; they hold only
// the lines of the small tables beside them, so that no refresh of the real table touches this test.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { mayAsk } from "../../scripts/data/download.ts";
import type { LifecyclesTable, Release } from "../../scripts/data/types.ts";
import { update } from "../../scripts/data/updateCommand.ts";
import { must, smallFolder } from "./support.ts";

interface ApiRelease {
  [field: string]: unknown;
  name: string;
}
interface ApiAnswer {
  schema_version: string;
  generated_at: unknown;
  result: { name: string; releases: ApiRelease[] };
}
type Reply = (response: ServerResponse) => void;

const NO_NAME = "a release has the name missing, which is no release line";
const ROOT = path.join(__dirname, "..", "..");

describe("data:update", function () {
  this.timeout(20_000);
  let server: Server;
  let base: string;
  let tables: ReturnType<typeof smallFolder>;
  let replies: Map<string, Reply>;
  let asked: string[];

  beforeEach(async () => {
    tables = smallFolder();
    replies = new Map(["redis", "valkey", "memcached"].map((name) => [name, json(recorded(name))]));
    asked = [];
    server = createServer((request, response) => {
      asked.push(must(request.url));
      const reply = replies.get(/^\/api\/v1\/products\/([a-z]+)\/$/.exec(must(request.url))?.[1] ?? "");
      if (reply) reply(response);
      else response.writeHead(404).end();
    });
    base = await listen(server);
  });

  afterEach(async () => {
    tables.remove();
    await close(server);
  });

  const text = (): string => readFileSync(path.join(tables.folder, "lifecycles.json"), "utf8");
  const updated = (...args: readonly string[]): Promise<Ended> =>
    run(["--base", base, "--data", tables.folder, ...args]);
  const change = (name: string, edit: (answer: ApiAnswer) => void): void => {
    const answer = recorded(name);
    edit(answer);
    replies.set(name, json(answer));
  };
  const release = (product: string, cycle: string): Release => {
    const { products } = JSON.parse(text()) as LifecyclesTable;
    return must(products.find((one) => one.product === product)?.releases.find((one) => one.cycle === cycle));
  };

  /** Status 1, these complaints, and not one byte of the folder changed. */
  async function stops(args: readonly string[], ...complaints: readonly string[]): Promise<void> {
    const [before, files] = [text(), readdirSync(tables.folder)];
    const { status, err } = await updated(...args);
    assert.deepEqual(err, [...complaints.map((one) => `stopped: ${one}`), "nothing written"]);
    assert.equal(status, 1);
    assert.equal(text(), before);
    assert.deepEqual(readdirSync(tables.folder), files);
  }

  describe("writes", () => {
    it("nothing when nothing changed, and asks only for the products at endoflife.date", async () => {
      const before = text();
      assert.deepEqual(await updated(), { status: 0, out: ["nothing changed"], err: [] });
      assert.equal(text(), before);
      assert.deepEqual(
        asked,
        ["redis", "valkey", "memcached"].map((name) => `/api/v1/products/${name}/`),
      );
    });

    it("a changed date, with its source and day, and leaves all others alone", async () => {
      const before = JSON.parse(text()) as LifecyclesTable;
      change("redis", (answer) => Object.assign(find(answer, "8.0"), { eolFrom: "2027-01-31" }));
      const { status, out, err } = await updated();
      assert.deepEqual(out, ["redis 8.0: end of life 2026-12-01 -> 2027-01-31", "1 change written"]);
      assert.deepEqual([status, err], [0, []]);
      const from = { source: "https://endoflife.date/api/v1/products/redis/", asOf: "2026-08-29" };
      const after = structuredClone(before) as unknown as { products: { product: string; releases: Release[] }[] };
      const redis = must(after.products[0]);
      Object.assign(redis, from);
      redis.releases[1] = { ...must(redis.releases[1]), endOfLife: "2027-01-31", ...from };
      assert.deepEqual(JSON.parse(text()), after);
      assert.equal(text(), `${JSON.stringify(after, null, 2)}\n`);
      assert.deepEqual(
        readdirSync(tables.folder).filter((name) => name.includes("tmp")),
        [],
      );
      assert.deepEqual((await updated()).out, ["nothing changed"]);
    });

    it("nothing on a dry run, but tells", async () => {
      const before = text();
      change("redis", (answer) =>
        Object.assign(find(answer, "8.10"), { isEoas: true, latest: { name: "8.10.2", date: "2026-08-28" } }),
      );
      const { status, out } = await updated("--dry-run");
      assert.deepEqual(out, [
        "redis 8.10: active support open -> over",
        "redis 8.10: latest 8.10.1 -> 8.10.2",
        "redis 8.10: latest release date 2026-08-17 -> 2026-08-28",
        "3 changes, not written (--dry-run)",
      ]);
      assert.equal(status, 0);
      assert.equal(text(), before);
    });

    it("beside notes, held values and lines kept by hand", async () => {
      change("redis", (answer) =>
        Object.assign(find(answer, "8.10"), { latest: { name: "8.10.2", date: "2026-08-28" } }),
      );
      change("valkey", (answer) =>
        Object.assign(find(answer, "7.2"), { latest: { name: "7.2.15", date: "2026-08-28" } }),
      );
      assert.equal((await updated()).status, 0);
      assert.equal(release("redis", "8.10").note, "kept note");
      assert.equal(release("redis", "2.8").manual, true);
      assert.equal(release("valkey", "7.2").releaseDate, "2024-04-16");
      assert.equal(release("valkey", "7.2").held?.length, 1);
      assert.equal(release("valkey", "7.2").latest, "7.2.15");
    });

    it("a new line once it is accepted, in its place", async () => {
      change("redis", (answer) => answer.result.releases.unshift(newLine("8.9")));
      const facts =
        "release date 2026-08-25, active support open, end of life open, latest 8.9.0, latest release date 2026-08-25";
      await stops([], `redis 8.9: new at endoflife.date (${facts}): file it with --accept redis@8.9`);
      const { status, out } = await updated("--accept", "redis@8.9");
      assert.deepEqual(out, [`redis 8.9: new, ${facts}`, "1 change written"]);
      assert.equal(status, 0);
      const { products } = JSON.parse(text()) as LifecyclesTable;
      assert.deepEqual(
        must(products[0]).releases.map(({ cycle }) => cycle),
        ["8.10", "8.9", "8.0", "6.0", "2.8"],
      );
      assert.equal(release("redis", "8.9").asOf, "2026-08-29");
    });
  });

  describe("stops at", () => {
    it("an acceptance of nothing new", () => stops(["--accept", "redis@8.0"], "redis@8.0: nothing new to accept"));

    it("tables that are broken already, before asking anyone", async () => {
      writeFileSync(path.join(tables.folder, "engines.json"), '{ "engines": [] }');
      const where = "data/engines.json: $.engines";
      await stops([], `${where}: must NOT have fewer than 1 items`);
      assert.deepEqual(asked, []);
    });

    it("a line that vanished", async () => {
      change("redis", (answer) => void answer.result.releases.pop());
      const way = 'remove it, or keep it by hand with "manual": true';
      await stops([], `redis 6.0: endoflife.date lists it no more: ${way}`);
    });

    it("a change of a value that is held", async () => {
      change("valkey", (answer) => Object.assign(find(answer, "7.2"), { releaseDate: "2024-04-17" }));
      const what = "release date is held at 2024-04-16, but endoflife.date changed it from 2023-08-15 to 2024-04-17";
      await stops([], `valkey 7.2: ${what}`);
    });

    it("what the guard of the tables refuses", async () => {
      change("redis", (answer) =>
        Object.assign(find(answer, "8.0"), { latest: { name: "8.1.0", date: "2026-08-28" } }),
      );
      await stops([], "data/lifecycles.json: $.products[0].releases[1].latest: 8.1.0 is no version of 8.0");
    });

    for (const [what, edit, complaint] of [
      ["a day that is none", { eolFrom: "2027-02-30" }, '8.0: eolFrom is "2027-02-30", which is no date'],
      ["a month for a day", { releaseDate: "2025-05" }, '8.0: releaseDate is "2025-05", which is no date'],
      ["an end that is neither true nor false", { isEol: "soon" }, '8.0: isEol is "soon", not true or false'],
      ["an end that is unknown", { isEoas: null }, "8.0: isEoas is null, not true or false"],
      [
        "an end that contradicts itself",
        { isEol: true },
        "8.0: isEol is true though eolFrom is 2026-12-01 and the answer is of 2026-08-29",
      ],
      [
        "a version that is none",
        { latest: { name: "8.0.x", date: null } },
        '8.0: latest is "8.0.x", which is no version',
      ],
      ["a version that is a number", { latest: { name: 8.1, date: null } }, "8.0: latest is 8.1, which is no version"],
      ["a line without a version", { latest: null }, "8.0: latest is missing, which is no version"],
      [
        "a field that nobody filed",
        { isEoes: false },
        '8.0: the field "isEoes" (false) is new: file it as read or not read',
      ],
      [
        "a line with an odd name",
        { name: "8.x\u001b[2J" },
        'a release has the name "8.x\\u001b[2J", which is no release line',
      ],
      ["a line that is there twice", { name: "8.10" }, "8.10 is there twice"],
    ] as const) {
      it(what, async () => {
        change("redis", (answer) => Object.assign(find(answer, "8.0"), edit));
        const more =
          what === "a line without a version" ? ["redis: 8.0: latest.date is missing, which is no date"] : [];
        await stops([], `redis: ${complaint}`, ...more);
      });
    }

    for (const [what, edit, complaint] of [
      ["another major of the API", { schema_version: "2.0.0" }, 'schema_version is "2.0.0", this script reads 1.x'],
      ["an answer without its time", { generated_at: "yesterday" }, 'generated_at is "yesterday", which is no time'],
      ["an answer about another product", { result: { name: "keydb", releases: [] } }, 'the answer is about "keydb"'],
      ["an answer without releases", { result: { name: "redis" } }, "the answer holds no releases"],
      ["an answer without a result", { result: null }, "the answer holds no releases"],
      ["a release that is none", { result: { name: "redis", releases: [null] } }, NO_NAME],
      [
        "a release without a name",
        { result: { name: "redis", releases: [{ name: 8 }] } },
        NO_NAME.replace("missing", "8"),
      ],
    ] as const) {
      it(what, async () => {
        change("redis", (answer) => Object.assign(answer, edit));
        await stops([], `redis: ${complaint}`);
      });
    }

    it("an error of the server", async () => {
      replies.set("redis", (response) => void response.writeHead(500).end("no"));
      await stops([], `redis: ${base}products/redis/ answered 500`);
    });

    it("an answer that is no JSON", async () => {
      replies.set("redis", (response) => void response.end("<!doctype html>"));
      await stops([], "redis: the answer is no JSON object");
    });

    it("an answer that is too large, without reading it to its end", async () => {
      replies.set("redis", (response) => {
        response.on("error", () => undefined);
        const more = (): void => {
          while (!response.destroyed && response.write(" ".repeat(65_536)));
        };
        response.on("drain", more);
        more();
      });
      await stops(["--max-bytes", "100000"], `redis: ${base}products/redis/ is larger than 100000 bytes`);
    });

    it("an answer that does not come, or not to its end", async () => {
      replies.set("redis", () => undefined);
      replies.set("valkey", (response) => void response.write("{"));
      const late = (name: string): string => `${name}: ${base}products/${name}/ took longer than 300 ms`;
      await stops(["--timeout-ms", "300"], late("redis"), late("valkey"));
    });

    it("a connection that breaks", async () => {
      replies.set("redis", (response) => void response.destroy());
      const before = text();
      const { status, err } = await updated();
      assert.equal(status, 1);
      // What follows is the system's own word for it.
      assert.ok(err[0]?.startsWith(`stopped: redis: ${base}products/redis/ cannot be read: `), err[0]);
      assert.equal(text(), before);
    });

    it("a redirect, without asking the other host", async () => {
      let others = 0;
      const other = createServer((_request, response) => {
        others++;
        json(recorded("redis"))(response);
      });
      const location = await listen(other);
      replies.set("redis", (response) => void response.writeHead(302, { location }).end());
      await stops([], `redis: ${base}products/redis/ answered 302, a redirect to ${new URL(location).host}`);
      assert.equal(others, 0);
      await close(other);
    });

    it("several troubles, and tells them all", async () => {
      replies.delete("redis");
      change("valkey", (answer) => Object.assign(answer, { schema_version: 1 }));
      await stops(
        [],
        `redis: ${base}products/redis/ answered 404`,
        "valkey: schema_version is 1, this script reads 1.x",
      );
    });
  });

  it("is a command with an exit status", async () => {
    const args = ["--base", base, "--data", tables.folder];
    assert.deepEqual(await spawned(args), { status: 0, out: ["nothing changed"], err: [] });
    replies.delete("redis");
    const { status, err } = await spawned(args);
    assert.deepEqual([status, err], [1, [`stopped: redis: ${base}products/redis/ answered 404`, "nothing written"]]);
  });

  it("asks over https, and without it only this machine", () => {
    const may = ["https://endoflife.date/", "http://localhost:1/", "http://127.8.9.1/", "http://[::1]:1/"];
    const not = [
      "http://endoflife.date/",
      "http://127.0.0.1.example.org/",
      "http://localhost.example.org/",
      "ftp://localhost/",
    ];
    assert.deepEqual(
      [...may, ...not].filter((url) => mayAsk(new URL(url))),
      may,
    );
  });

  describe("refuses as wrong usage", () => {
    for (const args of [
      ["--base", "http://endoflife.date/api/v1/"],
      ["--base", "file:///etc/"],
      ["--base", "no address"],
      ["--accept", "redis"],
      ["--timeout-ms", "0"],
      ["--wet-run"],
    ]) {
      it(args.join(" "), async () => {
        const { status, err } = await run(["--data", tables.folder, ...args]);
        assert.equal(status, 2);
        assert.match(must(err.at(-1)), /^usage: data:update /);
        assert.deepEqual(asked, []);
      });
    }
  });
});

function recorded(name: string): ApiAnswer {
  return JSON.parse(readFileSync(path.join(__dirname, "answers", `${name}.json`), "utf8")) as ApiAnswer;
}

function find({ result }: ApiAnswer, name: string): ApiRelease {
  return must(result.releases.find((release) => release.name === name));
}

function newLine(name: string): ApiRelease {
  const latest = { name: `${name}.0`, date: "2026-08-25", link: null };
  const ends = { isEoas: false, eoasFrom: null, isEol: false, eolFrom: null };
  return { name, codename: null, label: name, releaseDate: "2026-08-25", isLts: false, ltsFrom: null, ...ends, latest };
}

function json(value: unknown): Reply {
  return (response) => void response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(value));
}

function listen(server: Server): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1/`));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

interface Ended {
  readonly status: number;
  readonly out: readonly string[];
  readonly err: readonly string[];
}

async function run(args: readonly string[]): Promise<Ended> {
  const [out, err]: [string[], string[]] = [[], []];
  const status = await update(args, { out: (line) => out.push(line), err: (line) => err.push(line) });
  return { status, out, err };
}

/** The command as a person calls it; one test each for what `run` cannot show. */
function spawned(args: readonly string[]): Promise<Ended> {
  const command = ["--import", "tsx", path.join(ROOT, "scripts", "data", "update.ts"), ...args];
  const lines = (text: string): readonly string[] => text.split("\n").filter((line) => line !== "");
  return new Promise((resolve) => {
    const child = execFile(process.execPath, command, { cwd: ROOT }, (_error, stdout, stderr) => {
      resolve({ status: child.exitCode ?? -1, out: lines(stdout), err: lines(stderr) });
    });
  });
}
