// The parts of a cache URL and their places.
import assert from "node:assert/strict";
import fc from "fast-check";
import { type CacheUrl, isIpv6, parseCacheUrl } from "../../server/src/core/env/cacheUrl.ts";
import { encode } from "../../server/src/core/rules/env/general/urlPassword.ts";

const PARTS = ["scheme", "separator", "user", "password", "host", "port", "database", "trailing"] as const;

function parts(text: string): Record<string, string | undefined> {
  const url = parseCacheUrl(text, 0);
  return Object.fromEntries(PARTS.flatMap((part) => (url[part] === null ? [] : [[part, url[part].text]])));
}

describe("cache URL", () => {
  const rows: readonly (readonly [string, Record<string, string>])[] = [
    ["redis://redis:6379/0", { scheme: "redis", separator: "://", host: "redis", port: "6379", database: "/0" }],
    [
      "redis://:p@ss/w#rd@redis:6379/0",
      {
        scheme: "redis",
        separator: "://",
        user: "",
        password: "p@ss/w#rd",
        host: "redis",
        port: "6379",
        database: "/0",
      },
    ],
    ["redis://user@redis", { scheme: "redis", separator: "://", user: "user", host: "redis" }],
    [
      "redis://redis:6379/0?a=b@c",
      { scheme: "redis", separator: "://", host: "redis", port: "6379", database: "/0", trailing: "?a=b@c" },
    ],
    [
      "redis://u:p@redis/0?a=b@c",
      {
        scheme: "redis",
        separator: "://",
        user: "u",
        password: "p",
        host: "redis",
        database: "/0",
        trailing: "?a=b@c",
      },
    ],
    ["redis://:p?x@redis", { scheme: "redis", separator: "://", user: "", password: "p?x", host: "redis" }],
    ["redis://[::1]:6379", { scheme: "redis", separator: "://", host: "[::1]", port: "6379" }],
    ["redis://::1", { scheme: "redis", separator: "://", host: "::1" }],
    ["redis//cache:6379", { scheme: "redis", separator: "//", host: "cache", port: "6379" }],
    ["redis:/cache", { scheme: "redis", separator: ":/", host: "cache" }],
    ["cache:6379", { host: "cache", port: "6379" }],
    ["unix:///run/a@b.sock", { scheme: "unix", separator: "://", host: "/run/a@b.sock" }],
    ["", { host: "" }],
  ];
  for (const [text, expected] of rows) it(text || "nothing", () => assert.deepEqual(parts(text), expected));

  it("has every part where it is written, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."redis:/@?#[]0%a.") }), fc.nat(100), (text, base) => {
        const url: CacheUrl = parseCacheUrl(text, base);
        for (const part of PARTS.map((name) => url[name]))
          if (part !== null) assert.equal(text.slice(part.span.start - base, part.span.end - base), part.text);
      }),
    );
  });

  it("gives back what it was put together from", () => {
    const word = fc.string({ unit: fc.constantFrom(..."abc019.-"), minLength: 1 });
    const secret = fc.string({ unit: fc.constantFrom(..."ab1:@/#%~"), minLength: 1 });
    fc.assert(
      fc.property(secret, word, fc.nat(65535), fc.nat(15), (password, host, port, database) => {
        const url = parseCacheUrl(`redis://:${password}@${host}:${port}/${database}`, 0);
        assert.deepEqual(
          [url.password?.text, url.host.text, url.port?.text, url.database?.text],
          [password, host, `${port}`, `/${database}`],
        );
      }),
    );
  });

  it("knows an IPv6 address", () => {
    for (const yes of ["::", "::1", "2001:db8::10", "1:2:3:4:5:6:7:8", "::ffff:10.0.0.1", "fe80::1"])
      assert.ok(isIpv6(yes), yes);
    for (const no of ["", "1", "redis:6379", "1:2:3", "1::2::3", "::12345", "1:2:3:4:5:6:7:8:9", "[::1]", "::1%eth0"])
      assert.ok(!isIpv6(no), no);
  });

  it("encodes a password so that every reader gets it back, and only once", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (password) => {
        const encoded = encode(password, true);
        assert.equal(encode(encoded, true), encoded);
        assert.doesNotMatch(encoded, /[/#?@[\]^|\\{}<>"` ]|%(?![0-9A-Fa-f]{2})/);
        const isPlain = !/%[0-9A-Fa-f]{2}/.test(password);
        if (isPlain) assert.equal(decodeURIComponent(encoded), password);
        // Node parses it, and finds the host behind it.
        assert.equal(new URL(`redis://:${encoded}@host:6379/0`).hostname, "host");
      }),
    );
  });
});
