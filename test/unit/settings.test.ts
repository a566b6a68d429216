// Settings: what they may be, which one wins, and what silences a finding.
import assert from "node:assert/strict";
import { readSettings, SETTINGS } from "../../server/src/core/index.ts";
import { LayeredSettings } from "../../server/src/core/model/layers.ts";
import { checker, checkMemory } from "../support/inProcess.ts";

function read(raw: unknown) {
  const { layer, problems } = readSettings(raw, checker.vocabulary);
  return { layer, problems: problems.map(({ path, kind }) => `${path.join(".")} ${kind}`) };
}

describe("unit: settings", () => {
  it("takes what is documented", () => {
    const raw = {
      apps: { mastodon: "4.5", postiz: null },
      platform: "elasticache",
      rules: { "image/floating-tag": "off", "mastodon/*": "hint" },
      asOf: "2026-11-20",
      noticeDays: 0,
      ignore: ["old/**"],
      data: [],
    };
    assert.deepEqual(read({ $schema: "x", ...raw }), { layer: raw, problems: [] });
    const { engine } = read({ engine: "redis@7.2" }).layer;
    assert.deepEqual([engine?.engine, engine?.line], ["redis", "7.2"]);
    assert.deepEqual(read({ apps: { mastodon: "off" } }).layer, { apps: { mastodon: "off" } });
    assert.deepEqual(read(undefined), { layer: {}, problems: [] });
  });

  it("leaves out what is wrong and says where", () => {
    for (const [raw, problem] of [
      [7, " invalid-value"],
      [{ colour: 1 }, "colour unknown-key"],
      [{ apps: [] }, "apps invalid-value"],
      [{ apps: { mastodon: "four" } }, "apps.mastodon invalid-value"],
      [{ apps: { mastodon: 4.5 } }, "apps.mastodon invalid-value"],
      [{ apps: { friendica: "1.0" } }, "apps.friendica unknown-key"],
      [{ platform: "moon" }, "platform invalid-value"],
      [{ engine: "redis" }, "engine invalid-value"],
      [{ engine: "sql@7.2" }, "engine invalid-value"],
      [{ rules: { "image/floating-tag": true } }, "rules.image/floating-tag invalid-value"],
      [{ rules: { "no/rule": "off" } }, "rules.no/rule unknown-key"],
      [{ rules: { "no/*": "off" } }, "rules.no/* unknown-key"],
      [{ asOf: "2026-13-01" }, "asOf invalid-value"],
      [{ asOf: 20261120 }, "asOf invalid-value"],
      [{ noticeDays: -1 }, "noticeDays invalid-value"],
      [{ noticeDays: 1.5 }, "noticeDays invalid-value"],
      [{ ignore: "x" }, "ignore invalid-value"],
      [{ data: [1] }, "data invalid-value"],
    ] as const)
      assert.deepEqual(read(raw).problems, [problem], JSON.stringify(raw));
    assert.deepEqual(read({ apps: { mastodon: "4.5", friendica: "1" }, asOf: "x" }).layer, {
      apps: { mastodon: "4.5" },
    });
  });

  it("every setting takes its own default", () => {
    for (const { key, schema } of SETTINGS) assert.deepEqual(read({ [key]: schema.default }).problems, [], key);
  });

  it("the strongest layer that speaks decides, each for itself", () => {
    const settings = new LayeredSettings([
      { from: "setting", settings: { apps: { mastodon: "4.2", postiz: "1.0" }, noticeDays: 5, platform: "aptible" } },
      { from: "flag", settings: { apps: { mastodon: null } } },
      { from: "config", settings: { apps: { mastodon: "4.4" }, noticeDays: 30, rules: { "image/*": "off" } } },
      { from: "comment", settings: { rules: { "image/floating-tag": "error" } } },
    ]);
    assert.equal(settings.app("mastodon"), null, "null asks to detect, whatever weaker layers say");
    assert.equal(settings.app("postiz")?.from, "setting");
    assert.equal(settings.get("noticeDays"), 30);
    assert.equal(settings.get("platform"), "aptible");
    assert.equal(settings.severity("image/floating-tag"), "error");
    assert.equal(settings.severity("image/end-of-life"), "off");
    assert.equal(settings.severity("mastodon/engine-unsupported"), null);
  });
});

describe("unit: comments in files", () => {
  const OLD = "    image: redis:6.2\n";

  function rules(text: string, asOf = "2026-11-20"): string[] {
    const { json } = checkMemory({ "compose.yaml": text }, { settings: { apps: { mastodon: "4.5" }, asOf } });
    return json.files.flatMap(({ findings }) => findings.map(({ rule, line }) => `${line} ${rule}`));
  }

  const RULE = "mastodon/engine-unsupported";

  it("a comment silences the next line, for its rule alone", () => {
    assert.deepEqual(rules(`services:\n  a:\n    # cache-compat-ignore-next-line ${RULE} -- planned\n${OLD}`), []);
    assert.deepEqual(rules(`services:\n  a:\n    # cache-compat-ignore-next-line mastodon/* -- planned\n${OLD}`), []);
    assert.deepEqual(
      rules(`services:\n  a:\n    # cache-compat-ignore-next-line image/floating-tag, ${RULE}\n    image: redis:6\n`),
      [],
    );
    assert.deepEqual(rules(`services:\n  a:\n    # cache-compat-ignore-next-line image/floating-tag -- x\n${OLD}`), [
      "3 suppression/unused",
      `4 ${RULE}`,
    ]);
  });

  it("reaches one line only", () => {
    const text = `services:\n  a:\n    # cache-compat-ignore-next-line ${RULE}\n    restart: always\n${OLD}`;
    assert.deepEqual(rules(text), ["3 suppression/unused", `5 ${RULE}`]);
    assert.deepEqual(rules(`services:\n  a:\n    # cache-compat-ignore-next-line ${RULE}\n${OLD}  b:\n${OLD}`), [
      `6 ${RULE}`,
    ]);
  });

  it("a comment silences the file", () => {
    assert.deepEqual(rules(`services:\n  a:\n${OLD}  b:\n${OLD}# cache-compat-ignore-file ${RULE} -- x\n`), []);
  });

  it("counts up to its day, that day included", () => {
    const text = `services:\n  a:\n    # cache-compat-ignore-next-line ${RULE} until=2027-03-01 -- x\n${OLD}`;
    assert.deepEqual(rules(text, "2027-03-01"), []);
    assert.deepEqual(rules(text, "2027-03-02"), ["3 suppression/expired", `4 ${RULE}`]);
  });

  it("does not silence what tells of comments", () => {
    const text = "services: {}\n# cache-compat-ignore-file suppression/unused\n";
    assert.deepEqual(rules(text), ["2 suppression/unused"]);
  });

  it("declares versions, and tells what it cannot read", () => {
    const text = (comment: string): string => `# cache-compat: ${comment}\nservices:\n  a:\n${OLD}`;
    const declared = (comment: string) =>
      checkMemory({ "compose.yaml": text(comment) }, {}).json.files.flatMap(({ apps, findings }) => [
        apps.mastodon?.version,
        ...findings.map(({ rule, line, column }) => `${line}:${column} ${rule}`),
      ]);
    assert.deepEqual(declared("mastodon=4.5"), ["4.5", `4:18 ${RULE}`]);
    assert.deepEqual(declared("engine=redis@7.2 mastodon=v4.4.1"), ["4.4.1", "4:18 mastodon/engine-end-of-life"]);
    assert.deepEqual(declared("mastodon=four"), [undefined, "1:17 config/invalid-value"]);
    assert.deepEqual(declared("mastadon=4.5"), [undefined, "1:17 config/unknown-key"]);
  });
});

describe("unit: platforms", () => {
  it("an image beside a platform is at most a hint, and its lifecycle is not told", () => {
    const files = { "compose.yaml": "services:\n  a:\n    image: redis:5.0\n  b:\n    image: redis\n" };
    for (const platform of ["aptible", "elasticache"] as const) {
      const { json } = checkMemory(files, { settings: { platform, apps: { mastodon: "4.5" } } });
      for (const { findings } of json.files)
        for (const { severity, rule } of findings) assert.equal(severity, "hint", rule);
    }
    const { json } = checkMemory(files, { settings: { platform: "self-hosted", apps: { mastodon: "4.5" } } });
    assert.ok(json.summary.error > 0);
  });
});
