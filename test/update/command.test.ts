// `cache-compat data`, as a process against a server on this machine.
import assert from "node:assert/strict";
import { existsSync, readdirSync, watch } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { cliAsync, type Ran } from "../support/cli.ts";
import { type Folder, folders } from "../support/folders.ts";
import { type Answer, CERTIFICATE, HttpsServer, send } from "../support/https/server.ts";
import { NEW_DAY, newerData, olderData, product, published } from "./offers.ts";

const STORE = path.join("cache-compat", "data.json");
const COMPOSE = { "work/compose.yaml": "services:\n  cache:\n    image: redis:7.4\n" };
const MiB = 1024 * 1024;

describe("data update", function () {
  // Processes, three of them in a test, on a machine that may have other work.
  this.timeout(30_000);
  const folder = folders();
  let server: HttpsServer;
  let home: Folder;

  before(async () => {
    server = await new HttpsServer().start();
  });
  after(() => server.stop());
  beforeEach(() => {
    home = folder(COMPOSE);
    server.asked.length = 0;
  });

  const run = (...args: string[]): Promise<Ran> =>
    cliAsync(args, {
      cwd: home.file("work"),
      env: { XDG_DATA_HOME: home.path, NODE_EXTRA_CA_CERTS: CERTIFICATE },
    });
  const update = (answer: Answer, ...more: string[]): Promise<Ran> => {
    server.answer = answer;
    return run("data", "update", "--url", server.url, ...more);
  };
  const version = async (): Promise<string> => (await run("--version")).stdout;

  it("puts newer tables in place, and goes back", async () => {
    assert.match(await version(), /^cache-compat \S+ \(built-in data of \d{4}-\d\d-\d\d, \d+ days old\)\n/);
    const check = ["check", "--as-of", "2026-11-20", "--format", "json"];
    const rules = async (): Promise<string[]> =>
      (JSON.parse((await run(...check)).stdout).files as { findings: { rule: string; message: string }[] }[]).flatMap(
        ({ findings }) => findings.map(({ rule, message }) => `${rule}: ${message}`),
      );
    assert.deepEqual(
      (await rules()).filter((one) => one.includes("2026-10-31")),
      [],
    );

    const updated = await update(send(newerData()));
    assert.deepEqual([updated.status, updated.stderr], [0, ""]);
    assert.match(
      updated.stdout,
      new RegExp(`^cache-compat: data of ${NEW_DAY} is in use now, instead of the built-in data of \\S+\\.\\n$`),
    );
    assert.equal(home.read(STORE), newerData());
    assert.ok((await version()).includes(`(downloaded data of ${NEW_DAY}, 0 days old)`));
    assert.ok((await rules()).some((one) => /^image\/end-of-life: Redis 7\.4 ended on 2026-10-31/.test(one)));

    const again = await update(send(newerData()));
    assert.equal(again.status, 0);
    assert.match(
      again.stdout,
      /^cache-compat: nothing newer is published: the downloaded data of \S+ stays in use\.\n$/,
    );

    const reset = await run("data", "reset");
    assert.deepEqual([reset.status, reset.stderr], [0, ""]);
    assert.match(
      reset.stdout,
      /^cache-compat: the downloaded tables are removed; the built-in data of \S+ is in use\.\n$/,
    );
    assert.deepEqual([existsSync(home.file(STORE)), (await run("data", "reset")).status], [false, 0]);
    assert.match(await version(), /built-in data/);
  });

  it("follows a redirect to another https address", async () => {
    const { status } = await update((request, response) => {
      if (request.url === "/data.json") response.writeHead(302, { location: "/moved.json" }).end();
      else response.writeHead(200).end(newerData());
    });
    assert.deepEqual([status, server.asked], [0, ["/data.json", "/moved.json"]]);
  });

  it("asks for nothing unless it is told to", async () => {
    server.answer = send(newerData());
    for (const args of [["check"], ["--version"], ["data", "reset"], ["check", "--list-rules"]]) await run(...args);
    assert.deepEqual(server.asked, []);
  });

  const bad: readonly (readonly [name: string, answer: () => Answer, why: RegExp, ...args: string[]])[] = [
    ["never answers", () => () => {}, /localhost:\d+ took longer than 0\.5 seconds$/, "--timeout", "0.5"],
    [
      "stops in the middle",
      () => (_request, response) => response.writeHead(200).write(newerData().slice(0, 1000)),
      /took longer than 0\.5 seconds$/,
      "--timeout",
      "0.5",
    ],
    [
      "drips",
      () => (_request, response) => {
        response.writeHead(200);
        const drip = setInterval(() => response.write(" "), 20);
        response.on("close", () => clearInterval(drip));
      },
      /took longer than 0\.5 seconds$/,
      "--timeout",
      "0.5",
    ],
    [
      "promises more than it sends",
      () => (_request, response) => {
        response.writeHead(200, { "content-length": String(newerData().length + 10) });
        response.write(newerData(), () => response.destroy());
      },
      /localhost:\d+ cannot be read \(.+\)$/,
    ],
    [
      "promises less than it sends",
      () => (_request, response) => {
        response.socket?.end(`HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n${newerData()}`);
      },
      /are not JSON$/,
    ],
    ["sends too much", () => send(Buffer.alloc(5 * MiB, " ")), /sends more than 4 MiB$/],
    [
      "sends a bomb",
      () => send(gzipSync(Buffer.alloc(200 * MiB, " ")), { "content-encoding": "gzip" }),
      /sends more than 4 MiB$/,
    ],
    ["sends something else", () => send("<!doctype html>"), /are not JSON$/],
    ["sends nothing", () => send(""), /are not JSON$/],
    ["sends half of it", () => send(newerData().slice(0, 5000)), /are not JSON$/],
    ["sends bytes that are no text", () => send(Buffer.from([0x7b, 0xff, 0x7d])), /a text that is not UTF-8$/],
    ["sends other JSON", () => send("[1]"), /they are no tables of ours$/],
    [
      "sends another format",
      () => send(published((bundle) => Object.assign(bundle, { format: 2 }))),
      /they have the format 2, and this version reads the format 1: update Cache Compat$/,
    ],
    [
      "leaves a table out",
      () => send(published((bundle) => delete (bundle.tables as { "apps/mastodon"?: unknown })["apps/mastodon"])),
      /the table apps\/mastodon is missing$/,
    ],
    [
      "breaks the schema",
      () => send(published((bundle) => Object.assign(product(bundle, "redis"), { asOf: NEW_DAY, releases: 5 }))),
      /the table lifecycles is wrong at products\[0\]\.releases: Write a list$/,
    ],
    [
      "sends an expression that does not compile",
      () =>
        send(
          published((bundle) => {
            Object.assign(product(bundle, "redis"), { asOf: NEW_DAY });
            Object.assign(bundle.tables["apps/mastodon"].detection, { tag: "(" });
          }),
        ),
      /wrong at apps\/mastodon\.detection\.tag: This is no regular expression/,
    ],
    [
      "sends a day that has not come",
      () => send(published((bundle) => Object.assign(product(bundle, "redis"), { asOf: "2999-01-01" }))),
      /they are of 2999-01-01, a day that has not come$/,
    ],
    ["sends older data", () => send(olderData()), /they are of 2026-01-01.*, and those in use are newer/],
    [
      "redirects to http",
      () => (_request, response) => response.writeHead(302, { location: "http://localhost/data.json" }).end(),
      /redirects to an address that is not https$/,
    ],
    [
      "redirects in a circle",
      () => (_request, response) => response.writeHead(301, { location: "/data.json" }).end(),
      /redirects once more after 3 redirects$/,
    ],
    [
      "has no such page",
      () => (_request, response) => response.writeHead(404).end(newerData()),
      /answered with the status 404$/,
    ],
    ["fails", () => (_request, response) => response.writeHead(500).end(newerData()), /answered with the status 500$/],
    ["hangs up", () => (_request, response) => response.destroy(), /cannot be read \(.+\)$/],
  ];
  for (const [name, answer, why, ...args] of bad) {
    it(`keeps what is there when the server ${name}`, async () => {
      const before = newerData("2026-09-30");
      home.write({ [STORE]: before });
      const { status, stdout, stderr } = await update(answer(), ...args);
      assert.deepEqual([status, stdout], [1, ""]);
      const lines = stderr.split("\n");
      assert.equal(lines.length, 2, stderr);
      assert.match(lines[0] ?? "", /^cache-compat: the downloaded data of \S+ stays in use: /);
      assert.match((lines[0] ?? "").replace(/\.$/, ""), why);
      assert.deepEqual([home.read(STORE), readdirSync(home.file("cache-compat"))], [before, ["data.json"]]);
    });
  }

  it("trusts no certificate that nobody vouches for", async () => {
    server.answer = send(newerData());
    const { status, stderr } = await cliAsync(["data", "update", "--url", server.url], {
      env: { XDG_DATA_HOME: home.path },
    });
    assert.equal(status, 1);
    assert.match(
      stderr,
      /^cache-compat: the built-in data of \S+ stays in use: localhost:\d+ cannot be read \(DEPTH_ZERO_SELF_SIGNED_CERT\)\n$/,
    );
    assert.equal(existsSync(home.file(STORE)), false);
  });

  it("takes no other command, no other scheme, and tells no part of an address but its host", async () => {
    for (const args of [
      ["data"],
      ["data", "upgrade"],
      ["data", "update", "more"],
      ["data", "update", "--url", "http://localhost/secret"],
      ["data", "update", "--url", "file:///secret"],
      ["data", "update", "--url", "secret"],
      ["data", "update", "--timeout", "0"],
      ["data", "update", "--fix"],
      ["data", "reset", "--url", server.url],
      ["check", "--url", server.url],
    ]) {
      const { status, stdout, stderr } = await run(...args);
      assert.deepEqual([status, stdout, stderr.split("\n").length], [2, "", 2], args.join(" "));
      assert.ok(!stderr.includes("secret"), stderr);
    }
    const named = await run("data", "update", "--url", `https://user:secret@localhost:${server.port}/secret`);
    assert.equal(named.status, 1);
    assert.ok(!named.stderr.includes("secret"), named.stderr);
  });

  it("leaves the old or the new tables whenever it is killed", async () => {
    const [old, next] = [newerData("2026-09-30", "2026-09-01"), newerData()];
    home.write({ [STORE]: old });
    const killedAt = async (arm: (kill: () => void) => () => void): Promise<void> => {
      let disarm = (): void => {};
      await cliAsync(
        ["data", "update", "--url", server.url],
        { env: { XDG_DATA_HOME: home.path, NODE_EXTRA_CA_CERTS: CERTIFICATE } },
        (child) => {
          disarm = arm(() => child.kill("SIGKILL"));
        },
      );
      disarm();
      const stored = home.read(STORE);
      assert.ok(stored === old || stored === next, `${stored.length} characters`);
      home.write({ [STORE]: old });
    };
    // When it asks, when half of the answer is there, when all of it is.
    await killedAt((kill) => {
      server.answer = kill;
      return () => {};
    });
    await killedAt((kill) => {
      server.answer = (_request, response) =>
        response.writeHead(200).write(next.slice(0, next.length / 2), () => kill());
      return () => {};
    });
    await killedAt((kill) => {
      server.answer = (_request, response) => response.writeHead(200).end(next, () => kill());
      return () => {};
    });
    // At the first, the second ... sign of life in the folder of the store.
    server.answer = send(next);
    for (let sign = 1; sign <= 4; sign++) {
      await killedAt((kill) => {
        let seen = 0;
        const watcher = watch(home.file("cache-compat"), () => {
          if (++seen === sign) kill();
        });
        return () => watcher.close();
      });
    }
    assert.equal((await run("--version")).status, 0);
  });
});

describe("data that is stored", function () {
  this.timeout(30_000);
  const folder = folders();
  const run = (home: Folder, ...args: string[]): Promise<Ran> => cliAsync(args, { env: { XDG_DATA_HOME: home.path } });

  it("is not used when it is broken, which one line tells", async () => {
    const home = folder({ [STORE]: "{" });
    const { status, stdout, stderr } = await run(home, "--version");
    assert.equal(status, 0);
    assert.match(stdout, /built-in data/);
    assert.equal(stderr, "cache-compat: The downloaded tables are not used: they are not JSON.\n");
  });

  it("is passed over when the program brings newer tables", async () => {
    const { stdout, stderr } = await run(folder({ [STORE]: olderData() }), "--version");
    assert.match(stdout, /built-in data/);
    assert.equal(stderr, "");
  });

  it("is told as old after 180 days, and only there", async () => {
    const home = folder({ "compose.yaml": "services:\n  cache:\n    image: valkey/valkey:9.0\n" });
    const ages = async (day: string): Promise<string[]> =>
      (await run(home, "--version", "--as-of", day)).stdout.split("\n");
    const builtIn = /data of (\S+),/.exec((await ages("2026-11-20"))[0] ?? "")?.[1] ?? "";
    const daysLater = (days: number): string =>
      new Date(Date.parse(builtIn) + days * 86_400_000).toISOString().slice(0, 10);
    assert.equal((await ages(daysLater(180))).length, 2);
    assert.match((await ages(daysLater(181)))[1] ?? "", /^The data is older than 180 days: `cache-compat data update`/);
    const checked = await run(home, "check", home.path, "--as-of", daysLater(181), "--format", "json");
    assert.deepEqual([checked.stdout.includes("180 days"), checked.stderr], [false, ""]);
  });
});
