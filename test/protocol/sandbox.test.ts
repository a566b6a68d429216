// The built server in a room without doors: Node's permission model refuses writes, programs and threads, and a file that is loaded before
// it notes every path it asks for and every socket it would open.
import assert from "node:assert/strict";
import path from "node:path";
import process from "node:process";
import { answersOf } from "../edits/answers.ts";
import { KINDS } from "../edits/samples.ts";
import { ROOT } from "../support/build.ts";
import { Folder } from "../support/folders.ts";
import { clients, uriOf } from "./client.ts";

const OUTSIDE = "Zq7OutsideNWgxqNf";

/** Loaded before the server. What it noted stands in stderr when the process ends. */
const WATCH = `
const seen = { paths: [], forbidden: [] };
const forbid = (module, names) => {
  for (const name of names) {
    const known = module[name];
    if (typeof known === "function") module[name] = function () { seen.forbidden.push(name); throw new Error("forbidden: " + name); };
  }
};
const net = require("node:net");
forbid(net.Socket.prototype, ["connect"]);
forbid(net.Server.prototype, ["listen"]);
forbid(net, ["connect", "createConnection"]);
forbid(require("node:dgram"), ["createSocket"]);
forbid(require("node:tls"), ["connect"]);
forbid(require("node:http"), ["request", "get"]);
forbid(require("node:https"), ["request", "get"]);
forbid(require("node:http2"), ["connect"]);
const dns = require("node:dns");
forbid(dns, ["lookup", "resolve", "resolve4", "resolve6", "resolveAny", "reverse", "lookupService"]);
forbid(dns.promises, ["lookup", "resolve", "resolve4", "resolve6", "resolveAny", "reverse", "lookupService"]);
globalThis.fetch = () => { seen.forbidden.push("fetch"); throw new Error("forbidden: fetch"); };
forbid(require("node:child_process"), ["spawn", "spawnSync", "exec", "execSync", "execFile", "execFileSync", "fork"]);
forbid(require("node:worker_threads"), ["Worker"]);
const fs = require("node:fs");
for (const module of [fs, fs.promises]) {
  forbid(module, ["writeFile", "writeFileSync", "appendFile", "appendFileSync", "mkdir", "mkdirSync", "mkdtemp", "rename", "renameSync", "rm", "rmSync", "unlink", "unlinkSync", "chmod", "symlink", "link", "truncate", "createWriteStream", "copyFile", "utimes"]);
  for (const name of ["readFile", "readFileSync", "open", "openSync", "opendir", "opendirSync", "readdir", "readdirSync", "createReadStream"]) {
    const known = module[name];
    if (typeof known !== "function") continue;
    module[name] = function (file, ...rest) { if (typeof file === "string" || file instanceof URL) seen.paths.push(String(file)); return known.call(this, file, ...rest); };
  }
}
process.on("exit", () => process._rawDebug("SEEN " + JSON.stringify(seen)));
`;

const [MAJOR = 0, MINOR = 0] = process.versions.node.split(".").map(Number);
const PERMISSION = MAJOR > 23 || (MAJOR === 23 && MINOR >= 5) ? "--permission" : "--experimental-permission";

describe("server: a room without doors", function () {
  this.timeout(60_000);
  const client = clients();
  const folders: Folder[] = [];
  after(() => {
    for (const folder of folders) folder.remove();
  });
  function folder(files: Readonly<Record<string, string>>): Folder {
    const made = new Folder(files);
    folders.push(made);
    return made;
  }

  it("opens no socket, starts no program, writes nothing, and reads nothing outside of the workspace folders", async () => {
    const outside = folder({
      "x.env": `REDIS_URL=${OUTSIDE}\n`,
      "x.conf": `requirepas ${OUTSIDE}\n`,
      "x.yaml": `services: { ${OUTSIDE}: { image: redis:5.0 } }\n`,
    });
    const watch = folder({ "watch.cjs": WATCH });
    const away = outside.path;
    const project = folder({
      "compose.yaml": `include: [${away}/x.yaml, ../../../../etc/passwd]\nservices:\n  redis:\n    image: redis:6.2\n    command: redis-server /etc/redis.conf\n    volumes: ["${away}/x.conf:/etc/redis.conf", "./linked.conf:/etc/other.conf"]\n  web:\n    image: ghcr.io/mastodon/mastodon:v4.5.0\n    env_file: [${away}/x.env, .env, /etc/passwd, linked.env]\n    extends: { file: ${away}/x.yaml, service: ${OUTSIDE} }\n`,
      "redis.conf": `include ${away}/x.conf\ninclude ${away}/*.conf\ninclude linked.conf\naclfile /etc/passwd\nloadmodule ${away}/x.so\n`,
      ".env": "REDIS_URL=redis://redis:6379/0\n",
      "cache-compat.json": `{ "data": ["${away}/x.yaml", "../x.json"] }`,
      Dockerfile: `FROM redis:6.2\nCOPY ${away}/x.conf /etc/redis.conf\n`,
    });
    project.link("linked.env", outside.file("x.env"));
    project.link("linked.conf", outside.file("x.conf"));
    const dist = path.join(ROOT, "dist");
    const dataHome = path.join(project.path, "data-home");
    const server = await client({
      folder: project.path,
      dataHome,
      nodeFlags: [
        PERMISSION,
        // Whether it stays inside is what is asked here, so it might leave.
        "--allow-fs-read=*",
        "--no-warnings",
        "--require",
        watch.file("watch.cjs"),
      ],
    });
    const said: unknown[] = [];
    for (const { file, languageId } of KINDS) {
      const uri = uriOf(project.file(file));
      const text = ["compose.yaml", "redis.conf", ".env", "cache-compat.json", "Dockerfile"].includes(file)
        ? project.read(file)
        : "";
      server.open(uri, text, languageId);
      said.push(await answersOf((method, params) => server.request(method, params), uri, text, 0, 12));
    }
    said.push(await server.request("workspace/diagnostic", { previousResultIds: [] }));
    said.push(await server.request("cacheCompat/matrix", {}));
    said.push(server.received);
    assert.equal(await server.stop(), 0);

    const { paths, forbidden } = JSON.parse(/^SEEN (.*)$/m.exec(server.stderr)?.[1] ?? "null") as {
      paths: string[];
      forbidden: string[];
    };
    assert.deepEqual(forbidden, []);
    assert.ok(
      paths.some(
        (file) => file === project.file("compose.yaml") || file === project.file("redis.conf") || file === project.path,
      ),
      "it reads the workspace",
    );
    const isInside = (file: string): boolean =>
      [project.path, dist].some((root) => file === root || file.startsWith(`${root}${path.sep}`));
    assert.deepEqual(
      paths.filter((file) => !isInside(file)),
      [],
    );
    // The texts name the folder; what stands in it came out nowhere.
    const words = JSON.stringify(said).replaceAll(`"service":"${OUTSIDE}"`, "");
    assert.ok(!/root:x:0:0/.test(words) && !words.includes(`requirepas ${OUTSIDE}`) && !words.includes(`=${OUTSIDE}`));
  });
});
