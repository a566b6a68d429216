// images.json: repositories by engine, then those with release lines first, then by name; look-alikes by name.
// Code that takes the first repository of an engine therefore gets one whose tags are known.
import type { Line, Problem, Repository, Tables, TagGrammar } from "../types.ts";
import { alphabetical, groups, inFile, natural, type Report, sorted } from "./common.ts";

const FILE = "data/images.json";
const GROUPS = ["version", "pre", "variant", "stack"];

export function imagesRules(tables: Tables): readonly Problem[] {
  const { repositories, lookAlikes } = tables.images;
  return inFile(FILE, (report) => {
    order(tables, report);
    sorted(
      lookAlikes.map((one) => one.repository),
      alphabetical,
      "by name",
      (i) => `$.lookAlikes[${i}].repository`,
      report,
    );
    names(tables, report);
    repositories.forEach((one, i) => {
      const at = `$.repositories[${i}]`;
      references(tables, one, at, report);
      sorted(one.aliases, alphabetical, "by name", (k) => `${at}.aliases[${k}]`, report);
      sorted(Object.keys(one.carries ?? {}), natural, "oldest first", (k) => `${at}.carries[${k}]`, report);
      const readable = one.tags === null || grammar(one.tags, `${at}.tags`, report);
      if (one.lines && readable) lines(one, one.lines, `${at}.lines`, report);
    });
  });
}

function order({ images: { repositories }, engines: { engines } }: Tables, report: Report): void {
  const rank = (one: Repository): readonly number[] => [
    engines.findIndex(({ engine }) => engine === one.engine),
    one.lines ? 0 : 1,
  ];
  repositories.forEach((one, i) => {
    const before = repositories[i - 1];
    if (!before) return;
    const [a = 0, b = 0] = rank(before).map((value, k) => value - (rank(one)[k] ?? 0));
    if ((a || b || alphabetical(before.repository, one.repository)) > 0) {
      const how = "by engine, then those with release lines first, then by name";
      report(`$.repositories[${i}].repository`, `${one.repository} after ${before.repository}: the order is ${how}`);
    }
  });
}

/** One name means one thing: repositories, aliases and look-alikes share a name space. */
function names({ images: { repositories, lookAlikes } }: Tables, report: Report): void {
  const all = [
    ...repositories.flatMap((one, i) => [
      { name: one.repository, path: `$.repositories[${i}].repository` },
      ...one.aliases.map((name, k) => ({ name, path: `$.repositories[${i}].aliases[${k}]` })),
    ]),
    ...lookAlikes.map((one, i) => ({ name: one.repository, path: `$.lookAlikes[${i}].repository` })),
  ];
  const seen = new Map<string, string>();
  for (const { name, path } of all) {
    const first = seen.get(name);
    if (first !== undefined) report(path, `${name} is also at ${first}`);
    else seen.set(name, path);
    const fault = notNormalised(name);
    if (fault !== undefined) report(path, `${name} is not normalised: ${fault}`);
  }
}

// The form that distribution/reference (reference.go, normalize.go) brings every image name into.
function notNormalised(name: string): string | undefined {
  const slash = name.indexOf("/");
  const host = name.slice(0, slash);
  const path = name.slice(slash + 1);
  if (slash < 1 || !(/[.:]/.test(host) || host === "localhost")) return "it does not begin with a registry";
  if (!/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d+)?$/.test(host)) return "the registry is no host name in lower case";
  if (host === "index.docker.io") return "this registry is written docker.io";
  if (path.includes(":") || path.includes("@")) return "it has a tag or digest";
  if (!/^[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*$/.test(path))
    return "the path is none";
  if (host === "docker.io" && !path.includes("/")) return "official images are below library/";
  return undefined;
}

function references(tables: Tables, { engine, matrixEngine, movedTo }: Repository, at: string, report: Report): void {
  const engines = tables.engines.engines.map((one) => one.engine);
  if (!engines.includes(engine)) report(`${at}.engine`, `${engine} is not in the engines table`);
  if (matrixEngine !== undefined && !engines.includes(matrixEngine)) {
    report(`${at}.matrixEngine`, `${matrixEngine} is not in the engines table`);
  }
  if (movedTo !== undefined && !tables.images.repositories.some(({ repository }) => repository === movedTo)) {
    report(`${at}.movedTo`, `${movedTo} is not in this table`);
  }
}

function grammar({ pattern }: TagGrammar, at: string, report: Report): boolean {
  const found = groups(pattern, `${at}.pattern`, report);
  if (!found) return false;
  for (const name of found) if (!GROUPS.includes(name)) report(`${at}.pattern`, `no code reads the group ${name}`);
  // `^$` says on purpose that no tag of the repository tells a version.
  if (pattern !== "^$" && !found.includes("version") && !found.includes("stack")) {
    report(`${at}.pattern`, "neither the group version nor the group stack is there");
  }
  return true;
}

function lines(one: Repository, all: readonly Line[], at: string, report: Report): void {
  sorted(
    all.map(({ line }) => line),
    natural,
    "oldest first",
    (i) => `${at}[${i}].line`,
    report,
  );
  all.forEach((line, i) => {
    const path = `${at}[${i}]`;
    const versions = Object.keys(line.versions);
    if (!versions.includes(line.latest)) report(`${path}.latest`, `${line.latest} is not among its versions`);
    sorted(versions, natural, "oldest first", (k) => `${path}.versions[${JSON.stringify(versions[k])}]`, report);
    sorted(line.tagVariants, alphabetical, "alphabetical", (k) => `${path}.tagVariants[${k}]`, report);
    sorted(line.preReleases ?? [], natural, "oldest first", (k) => `${path}.preReleases[${k}]`, report);
    for (const version of versions) {
      const where = `${path}.versions[${JSON.stringify(version)}]`;
      if (!version.startsWith(`${line.line}.`)) report(where, `${version} is no version of ${line.line}`);
      sorted(line.versions[version] ?? [], alphabetical, "alphabetical", (k) => `${where}[${k}]`, report);
      if (one.tags && !reads(one.tags, version)) report(where, `the pattern of the tags does not read ${version}`);
    }
  });
}

function reads({ pattern, prefix = "" }: TagGrammar, version: string): boolean {
  const found = new RegExp(pattern).exec(prefix + version)?.groups;
  const line = version.split(".").slice(0, 2).join(".");
  return found?.version === version || found?.stack === line;
}
