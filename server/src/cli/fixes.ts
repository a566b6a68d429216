/** `--fix`: safe fixes only, written atomically, bytes outside the edit untouched. */
import {
  chmodSync,
  chownSync,
  lstatSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative } from "node:path";
import { applyEdits, type TextEdit } from "../core/index.ts";
import { readText, toDiskPath } from "./diskFiles.ts";

/** Writes one file; returns why not, or `null`. `root`: links are followed only inside of it. */
export function writeFixed(path: string, before: string, edits: readonly TextEdit[], root: string): string | null {
  const disk = toDiskPath(path);
  let temporary: string | null = null;
  try {
    const target = realpathSync(disk);
    if (lstatSync(disk).isSymbolicLink() && relative(realpathSync(root), target).startsWith(".."))
      return "it is a link out of the tree";
    const stats = statSync(target);
    const present = readText(target);
    if (present === null || present.text !== before) return "it has changed meanwhile";
    const bytes = readFileSync(target);
    if (!Buffer.from((present.hasBom ? "\uFEFF" : "") + present.text).equals(bytes))
      return "it is not UTF-8 throughout";
    temporary = join(dirname(target), `.cache-compat-${process.pid}-${stats.ino}.tmp`);
    writeFileSync(temporary, (present.hasBom ? "\uFEFF" : "") + applyEdits(before, edits), {
      flag: "wx",
      mode: stats.mode,
      flush: true,
    });
    chmodSync(temporary, stats.mode);
    if (process.getuid?.() === 0) chownSync(temporary, stats.uid, stats.gid);
    // Somebody may have saved it while we wrote ours.
    const now = statSync(target);
    if (now.mtimeMs !== stats.mtimeMs || now.size !== stats.size || now.ino !== stats.ino) {
      rmSync(temporary, { force: true });
      return "it has changed meanwhile";
    }
    renameSync(temporary, target);
    return null;
  } catch (error) {
    if (temporary !== null) rmSync(temporary, { force: true });
    return (error as NodeJS.ErrnoException).code ?? String(error);
  }
}
