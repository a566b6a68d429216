/** Reads one file of this machine, or says in a few words why not. */
import { closeSync, constants, openSync, readFileSync, statSync } from "node:fs";

/** Larger files are never read; the core would only say that they are too large. Bytes. */
export const MAX_FILE_BYTES = 32 * 1024 * 1024;
/** Where git looks for a NUL to tell a binary file. Bytes. */
const BINARY_BYTES = 8000;

export interface ReadText {
  readonly text: string;
  /** The text began with a byte order mark, which is not part of it. */
  readonly hasBom: boolean;
}

/** Why a file is left out. */
export interface Unread {
  readonly why: string;
  /** It should have been readable: the exit status says so. Other files are left out on purpose. */
  readonly isTrouble: boolean;
}

export function readText(path: string): ReadText | Unread {
  const bytes = readBytes(path);
  return "why" in bytes ? bytes : textOf(bytes);
}

/** Waits for nobody: a pipe or a device is looked at, never opened. */
export function readBytes(path: string): Buffer | Unread {
  try {
    const stats = statSync(path);
    if (!stats.isFile()) return { why: `it is ${kindOf(stats)}, not a file`, isTrouble: false };
    if (stats.size > MAX_FILE_BYTES)
      return { why: `it is larger than ${MAX_FILE_BYTES / 1024 / 1024} MiB`, isTrouble: false };
    const bytes = readAll(path);
    return isBinary(bytes) ? { why: whatBinary(bytes), isTrouble: false } : bytes;
  } catch (error) {
    return { why: reasonOf(error), isTrouble: true };
  }
}

/** Should it become a pipe just now, opening must not wait for a writer. */
function readAll(path: string): Buffer {
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    return readFileSync(file);
  } finally {
    closeSync(file);
  }
}

export function textOf(bytes: Buffer): ReadText {
  const raw = bytes.toString("utf8");
  const hasBom = raw.startsWith("\uFEFF");
  return { text: hasBom ? raw.slice(1) : raw, hasBom };
}

/** What the system says, in words; its messages repeat paths, which are printed apart. */
export function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  const known = code === undefined ? undefined : REASONS[code];
  return known === undefined ? `it cannot be read (${code ?? String(error)})` : `${known} (${code})`;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file or folder",
  ENOTDIR: "it cannot be read, for a part of its path is no folder",
  EACCES: "it cannot be read, permission denied",
  EPERM: "it cannot be read, operation not permitted",
  ELOOP: "it cannot be read, links lead in a circle",
  ENAMETOOLONG: "it cannot be read, its path is too long",
};

function isBinary(bytes: Buffer): boolean {
  return bytes.subarray(0, BINARY_BYTES).includes(0);
}

function whatBinary(bytes: Buffer): string {
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  return isUtf16 ? "it is UTF-16, not UTF-8" : "it is a binary file";
}

export function kindOf(entry: {
  isDirectory(): boolean;
  isFIFO(): boolean;
  isSocket(): boolean;
  isBlockDevice(): boolean;
  isCharacterDevice(): boolean;
}): string {
  if (entry.isDirectory()) return "a folder";
  if (entry.isFIFO()) return "a named pipe";
  if (entry.isSocket()) return "a socket";
  if (entry.isBlockDevice() || entry.isCharacterDevice()) return "a device";
  return "something else";
}
