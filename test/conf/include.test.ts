// What `include` and its like lead to: beside the file, through the mounts of a service, or nowhere.
import assert from "node:assert/strict";
import { matchesName } from "../../server/src/core/globs.ts";
import { confLinks } from "../../server/src/core/index.ts";
import { reportOf, told } from "./project.ts";

const COMPOSE = `services:
  redis:
    image: redis:7.2
    command: redis-server /etc/redis/redis.conf
    volumes:
      - ./conf:/etc/redis
      - ./users.acl:/acl/users.acl:ro
      - ./modules:/modules
`;
const NOT_READ = /^conf\/include-not-read$/;

function links(texts: Readonly<Record<string, string>>, name: string): string[] {
  const report = reportOf(texts, name);
  return confLinks(report).map(({ span, path }) => `${report.source.text.slice(span.start, span.end)} -> ${path}`);
}

describe("conf: files that a configuration names", () => {
  it("lead through the mounts of the service that loads it, also from an included file", () => {
    const texts = {
      "compose.yaml": COMPOSE,
      "conf/redis.conf":
        "include /etc/redis/parts/a.conf\naclfile /acl/users.acl\nloadmodule /modules/x.so\ninclude /else/b.conf\ninclude c.conf\n",
      "conf/parts/a.conf": "include /etc/redis/c.conf\n",
      "conf/c.conf": "port x\n",
      "users.acl": "user a on\n",
    };
    assert.deepEqual(links(texts, "conf/redis.conf"), [
      "/etc/redis/parts/a.conf -> /project/conf/parts/a.conf",
      "/acl/users.acl -> /project/users.acl",
      "/modules/x.so -> /project/modules/x.so",
      "c.conf -> /project/conf/c.conf",
    ]);
    assert.deepEqual(links(texts, "conf/parts/a.conf"), ["/etc/redis/c.conf -> /project/conf/c.conf"]);
    assert.deepEqual(reportOf(texts, "conf/c.conf").conf?.target?.line, "7.2");
    assert.deepEqual(told(texts, NOT_READ), ['conf/redis.conf: conf/include-not-read at "/else/b.conf"']);
  });

  it("are told where they are not read: outside of the workspace, or missing in a mount", () => {
    const texts = {
      "compose.yaml": COMPOSE,
      "conf/redis.conf":
        'include ../../common.conf\ninclude /etc/redis/mising.conf\ninclude "/etc/redis/../../x.conf"\ninclude missing.conf\ninclude ../../d/*.conf\ninclude /etc/redis/d/*.conf\n',
    };
    assert.deepEqual(
      reportOf(texts, "conf/redis.conf")
        .findings.filter(({ rule }) => NOT_READ.test(rule))
        .map(({ span, severity }) => `${severity} ${(texts["conf/redis.conf"] as string).slice(span.start, span.end)}`),
      [
        "information ../../common.conf",
        "warning /etc/redis/mising.conf",
        'information "/etc/redis/../../x.conf"',
        "information ../../d/*.conf",
      ],
    );
  });

  it("are read where a pattern fits them, and hidden files are not", () => {
    const texts = {
      "redis.conf": "include d/*.conf\ninclude d/[!a].conf\n",
      "d/a.conf": "port x\n",
      "d/.b.conf": "port x\n",
      "d/c.txt": "port x\n",
    };
    assert.deepEqual(told(texts, /^conf\//), ['d/a.conf: conf/invalid-value at "x"']);
  });

  it("say nothing about placeholders, comments and broken lines", () => {
    const silent = "# include ../x.conf\ninclude\ninclude ../a ../b\ninclude {{ folder }}/../../x.conf\ninclude ''\n";
    assert.deepEqual(told({ "redis.conf": silent }, NOT_READ), []);
    assert.deepEqual(told({ "users.acl": "user a on\ninclude ../x\n" }, NOT_READ), []);
  });

  it("are matched by patterns as the shell matches, however long they are", () => {
    for (const [pattern, fitting, other] of [
      ["*.conf", "a.conf", ".a.conf"],
      ["[0-9]?-*.c*f", "10-x.conf", "a0-x.conf"],
      ["[!a-c]*", "d", "b"],
      ["a[", "a[", "ab"],
      [".*", ".a", "a"],
      ["**a", "ba", "b"],
    ] as const) {
      assert.ok(matchesName(pattern, fitting), pattern);
      assert.ok(!matchesName(pattern, other), pattern);
    }
    assert.ok(!matchesName("*a".repeat(100_000), "a".repeat(250)));
    assert.ok(!matchesName("[".repeat(100_000), "a"));
  });
});
