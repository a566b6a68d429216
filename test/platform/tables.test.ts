// What the guard of the tables says of a provider's, and whose hosts are whose.
import assert from "node:assert/strict";
import { PLATFORM_TABLES } from "../../server/src/core/catalog/builtInPlatforms.ts";
import { afterPlanting, must } from "../data/support.ts";

describe("platform: tables", () => {
  it("are held against what the code relies on", () => {
    const elasticache = (
      change: (table: {
        engines: { releases: { cycle: string }[]; rows?: { range: string; row: string }[] }[];
        endpoints: { kind: string; pattern: string }[];
        platform: string;
      }) => void,
    ): readonly string[] => afterPlanting((tables) => change(must(tables.platforms.elasticache) as never));
    assert.deepEqual(
      elasticache(() => undefined),
      [],
    );
    assert.equal(elasticache((table) => (must(table.endpoints[0]).pattern = "(")).length, 1);
    assert.equal(elasticache((table) => (must(table.endpoints[0]).kind = "reader")).length, 1);
    assert.equal(elasticache((table) => (table.platform = "aws")).length, 1);
    assert.equal(elasticache((table) => must(table.engines[0]).releases.reverse()).length, 3);
    assert.equal(elasticache((table) => (must(must(table.engines[0]).rows?.[0]).row = "7.1")).length, 1);
    assert.equal(elasticache((table) => (must(must(table.engines[0]).rows?.[1]).range = ">=6")).length, 2);
  });

  const HOSTS: readonly (readonly [string, string])[] = [
    ["dev-l6ap1d.serverless.use1.cache.amazonaws.com", "serverless"],
    ["cache-rds-lucas-suqnkf.serverless.use1.cache.amazonaws.com", "serverless"],
    ["knews-redis2.nrm01e.ng.0001.cnn1.cache.amazonaws.com.cn", "primary"],
    ["pro-ec-rd-id-ro.nyswuz.ng.0001.cnw1.cache.amazonaws.com.cn", "reader"],
    ["pharbers-cache.xtjxgq.0001.cnw1.cache.amazonaws.com.cn", "node"],
    ["stage-redis-cluster.u1td7d.clustercfg.cnn1.cache.amazonaws.com.cn", "clustercfg"],
    ["clustercfg.mycluster.abc123.use1.cache.amazonaws.com", "clustercfg-tls"],
    ["MASTER.myrg.abc123.euw1.cache.amazonaws.com", "tls-primary"],
    ["replica.myrg.abc123.euw1.cache.amazonaws.com", "tls-reader"],
    ["mc.wapzv2.cfg.cnn1.cache.amazonaws.com.cn", "memcached"],
    ["something.cache.amazonaws.com", "other"],
    ["db-town-30111.aptible.in", "database"],
  ];
  for (const [host, kind] of HOSTS)
    it(`${host} is ${kind}`, () => assert.equal(PLATFORM_TABLES.host(host)?.endpoint.kind, kind));

  it("know nothing of hosts that only look so", () => {
    for (const host of ["aptible.in.example.org", "xaptible.in", "master.example.org", "cache.amazonaws.com.example"])
      assert.equal(PLATFORM_TABLES.host(host), null, host);
  });
});
