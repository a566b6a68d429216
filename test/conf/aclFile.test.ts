import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { parseAclFile } from "../../server/src/core/conf/aclFile.ts";
import { ConfChecker, type ConfOptions, type ConfProblem } from "../../server/src/core/conf/index.ts";
import { Folder } from "../support/folders.ts";
import { reportOf, told } from "./project.ts";

const checker = new ConfChecker();
const on = (engine: string, line: string | null): ConfOptions => ({ target: { engine, line } });
const HASH = "a".repeat(64);

function problems(text: string, options: ConfOptions = on("redis", "7.0")): readonly ConfProblem[] {
  return checker.checkAcl(text, options);
}

/** `line "blamed"` for each problem. */
function blamed(text: string, options?: ConfOptions): string[] {
  return problems(text, options).map(({ line, span }) => `${line} ${JSON.stringify(text.slice(span.start, span.end))}`);
}

function fixed(text: string): string | undefined {
  const fix = problems(text)[0]?.fixes[0];
  return fix?.edits.reduceRight((now, edit) => now.slice(0, edit.start) + edit.newText + now.slice(edit.end), text);
}

/** What a server makes of a file, and the line it names. The same cases are put to a real one below. */
const CASES: readonly (readonly [text: string, blamed: readonly string[]])[] = [
  ["user alice on >pw ~* +@all\n", []],
  ["\n\tuser alice on \r\n", []],
  ["user alice  on\t\n", []],
  [`user alice #${HASH} ON\n`, []],
  ["user alice ( ~a +get )\n", []],
  ["user default off\n", []],
  ['user "alice" on\n', []],
  ["user alice >a>b &x %RW~x\n", []],
  ["# users\nuser alice on\n", ['1 "# users"']],
  ["USER alice on\n", ['1 "USER"']],
  ["user\n", ['1 "user"']],
  ["requirepass x\n", ['1 "requirepass"']],
  ["user  alice on\n", ['1 "alice"']],
  ["user alice\ton\n", ['1 "alice\\ton"']],
  ["user alice on\nuser bob on\nuser alice off\n", ['3 "alice"']],
  ['user alice "on"\n', ['1 "\\"on\\""']],
  ["user alice on\nuser bob +gett foo\n", ['2 "+gett"', '2 "foo"']],
  ["user alice #abc\n", ['1 "#abc"']],
  ["user alice on # note\n", ['1 "#"']],
  ["user alice >a b\n", ['1 "b"']],
  ["user alice +@nonsense\n", ['1 "+@nonsense"']],
];

describe("conf: files of users", () => {
  it("are read as the server reads them", () => {
    for (const [text, expected] of CASES) assert.deepEqual(blamed(text), expected, JSON.stringify(text));
  });

  it("are read alike by a real server", async function () {
    this.timeout(60_000);
    const program = process.env.REDIS_SERVER || "redis-server";
    for (const [text, expected] of CASES) {
      const folder = new Folder({ "users.acl": text });
      try {
        const args = ["--port", "0", "--unixsocket", "s", "--aclfile", "users.acl", "--save", ""];
        const server = spawn(program, args, { cwd: folder.path, stdio: ["ignore", "pipe", "ignore"] });
        let output = "";
        server.stdout.on("data", (chunk: Buffer) => {
          output += chunk.toString();
          if (/now ready to accept connections/.test(output)) server.kill("SIGKILL");
        });
        await once(server, "close");
        const isRefused = /because of ACL errors/.test(output);
        assert.equal(isRefused, expected.length > 0, `${JSON.stringify(text)}: ${output}`);
        const line = expected[0]?.split(" ")[0];
        if (line !== undefined) assert.match(output, new RegExp(`users\\.acl:${line}\\b|on line ${line}\\b`));
      } finally {
        folder.remove();
      }
    }
  });

  it("let a user stand twice up to 6.2", () => {
    const text = "user alice on\nuser alice off\n";
    assert.deepEqual(blamed(text, on("redis", "6.2")), []);
    assert.deepEqual(blamed(text, on("redis", null)), []);
    assert.deepEqual(blamed(text, on("valkey", null)), ['2 "alice"']);
  });

  it("know the rules of each version", () => {
    assert.deepEqual(blamed("user a (+get ~x)\n", on("redis", "6.2")), ['1 "(+get"']);
    assert.deepEqual(blamed("user a db=0\n", on("valkey", "9.1")), []);
    assert.deepEqual(blamed("user a db=0\n", on("valkey", "8.1")), ['1 "db=0"']);
    assert.deepEqual(blamed("user a &news\n", on("redis", "6.2")), []);
    assert.deepEqual(blamed("user a &news\n", on("redis", "6.0")), ['1 "&news"']);
  });

  it("never repeat a password", () => {
    const [problem] = problems("user alice <secret\n");
    assert.ok(problem !== undefined && !problem.message.includes("secret"));
    const [form] = problems("user alice #secret\n");
    assert.ok(form !== undefined && !form.message.includes("secret"));
  });

  it("leave to modules what may be theirs", () => {
    assert.deepEqual(blamed("user a +json.get +@json\n"), []);
    assert.deepEqual(blamed("user a +anything\n", { ...on("redis", "7.0"), isWhole: false }), []);
    assert.deepEqual(blamed("user a +anything\n"), ['1 "+anything"']);
  });

  it("are mended", () => {
    assert.equal(fixed("user a on\n# note\nuser b on\n"), "user a on\nuser b on\n");
    assert.equal(fixed("User a on\n"), "user a on\n");
  });

  it("give every word its place", () => {
    const [line] = parseAclFile(" user  bob on\r\n");
    assert.deepEqual(line?.words, [
      { start: 1, end: 5, value: "user" },
      { start: 6, end: 6, value: "" },
      { start: 7, end: 10, value: "bob" },
      { start: 11, end: 13, value: "on" },
    ]);
  });
});

describe("conf: files that a configuration names", () => {
  const BAD = "user alice on\nuser alice off\n";

  it("are users.acl, and what aclfile names", () => {
    assert.deepEqual(told({ "users.acl": "# x\nuser a on\n" }, /^conf\//), ['users.acl: conf/syntax at "# x"']);
    assert.deepEqual(told({ "users.acl": "acl users src 10.0.0.0/8\n" }, /^conf\//), []);
    assert.equal(told({ "users.acl": "acl x\n", "redis.conf": "aclfile users.acl\n" }, /^conf\//).length, 1);
    assert.deepEqual(told({ "team.acl": "# x\n" }, /^conf\//), []);
    assert.deepEqual(told({ "team.acl": "# x\n", "redis.conf": "aclfile team.acl\n" }, /^conf\//), [
      'team.acl: conf/syntax at "# x"',
    ]);
  });

  it("belong to the server of the file that names them", () => {
    const project = (image: string): Record<string, string> => ({
      "compose.yaml": [
        "services:",
        "  a:",
        `    image: ${image}`,
        "    command: redis-server /etc/redis/redis.conf",
        "    volumes:",
        "      - ./conf/redis.conf:/etc/redis/redis.conf",
        "      - ./conf/team.acl:/etc/redis/team.acl",
        "",
      ].join("\n"),
      "conf/redis.conf": "aclfile /etc/redis/team.acl\n",
      "conf/team.acl": BAD,
    });
    assert.deepEqual(told(project("redis:7.2"), /^conf\//), ['conf/team.acl: conf/invalid-value at "alice"']);
    assert.deepEqual(told(project("redis:6.2"), /^conf\//), []);
    assert.equal(reportOf(project("redis:7.2"), "conf/team.acl").conf?.target?.line, "7.2");
  });

  it("are what include names, and what those include", () => {
    const texts = {
      "valkey.conf": "include common/base.conf\nport 1\n",
      "common/base.conf": "include ./more.conf\n",
      "common/more.conf": "maxmemory 1gbb\n",
      "common/other.conf": "maxmemory 1gbb\n",
    };
    assert.deepEqual(told(texts, /^conf\//), ['common/more.conf: conf/invalid-value at "1gbb"']);
    assert.equal(reportOf(texts, "common/more.conf").conf?.target?.engine, "valkey");
  });

  it("are not judged as if they were everything", () => {
    const texts = { "redis.conf": "include part.conf\nmaxmemory 1gb\n", "part.conf": "maxmemory-policy allkeys-lru\n" };
    assert.deepEqual(told(texts, /^conf\//), []);
  });
});
