import assert from "node:assert/strict";
import { told as toldOf } from "./project.ts";

function told(texts: Record<string, string>): string[] {
  return toldOf(texts, /^conf\//);
}

const LOADED =
  "services:\n  redis:\n    image: redis:8.2\n    command: redis-server /etc/redis.conf\n    volumes: [./redis.conf:/etc/redis.conf]\n";

const HEAD = "# Redis configuration file example\n";

describe("conf: files that a program fills in first", () => {
  it("says nothing of lines with a placeholder", () => {
    for (const value of ["{{ port }}", "$PORT", "$" + "{PORT}", "<port>", "@PORT@", "__PORT__", "%port%", "#{port}"])
      assert.deepEqual(told({ "redis.conf": `port ${value}\n` }), [], value);
    assert.deepEqual(told({ "redis.conf": `${HEAD}replicaof %master-ip% %master-port%\n` }), []);
  });

  it("still judges the lines beside them", () => {
    assert.deepEqual(told({ "redis.conf": "port {{ port }}\nmaxmemry 1gb\n" }), [
      'redis.conf: conf/unknown-directive at "maxmemry"',
    ]);
    assert.deepEqual(told({ "redis.conf": "maxmemry 1gb\nport {{ port }}" }).length, 1);
  });

  it("takes the line as it stands where a server loads the file", () => {
    assert.deepEqual(told({ "compose.yaml": LOADED, "redis.conf": "port $PORT\n" }), [
      'redis.conf: conf/invalid-value at "$PORT"',
    ]);
  });

  it("says nothing of files with blocks", () => {
    assert.deepEqual(told({ "redis.conf": "{% if tls %}\ntls-prt 1\n{% endif %}\n" }), []);
    assert.deepEqual(told({ "redis.conf": "<% if tls %>\ntls-prt 1\n<% end %>\n" }), []);
    assert.deepEqual(told({ "redis.conf": "{{- if .Values.tls }}\ntls-prt 1\n{{- end }}\n" }), []);
  });

  it("leaves files of KeyDB alone, and judges them where Redis loads them", () => {
    assert.deepEqual(told({ "redis.conf": "server-threads 4\n" }), []);
    assert.deepEqual(told({ "redis.conf": `${HEAD}server-threads 4\n` }), []);
    assert.deepEqual(told({ "compose.yaml": LOADED, "redis.conf": "server-threads 4\n" }), [
      'redis.conf: conf/not-in-version at "server-threads"',
    ]);
  });
});
