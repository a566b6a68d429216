/**
 * A tree like that of a big monorepo, the same on every machine: `node bench/tree.mjs FOLDER [FILES]` writes it to look at.
 * Of 10,000 files 7,500 are source code, 900 are ignored ones, and 1,575 have to be read.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import process from "node:process";
import {
  composeText,
  confText,
  dockerText,
  envText,
  helmText,
  kubernetesText,
  otherYaml,
  sourceText,
} from "./texts.mjs";

/** Shares of 10,000 files; `ignored` ones lie in folders that .gitignore lists, or in node_modules. */
const SHARES = {
  compose: 600,
  kubernetes: 200,
  helm: 100,
  yaml: 200,
  env: 300,
  docker: 100,
  conf: 75,
  nginx: 25,
  ignored: 900,
};
const NAMES = {
  compose: [
    "compose.yaml",
    "docker-compose.yml",
    "compose.dev.yaml",
    "docker-compose.prod.yml",
    "docker-compose.override.yml",
  ],
  kubernetes: ["deployment.yaml", "service.yaml", "cache.yaml", "ingress.yml"],
  helm: ["values.yaml", "values-prod.yaml"],
  yaml: ["openapi.yaml", "en.yml", ".rubocop.yml", "mkdocs.yml"],
  env: [".env", ".env.production", ".env.example", "web.env"],
  docker: ["Dockerfile", "Dockerfile.dev", "api.Dockerfile"],
  conf: ["redis.conf", "valkey.conf", "redis-6380.conf"],
  nginx: ["nginx.conf"],
};
const TEXTS = {
  compose: composeText,
  kubernetes: kubernetesText,
  helm: helmText,
  yaml: otherYaml,
  env: envText,
  docker: dockerText,
  conf: confText,
  nginx: confText,
};
const SOURCES = ["ts", "ts", "tsx", "py", "go", "rb", "css", "json", "md"];

/** Numbers from 0 to 1 that look random and are always the same (mulberry32). */
export function randomNumbers(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const PROJECTS = 240;

/** The folder of a project, three to six levels deep. */
function projectFolder(i) {
  const project = i % PROJECTS;
  const top = ["apps", "services", "packages", "infra"][project % 4];
  const deep = ["", "backend", "backend/core", "web/client/shell"][project % 3];
  return join(top, `team-${project % 20}`, `project-${project}`, deep);
}

/** Where in its project a file stands: a project's second compose file belongs to another stage. */
function placeOf(kind, i) {
  const stage = Math.floor(i / PROJECTS);
  if (kind === "helm") return `charts/chart-${i}`;
  return stage > 0 ? `deploy/stage-${stage}` : i % 3 === 0 ? "deploy" : "";
}

/** Writes the tree; answers how many files it has and how many of them are checked, by kind. */
export function writeTree(folder, files = 10_000) {
  const random = randomNumbers(7);
  const written = new Set();
  const counts = {};
  const put = (path, text) => {
    if (written.has(path)) throw new Error(`${path} is written twice`);
    written.add(path);
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  put(".gitignore", "node_modules/\ndist/\n*.log\n/tmp-*/\n");
  for (const [kind, share] of Object.entries(SHARES)) {
    if (kind === "ignored") continue;
    counts[kind] = Math.round((share * files) / 10_000);
    for (let i = 0; i < counts[kind]; i++) {
      const name = NAMES[kind][i % NAMES[kind].length];
      // 13 and the number of projects have no common divisor: no two files get the same path.
      put(join(projectFolder(i * 13), placeOf(kind, i), name), TEXTS[kind](random, i));
    }
  }
  for (let i = 0; i < (SHARES.ignored * files) / 10_000; i++) {
    const folders = [`node_modules/lib-${i % 90}`, join(projectFolder(i), "dist"), "tmp-cache"];
    const isYaml = i % 20 === 0;
    put(
      join(folders[i % 3], isYaml ? `docker-compose.${i}.yml` : `index-${i}.js`),
      (isYaml ? composeText : sourceText)(random, i),
    );
  }
  for (let i = 0; written.size < files; i++)
    put(
      join(
        projectFolder(i),
        "src",
        `module-${Math.floor(i / PROJECTS) % 5}`,
        `part-${i}.${SOURCES[i % SOURCES.length]}`,
      ),
      sourceText(random, i),
    );
  return { files: written.size, counts };
}

if (process.argv[1] === import.meta.filename) {
  const [folder, files] = process.argv.slice(2);
  console.log(JSON.stringify(writeTree(folder, files === undefined ? undefined : Number(files))));
}
