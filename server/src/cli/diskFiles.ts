/** Files of this machine for the core: read once per run, each folder listed once. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname } from "node:path";
import type { FileSource } from "../core/index.ts";

/** Larger files are never read; the core would only say that they are too large. Bytes. */
export const MAX_FILE_BYTES = 32 * 1024 * 1024;

/** A path as the core writes it: `/` between the parts, also on Windows. */
export function toCorePath(path: string): string {
  const forward = path.replaceAll("\\", "/");
  return forward.startsWith("/") ? forward : `/${forward}`;
}

/** The way back from `toCorePath`. */
export function toDiskPath(path: string): string {
  return process.platform === "win32" ? path.slice(1) : path;
}

export interface ReadText {
  readonly text: string;
  /** The text began with a byte order mark, which is not part of it. */
  readonly hasBom: boolean;
}

/** `null` for what is no regular file, too large or unreadable. */
export function readText(path: string): ReadText | null {
  try {
    const stats = statSync(path);
    if (!stats.isFile() || stats.size > MAX_FILE_BYTES) return null;
    const raw = readFileSync(path, "utf8");
    const hasBom = raw.startsWith("\uFEFF");
    return { text: hasBom ? raw.slice(1) : raw, hasBom };
  } catch {
    return null;
  }
}

export class DiskFiles implements FileSource {
  readonly #texts = new Map<string, string | null>();
  readonly #folders = new Map<string, readonly string[] | null>();
  readonly #roots = new Map<string, string | null>();
  readonly #given: readonly string[];

  /** `given`: the folders of this run; a file below one of them may look as far up as the folder, or as its repository. */
  constructor(given: readonly string[]) {
    this.#given = given;
  }

  read(path: string): string | null {
    let text = this.#texts.get(path);
    if (text === undefined) {
      text = readText(toDiskPath(path))?.text ?? null;
      this.#texts.set(path, text);
    }
    return text;
  }

  /** A checked text is kept, so that neighbours see the same one. */
  remember(path: string, text: string): void {
    this.#texts.set(path, text);
  }

  list(folder: string): readonly string[] | null {
    let names = this.#folders.get(folder);
    if (names === undefined) {
      try {
        const entries = readdirSync(toDiskPath(folder), { withFileTypes: true });
        names = entries.filter((entry) => !entry.isDirectory()).map((entry) => entry.name);
      } catch {
        names = null;
      }
      this.#folders.set(folder, names);
    }
    return names;
  }

  root(path: string): string {
    const folder = path.slice(0, path.lastIndexOf("/")) || "/";
    return (
      this.#repository(folder) ??
      this.#given.find((given) => folder === given || folder.startsWith(given === "/" ? given : `${given}/`)) ??
      folder
    );
  }

  /** The nearest folder above that holds `.git`; `null` outside of any repository. */
  #repository(folder: string): string | null {
    const known = this.#roots.get(folder);
    if (known !== undefined) return known;
    const disk = toDiskPath(folder);
    const parent = toCorePath(dirname(disk));
    const root = existsSync(`${disk}/.git`) ? folder : parent === folder ? null : this.#repository(parent);
    this.#roots.set(folder, root);
    return root;
  }
}
