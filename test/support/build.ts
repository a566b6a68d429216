// The built programs. They are built here only where nobody did it before.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";

export const ROOT = path.join(__dirname, "..", "..");

function built(name: string): string {
  const file = path.join(ROOT, "dist", name);
  if (!existsSync(file)) execFileSync(process.execPath, ["esbuild.mjs"], { cwd: ROOT, stdio: "ignore" });
  return file;
}

export const CLI = built("cli.js");
export const SERVER = built("server.js");
export const FORK = built("fork.js");
export const WEB_SERVER = built("browser/server.js");
export const WEB_CLIENT = built("browser/client.js");
/** Of esbuild: which files went into which bundle. */
export const METAFILE = built("meta.json");
