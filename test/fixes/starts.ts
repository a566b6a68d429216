// Where the fixes begin: files that are told something.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { BESIDE, KINDS, type Kind } from "../edits/samples.ts";
import { readPage } from "../rules/pageExamples.ts";
import { ROOT } from "../support/build.ts";
import { must } from "../support/must.ts";

export const FOLDER = "/project";
const PAGES = path.join(ROOT, "data", "rules");

export type Texts = ReadonlyMap<string, string>;

/** Files that are told something, the flags they are checked with, and which one is mutated. */
export interface Start {
  readonly texts: Texts;
  readonly flags: readonly string[];
  readonly file: string;
}

export function kindOfFile(file: string): Kind {
  const name = path.posix.basename(file);
  const own = KINDS.find((kind) => path.posix.basename(kind.file) === name);
  if (own !== undefined) return own;
  const fits: readonly (readonly [RegExp, string])[] = [
    [/compose|stack/, "compose"],
    [/dockerfile/i, "dockerfile"],
    [/\.env/, "env"],
    [/sentinel/, "sentinel"],
    [/\.(?:conf|acl|flags?)$/, "conf"],
    [/\.(?:sh|bash)$/, "script"],
    [/\.json$/, "project-file"],
    [/\.github/, "workflow"],
  ];
  const named = fits.find(([pattern]) => pattern.test(file))?.[1] ?? "kubernetes";
  return must(KINDS.find((kind) => kind.name === named));
}

/** What no page shows: fixes that one seldom meets. */
const SELDOM = [
  "REDIS_HOST=redis\nREDIS_PORT 6379\n",
  "REDIS_HOST=redis\nREDIS_PORT= # the usual one\nREDIS_PASSWORD=# none\n",
  "REDIS_URL= # none\nREDIS_HOST=redis\n",
  "REDIS_SENTINEL_MASTER=mymaster\nREDIS_SENTINELS=one:26379 two:26379\n",
];

/** The wrong examples of every page, what no page shows, and the samples of every kind between their neighbours. */
export function starts(): readonly Start[] {
  const pages = readdirSync(PAGES, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .sort()
    .flatMap((name) => readPage(readFileSync(path.join(PAGES, name), "utf8")).wrong)
    .flatMap(({ files, flags }) => {
      const texts = new Map(files.map(({ name, text }) => [`${FOLDER}/${name}`, text]));
      return [...texts.keys()].map((file): Start => ({ texts, flags, file }));
    });
  const samples = KINDS.flatMap(({ file, samples: texts }) =>
    texts.map(
      (text): Start => ({
        texts: new Map(Object.entries({ ...BESIDE, [file]: text }).map(([name, one]) => [`${FOLDER}/${name}`, one])),
        flags: ["--app", "mastodon@4.5"],
        file: `${FOLDER}/${file}`,
      }),
    ),
  );
  const seldom = SELDOM.map((text): Start => {
    const file = `${FOLDER}/.env.production`;
    return { texts: new Map([[file, text]]), flags: ["--app", "mastodon@4.5"], file };
  });
  return [...pages, ...seldom, ...samples].filter(({ texts, file }) => must(texts.get(file)).length < 20_000);
}
