// The benchmark: `npm run bench -- [--quick] [--json FILE] [--only WORD] [--dist FOLDER]`. README.md tells what is measured.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, realpathSync, rmSync, statSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { activation } from "./activation.mjs";
import { check } from "./check.mjs";
import { keystroke } from "./keystroke.mjs";
import { lines } from "./lines.mjs";
import { judge, table } from "./report.mjs";
import { requests } from "./requests.mjs";
import { start } from "./start.mjs";
import { workspace } from "./workspace.mjs";

const root = join(import.meta.dirname, "..");
const { values } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    json: { type: "string" },
    /** Only the parts whose name contains the word: keystroke, lines, workspace, start, check, requests, activation, size. */
    only: { type: "string", default: "" },
    /** Another build, for example that of before a change. */
    dist: { type: "string", default: join(root, "dist") },
  },
});
const dist = resolve(values.dist);
if (!existsSync(join(dist, "server.js"))) {
  if (dist !== join(root, "dist")) throw new Error(`${dist}: there is no build`);
  const { status } = spawnSync(process.execPath, [join(root, "esbuild.mjs")], { cwd: root, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
if (existsSync(join(dist, "server.js.map")))
  console.error("This is a development build; `npm run build` makes the one that ships.");

/** Sizes do not depend on the machine: KiB, held against the targets as they are. */
function sizes({ folder }) {
  const files = ["server.js", "cli.js", "core.js", "client.js", "browser/server.js", "browser/client.js"]
    .map((name) => ({ name, file: join(dist, name) }))
    .filter(({ file }) => existsSync(file));
  if (dist === join(root, "dist")) {
    const file = join(folder, "cache-compat.vsix");
    const vsce = join(root, "node_modules/@vscode/vsce/vsce");
    const { status, stderr } = spawnSync(process.execPath, [vsce, "package", "--no-dependencies", "--out", file], {
      cwd: root,
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`the extension cannot be packed: ${stderr}`);
    files.push({ name: "package (VSIX)", file });
  }
  return files.map(({ name, file }) => {
    const ratio = statSync(file).size / 1024;
    return { id: `size-${name}`, name: `size of ${name}, KiB`, unit: "KiB", ours: ratio, floor: null, ratio };
  });
}

const options = {
  dist,
  rounds: values.quick ? 3 : 7,
  sizes: values.quick ? [50, 500] : [50, 500, 5000],
  files: values.quick ? 1000 : 10_000,
  quick: values.quick,
};
const rows = [];
for (const [name, measure] of Object.entries({
  keystroke,
  lines,
  workspace,
  start,
  check,
  requests,
  activation,
  size: sizes,
})) {
  if (!name.includes(values.only)) continue;
  if (process.stderr.isTTY) console.error(`${name} ...`);
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "cache-compat-bench-")));
  try {
    rows.push(...(await measure({ ...options, folder })));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
const judged = judge(rows);
console.log(`Node ${process.version}, ${process.platform}, ${cpus().length} x ${cpus()[0]?.model ?? "unknown"}\n`);
console.log(table(judged));
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(judged, null, 2)}\n`);
