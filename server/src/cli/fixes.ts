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
    const present = readText(target);
    if (present === null || present.text !== before) return "it has changed meanwhile";
    const bytes = readFileSync(target);
    if (!Buffer.from((present.hasBom ? "\uFEFF" : "") + present.text).equals(bytes))
      return "it is not UTF-8 throughout";
    const stats = statSync(target);
    temporary = join(dirname(target), `.cache-compat-${process.pid}-${stats.ino}.tmp`);
    writeFileSync(temporary, (present.hasBom ? "\uFEFF" : "") + applyEdits(before, edits), {
      flag: "wx",
      mode: stats.mode,
      flush: true,
    });
    chmodSync(temporary, stats.mode);
    if (process.getuid?.() === 0) chownSync(temporary, stats.uid, stats.gid);
    renameSync(temporary, target);
    return null;
  } catch (error) {
    if (temporary !== null) rmSync(temporary, { force: true });
    return (error as NodeJS.ErrnoException).code ?? String(error);
  }
}

/** A unified diff without context lines merged: one hunk for each run of changed lines. */
export function unifiedDiff(name: string, before: string, after: string): string {
  const a = before.split("\n");
  const b = after.split("\n");
  const hunks: string[] = [];
  // Fixes replace text inside lines and never add or remove any, so lines correspond one to one.
  for (let line = 0; line < a.length; line++) {
    if (a[line] === b[line]) continue;
    const from = Math.max(0, line - 3);
    let last = line;
    for (let next = line; next < a.length && next <= last + 6; next++) if (a[next] !== b[next]) last = next;
    const to = Math.min(a.length, last + 4);
    const hasFinalBreak = a.at(-1) === "";
    const end = hasFinalBreak ? Math.min(to, a.length - 1) : to;
    hunks.push(`@@ -${from + 1},${end - from} +${from + 1},${end - from} @@\n`);
    for (let i = from; i < end; i++) {
      const noBreak = i === a.length - 1 ? "\n\\ No newline at end of file" : "";
      if (a[i] === b[i]) hunks.push(` ${a[i]}${noBreak}\n`);
      else {
        let block = i;
        while (block < end && a[block] !== b[block]) block++;
        for (let k = i; k < block; k++)
          hunks.push(`-${a[k]}${k === a.length - 1 ? "\n\\ No newline at end of file" : ""}\n`);
        for (let k = i; k < block; k++)
          hunks.push(`+${b[k]}${k === a.length - 1 ? "\n\\ No newline at end of file" : ""}\n`);
        i = block - 1;
      }
    }
    line = last + 3;
  }
  return `--- a/${name}\n+++ b/${name}\n${hunks.join("")}`;
}
