// One planted fault for each rule across tables. The lines must match exactly: nothing missing, nothing beside it.
import assert from "node:assert/strict";
import { natural } from "../../scripts/data/rules/common.ts";
import type { ImagesTable, Repository, Tables } from "../../scripts/data/types.ts";
import { afterPlanting, type Mutable, must } from "./support.ts";

type Change = (tables: Mutable<Tables>) => void;

function finds(title: string, change: Change, ...expected: readonly string[]): void {
  it(title, () => {
    assert.deepEqual(afterPlanting(change), expected);
  });
}

function swap<T>(list: T[], i = 0): void {
  const [a, b] = list.slice(i, i + 2);
  list.splice(i, 2, must(b), must(a));
}

/** A map in another order of its keys. */
function reversed<T>(map: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(map).reverse());
}

describe("data rules: all tables", () => {
  it("have nothing to say when nothing is planted", () => {
    assert.deepEqual(
      afterPlanting(() => undefined),
      [],
    );
  });
  finds(
    "want a $schema",
    (tables) => void delete tables.engines.$schema,
    "data/engines.json: $: $schema is missing, so no editor can help",
  );
  finds(
    "want a $schema that exists",
    (tables) => {
      must(tables.apps.postiz).$schema = "./schema/app.schema.json";
    },
    "data/apps/postiz.json: $.$schema: ./schema/app.schema.json does not exist",
  );
  finds(
    "want days of the calendar",
    (tables) => {
      Object.assign(must(tables.engines.engines[1]), { asOf: "2026-02-29" });
    },
    "data/engines.json: $.engines[1].asOf: 2026-02-29 is not in the calendar",
  );
});

describe("data rules: engines", () => {
  const at = "data/engines.json: $.engines";
  finds(
    "want unique keys",
    (tables) => void tables.engines.engines.push(structuredClone(must(tables.engines.engines[0]))),
    `${at}[9].engine: redis is there twice`,
  );
  finds(
    "want a known engine behind shared lines",
    (tables) => {
      must(tables.engines.engines[0]).sameReleaseLinesAs = "rediz";
    },
    `${at}[0].sameReleaseLinesAs: rediz is no other engine`,
  );
  finds(
    "want disjoint semver ranges",
    (tables) => {
      must(tables.engines.engines[0]).reportedRedisVersion = [">=1.0.0", "<2.0.0", "two"].map((range) => ({
        range,
        version: "own",
      }));
    },
    `${at}[0].reportedRedisVersion[2].range: two is no semver range`,
    `${at}[0].reportedRedisVersion[1].range: <2.0.0 overlaps >=1.0.0`,
  );
});

describe("data rules: lifecycles", () => {
  const at = "data/lifecycles.json: $.products";
  const product = (tables: Mutable<Tables>, i = 0): Mutable<Tables>["lifecycles"]["products"][number] =>
    must(tables.lifecycles.products[i]);
  const release = (
    tables: Mutable<Tables>,
    k: number,
  ): Mutable<Tables>["lifecycles"]["products"][number]["releases"][number] => must(product(tables).releases[k]);

  finds(
    "want the products in order",
    (tables) => swap(tables.lifecycles.products),
    `${at}[1].product: redis after valkey: the order is that of the engines table, then the apps`,
  );
  finds(
    "want known products",
    (tables) => {
      const more = { ...structuredClone(product(tables)), product: "tarantool" };
      tables.lifecycles.products.unshift(more);
    },
    `${at}[0].product: tarantool is neither an engine nor an app`,
  );
  finds(
    "want unique release lines",
    (tables) => {
      product(tables).releases.splice(1, 0, structuredClone(release(tables, 0)));
      for (const one of [release(tables, 0), release(tables, 1)])
        Object.assign(one, { cycle: "99.9", latest: "99.9.9" });
    },
    `${at}[0].releases[1].cycle: 99.9 is there twice`,
  );
  finds(
    "want the newest release line first",
    (tables) => {
      const [first, second] = ["99.10", "99.9"];
      Object.assign(release(tables, 0), { cycle: second, latest: `${second}.1` });
      Object.assign(release(tables, 1), { cycle: first, latest: `${first}.1` });
    },
    `${at}[0].releases[1].cycle: 99.10 after 99.9: the order is newest first`,
  );
  finds(
    "want the latest version to be of its line",
    (tables) => Object.assign(release(tables, 0), { cycle: "99.1", latest: "99.10.1" }),
    `${at}[0].releases[0].latest: 99.10.1 is no version of 99.1`,
  );
  finds(
    "want no version before the first",
    (tables) => Object.assign(release(tables, 0), { releaseDate: "2026-02-01", latestReleaseDate: "2026-01-31" }),
    `${at}[0].releases[0].latestReleaseDate: 2026-01-31 is before the first release (2026-02-01)`,
  );
  finds(
    "want held values to differ, each once",
    (tables) => {
      const { latest } = release(tables, 0);
      const held = {
        field: "latest",
        upstream: latest,
        reason: "a test",
        source: "a test",
        asOf: "2026-08-22",
      } as const;
      release(tables, 0).held = [{ ...held, upstream: "1.2.3" }, held];
    },
    `${at}[0].releases[0].held[1].field: latest is there twice`,
    `${at}[0].releases[0].held[1]: latest is what endoflife.date says: nothing to hold`,
  );
  finds(
    "want licences that do not overlap",
    (tables) => {
      must(product(tables).licences).forEach((one, i) => {
        one.range = i === 1 ? ">=7.4.0" : i === 0 ? "<7.4.0" : ">=8.0.0";
      });
    },
    `${at}[0].licences[2].range: >=8.0.0 overlaps >=7.4.0`,
  );
});

describe("data rules: images", () => {
  const at = "data/images.json: $";
  const first = ({ repositories }: Mutable<ImagesTable>): Mutable<Repository> => must(repositories[0]);
  const change = (run: (repository: Mutable<Repository>, images: Mutable<ImagesTable>) => void): Change => {
    return ({ images }) => run(first(images), images);
  };
  const lines = (one: Mutable<Repository>): NonNullable<Mutable<Repository>["lines"]> => must(one.lines);
  const order = "the order is by engine, then those with release lines first, then by name";

  finds(
    "want the repositories in order",
    ({ images }) => swap(images.repositories),
    `${at}.repositories[1].repository: docker.io/library/redis after cgr.dev/chainguard/redis: ${order}`,
  );
  finds(
    "want the look-alikes in order",
    ({ images }) => {
      images.lookAlikes.unshift({ repository: "zzz.example.org/z" });
    },
    `${at}.lookAlikes[1].repository: docker.dragonflydb.io/dragonflydb/operator after zzz.example.org/z: the order is by name`,
  );
  finds(
    "want the aliases in order",
    change((one) => {
      one.aliases = ["b.example.org/redis", "a.example.org/redis"];
    }),
    `${at}.repositories[0].aliases[1]: a.example.org/redis after b.example.org/redis: the order is by name`,
  );
  finds(
    "want a name to mean one repository",
    change((one) => {
      one.aliases = ["docker.io/valkey/valkey"];
    }),
    `${at}.repositories[11].repository: docker.io/valkey/valkey is also at $.repositories[0].aliases[0]`,
  );
  finds(
    "want no name to be a repository and a look-alike",
    change((one, { lookAlikes }) => {
      one.aliases = [must(lookAlikes[0]).repository];
    }),
    `${at}.lookAlikes[0].repository: docker.dragonflydb.io/dragonflydb/operator is also at $.repositories[0].aliases[0]`,
  );
  for (const [name, fault] of [
    ["library/redis", "it does not begin with a registry"],
    ["Quay.io/redis", "the registry is no host name in lower case"],
    ["index.docker.io/library/redis", "this registry is written docker.io"],
    ["quay.io/redis/redis:7.2", "it has a tag or digest"],
    ["quay.io/Redis/redis", "the path is none"],
    ["docker.io/redis", "official images are below library/"],
  ] as const) {
    finds(
      `want normalised names, which ${name} is not`,
      change((one) => {
        one.aliases = [name];
      }),
      `${at}.repositories[0].aliases[0]: ${name} is not normalised: ${fault}`,
    );
  }
  finds(
    "want known engines and repositories behind references",
    change((one) => {
      Object.assign(one, { matrixEngine: "rediz", movedTo: "docker.io/nobody/redis" });
    }),
    `${at}.repositories[0].matrixEngine: rediz is not in the engines table`,
    `${at}.repositories[0].movedTo: docker.io/nobody/redis is not in this table`,
  );
  finds(
    "want a known engine inside",
    change((one) => {
      one.engine = "rediz";
    }),
    `${at}.repositories[0].engine: rediz is not in the engines table`,
  );
  finds(
    "want tag patterns that compile",
    change((one) => {
      one.tags = { pattern: "^(?<version>\\d+$", floating: [] };
    }),
    `${at}.repositories[0].tags.pattern: no regular expression: ${compileError("^(?<version>\\d+$")}`,
  );
  finds(
    "want tag patterns with the groups that the code reads",
    change((one) => {
      one.tags = { pattern: "^(?<number>[\\d.]+)$", floating: [] };
      delete one.lines;
    }),
    `${at}.repositories[1].repository: cgr.dev/chainguard/redis after docker.io/library/redis: ${order}`,
    `${at}.repositories[0].tags.pattern: no code reads the group number`,
    `${at}.repositories[0].tags.pattern: neither the group version nor the group stack is there`,
  );
  finds(
    "want tags that carry something else in order",
    change((one) => {
      one.carries = { "7.2.0-v10": "7.2.4", "7.2.0-v9": "7.2.4" };
    }),
    `${at}.repositories[0].carries[1]: 7.2.0-v9 after 7.2.0-v10: the order is oldest first`,
  );
  finds(
    "want the lines in order",
    change((one) => swap(lines(one))),
    `${at}.repositories[0].lines[1].line: 3.0 after 3.2: the order is oldest first`,
  );
  finds(
    "want the latest version of a line among its versions",
    change((one) => {
      must(lines(one)[0]).latest = "3.0.99";
    }),
    `${at}.repositories[0].lines[0].latest: 3.0.99 is not among its versions`,
  );
  finds(
    "want versions, variants and tags before the first release in order",
    change((one) => {
      lines(one).splice(0, Number.POSITIVE_INFINITY, {
        ...must(lines(one)[0]),
        latest: "3.0.9",
        tagVariants: ["alpine", ""],
        versions: { "3.0.10": ["alpine", ""], "3.0.9": [""] },
        preReleases: ["3.0-rc10", "3.0-rc9"],
      });
    }),
    `${at}.repositories[0].lines[0].versions["3.0.9"]: 3.0.9 after 3.0.10: the order is oldest first`,
    `${at}.repositories[0].lines[0].tagVariants[1]:  after alpine: the order is alphabetical`,
    `${at}.repositories[0].lines[0].preReleases[1]: 3.0-rc9 after 3.0-rc10: the order is oldest first`,
    `${at}.repositories[0].lines[0].versions["3.0.10"][1]:  after alpine: the order is alphabetical`,
  );
  finds(
    "want versions of the line, which the pattern of the tags reads",
    change((one) => {
      const line = must(lines(one)[0]);
      line.versions = { "3.0.7": [""], "03.0.8": [""] };
      line.latest = "3.0.7";
    }),
    `${at}.repositories[0].lines[0].versions["03.0.8"]: 03.0.8 is no version of 3.0`,
    `${at}.repositories[0].lines[0].versions["03.0.8"]: the pattern of the tags does not read 03.0.8`,
  );
});

describe("data rules: apps", () => {
  const at = "data/apps/mastodon.json: $";
  const app = (tables: Mutable<Tables>): Mutable<Tables>["apps"][string] => must(tables.apps.mastodon);
  const matrix = (tables: Mutable<Tables>): NonNullable<Mutable<Tables>["apps"][string]["matrix"]> =>
    must(app(tables).matrix);
  const row = (tables: Mutable<Tables>, i: number): ReturnType<typeof matrix>["rows"][number] =>
    must(matrix(tables).rows[i]);

  finds(
    "want the key of the app as the name of the file",
    (tables) => {
      must(tables.apps.postiz).app = "posts";
    },
    "data/apps/postiz.json: $.app: posts is not the name of the file",
  );
  finds(
    "want the columns newest first",
    (tables) => swap(matrix(tables).columns),
    `${at}.matrix.columns[1]: 4.6 after 4.5: the order is newest first`,
  );
  finds(
    "want a cell for each column",
    (tables) => void delete row(tables, 0).cells["4.6"],
    `${at}.matrix.rows[0].cells: the cell of 4.6 is missing`,
    `${at}.matrix.rows: 23 cells are supported, the printed table has 24`,
    `${at}.matrix.rows: 59 cells, the printed table has 60`,
  );
  finds(
    "want a column for each cell",
    (tables) => {
      row(tables, 0).cells["4.1"] = "unlisted";
    },
    `${at}.matrix.rows[0].cells: 4.1 is no column`,
    `${at}.matrix.rows: 16 cells are unlisted, the printed table has 15`,
    `${at}.matrix.rows: 61 cells, the printed table has 60`,
  );
  finds(
    "count the states",
    (tables) => {
      row(tables, 0).cells["4.2"] = "unsupported";
    },
    `${at}.matrix.rows: 14 cells are unlisted, the printed table has 15`,
    `${at}.matrix.rows: 11 cells are unsupported, the printed table has 10`,
  );
  finds(
    "want a known engine in each row",
    (tables) => {
      for (const i of [0, 1, 2]) row(tables, i).engine = "valkyrie";
    },
    ...[0, 1, 2].map((i) => `${at}.matrix.rows[${i}].engine: valkyrie is not in the engines table`),
  );
  finds(
    "want a lifecycle for the engine of each row",
    (tables) => {
      tables.lifecycles.products = tables.lifecycles.products.filter(({ product }) => product !== "valkey");
    },
    ...[0, 1, 2].map((i) => `${at}.matrix.rows[${i}].engine: valkey has no lifecycle`),
  );
  finds(
    "want the rows of an engine together",
    (tables) => swap(matrix(tables).rows, 2),
    `${at}.matrix.rows[3]: the rows of valkey do not stand together`,
    `${at}.matrix.rows[4]: the rows of redis do not stand together`,
  );
  finds(
    "want the rows of an engine newest first",
    (tables) => swap(matrix(tables).rows),
    `${at}.matrix.rows[1].range: 9.0.0 after 8.1.0: the order is newest first`,
  );
  finds(
    "want the ranges of an engine not to overlap",
    (tables) => {
      row(tables, 1).range = ">=8.1.0 <9.0.1";
    },
    `${at}.matrix.rows[1].range: >=8.1.0 <9.0.1 overlaps >=9.0.0 <9.1.0`,
  );
  finds(
    "want semver ranges",
    (tables) => {
      row(tables, 0).range = "nine";
    },
    `${at}.matrix.rows[0].range: nine is no semver range`,
  );
  finds(
    "want the minimums oldest first",
    (tables) => swap(app(tables).minimums),
    `${at}.minimums[1].series: 4.2 after 4.3: the order is oldest first`,
  );
  finds(
    "want series that the app has released",
    (tables) => {
      must(app(tables).minimums[0]).series = "0.9";
      const mastodon = must(tables.lifecycles.products.find(({ product }) => product === "mastodon"));
      mastodon.releases = mastodon.releases.filter(({ cycle }) => cycle !== "4.6");
    },
    `${at}.minimums[0].series: 0.9 is not among the app's releases`,
    `${at}.minimums[4].series: 4.6 is not among the app's releases`,
    `${at}.matrix.columns[0]: 4.6 is not among the app's releases`,
  );
  finds(
    "want the notes by topic, each once",
    (tables) => {
      app(tables).notes = ["b", "a", "a"].map((topic) => ({ topic }));
    },
    `${at}.notes[1].topic: a after b: the order is by topic`,
    `${at}.notes[2].topic: a is there twice`,
  );
  finds(
    "want patterns that compile and have the groups that the code reads",
    (tables) => {
      const { detection } = app(tables);
      detection.image = "(";
      detection.tag = "^(?<major>\\d+)\\.(?<minor>\\d+)-(?<flavour>\\w+)$";
      Object.assign(must(detection.versionFile), { number: "(?<part>a)", prerelease: "b", module: "[" });
    },
    `${at}.detection.image: no regular expression: ${compileError("(")}`,
    `${at}.detection.tag: the group patch is missing`,
    `${at}.detection.tag: no code reads the group flavour`,
    `${at}.detection.versionFile.number: the group n is missing`,
    `${at}.detection.versionFile.prerelease: the group pre is missing`,
    `${at}.detection.versionFile.module: no regular expression: ${compileError("[")}`,
  );
  finds(
    "want the charts newest first",
    (tables) => {
      const helm = must(app(tables).detection.helm);
      helm.appVersions = reversed({ "6.10.0": "4.6.3", "6.9.3": "4.6.3" });
    },
    `${at}.detection.helm.appVersions["6.10.0"]: 6.10.0 after 6.9.3: the order is newest first`,
  );
});

describe("data rules: the order of versions", () => {
  it("counts numbers as numbers", () => {
    const wanted = ["3.0.7", "3.0.504", "6.2", "6.2.2-v9", "6.2.2-v10", "8.8", "8.10", "8.10-rc1"];
    assert.deepEqual([...wanted].reverse().sort(natural), wanted);
  });
});

/** The words of the engine that runs the test: they differ from one version of Node to the next. */
function compileError(pattern: string): string {
  try {
    new RegExp(`${pattern}|`);
  } catch (error) {
    if (error instanceof Error) return error.message;
  }
  throw new Error(`${pattern} compiles`);
}
