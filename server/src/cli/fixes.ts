/** `--fix`: safe fixes only, written atomically, bytes outside the edit untouched. */
import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import process from "node:process";
import { applyEdits, type TextEdit } from "../core/index.ts";
import { fromByteString, toByteEdits, toByteString } from "./byteEdits.ts";
import { isBelow, toDiskPath } from "./paths.ts";
import { textOf } from "./readFile.ts";

/** What became of a file, with what there is to say about it. */
export interface Outcome {
  readonly isWritten: boolean;
  readonly remark: string | null;
}

/** Why a fix was not written: a sentence for people. */
export class FixRefused extends Error {}

/** What a fix makes of the bytes of a file. */
export interface FixedBytes {
  readonly before: string;
  readonly edits: readonly TextEdit[];
}

const TEMPORARY = /^\.cache-compat-(\d+)-\d+\.tmp$/;

/** The edits of a text as edits of the bytes that it was read from. */
export function fixBytes(bytes: Buffer, text: string, edits: readonly TextEdit[]): FixedBytes {
  if (textOf(bytes).text !== text) throw new FixRefused("it has changed meanwhile");
  const before = toByteString(bytes);
  const { edits: byteEdits, losesBytes } = toByteEdits(before, edits);
  if (losesBytes) throw new FixRefused("the fix would move bytes that are not UTF-8");
  return { before, edits: byteEdits };
}

export class FixWriter {
  readonly #cleaned = new Set<string>();

  /** Writes one file. `root`: links are followed only inside of it. */
  write(path: string, text: string, edits: readonly TextEdit[], root: string): Outcome {
    try {
      const disk = toDiskPath(path);
      const target = realpathSync(disk);
      if (lstatSync(disk).isSymbolicLink() && !isBelow(realpathSync(root), target))
        throw new FixRefused("it is a link out of the tree");
      this.#clean(dirname(target));
      accessSync(target, constants.W_OK);
      const stats = statSync(target);
      const bytes = readFileSync(target);
      const fixed = fixBytes(bytes, text, edits);
      const isOwnerKept = replace(target, bytes, fromByteString(applyEdits(fixed.before, fixed.edits)), stats);
      return { isWritten: true, remark: isOwnerKept ? null : "it belonged to somebody else and is yours now" };
    } catch (error) {
      return { isWritten: false, remark: error instanceof FixRefused ? error.message : whyNotWritten(error) };
    }
  }

  /** Removes what a run that was killed left behind. A run that is still alive cleans up itself. */
  #clean(folder: string): void {
    if (this.#cleaned.has(folder)) return;
    this.#cleaned.add(folder);
    for (const name of readdirSync(folder)) {
      const writer = TEMPORARY.exec(name)?.[1];
      if (writer !== undefined && !isAlive(Number(writer))) rmSync(join(folder, name), { force: true });
    }
  }
}

/** Written beside it, brought to the disk, and put in its place in one step: whoever reads sees the old file or the new one, whole. Returns whether it still belongs to the same. */
function replace(target: string, before: Buffer, after: Buffer, stats: Stats): boolean {
  const temporary = join(dirname(target), `.cache-compat-${process.pid}-${stats.ino}.tmp`);
  const file = openSync(temporary, "wx", stats.mode & 0o777);
  let isOwnerKept = false;
  try {
    try {
      writeFileSync(file, after);
      isOwnerKept = keepOwner(file, stats);
      // Bits that let a program run as its owner are for the old owner alone.
      fchmodSync(file, stats.mode & (isOwnerKept ? 0o7777 : 0o777));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    // Somebody may have saved it while we wrote ours.
    const now = statSync(target);
    if (now.ino !== stats.ino || now.size !== stats.size || !readFileSync(target).equals(before))
      throw new FixRefused("it has changed meanwhile");
    renameSync(temporary, target);
    return isOwnerKept;
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Only the superuser may give files away; a group may be kept by its members. */
function keepOwner(file: number, { uid, gid }: Stats): boolean {
  const own = fstatSync(file);
  if (own.uid === uid && own.gid === gid) return true;
  for (const owner of [uid, own.uid]) {
    try {
      fchownSync(file, owner, gid);
      return owner === uid;
    } catch {
      // Not permitted: the next best.
    }
  }
  return false;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "it is not there any more",
  ENOSPC: "no space is left on the disk",
  EDQUOT: "no space is left for you on the disk",
  EACCES: "permission denied",
  EPERM: "operation not permitted",
  EROFS: "the disk is read-only",
};

function whyNotWritten(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === undefined) return String(error);
  return REASONS[code] === undefined ? `it cannot be written (${code})` : `${REASONS[code]} (${code})`;
}
