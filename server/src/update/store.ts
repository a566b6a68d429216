/** The downloaded tables of this user on disk: one file, replaced in one step. */
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { dirname, isAbsolute, join } from "node:path";
import process from "node:process";
import { PRODUCT } from "../core/product.ts";
import { LIMITS } from "./download.ts";

/** Nobody writes that long. */
const LEFT_BEHIND_MS = 60 * 60 * 1000;

/** The place for data of a user's programs: what XDG_DATA_HOME says, else what is usual on the system. */
function dataHome(): string {
  const { XDG_DATA_HOME: xdg, LOCALAPPDATA: local } = process.env;
  if (xdg !== undefined && isAbsolute(xdg)) return xdg;
  if (process.platform === "win32") return local ?? join(homedir(), "AppData", "Local");
  if (process.platform === "darwin") return join(homedir(), "Library", "Application Support");
  return join(homedir(), ".local", "share");
}

export function storePath(): string {
  return join(dataHome(), PRODUCT, "data.json");
}

/** `null` where nothing is stored, or nothing that can be read. */
export function readStored(): string | null {
  try {
    const path = storePath();
    const stats = statSync(path);
    return stats.isFile() && stats.size <= LIMITS.maxBytes ? readFileSync(path, "utf8") : null;
  } catch {
    return null;
  }
}

/** Whoever reads meanwhile, or kills us at any moment, finds the old file or the new one, whole. */
export function writeStored(text: string): void {
  const path = storePath();
  mkdirSync(dirname(path), { recursive: true });
  removeLeftovers(dirname(path));
  const next = `${path}.${process.pid}.new`;
  try {
    const file = openSync(next, "w", 0o644);
    try {
      writeFileSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(next, path);
  } finally {
    rmSync(next, { force: true });
  }
}

/** What a process that was killed left behind. */
function removeLeftovers(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (!/^data\.json\.\d+\.new$/.test(name)) continue;
    const file = join(folder, name);
    const stats = statSync(file, { throwIfNoEntry: false });
    if (stats !== undefined && Date.now() - stats.mtimeMs > LEFT_BEHIND_MS) rmSync(file, { force: true });
  }
}

/** False where nothing was stored. */
export function removeStored(): boolean {
  const path = storePath();
  const wasThere = statSync(path, { throwIfNoEntry: false }) !== undefined;
  rmSync(path, { force: true });
  return wasThere;
}
