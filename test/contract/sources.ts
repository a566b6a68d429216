// The project's own sources, read as text.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { ROOT } from "../support/build.ts";

export interface SourceFile {
  /** From the root of the project, with `/`. */
  readonly path: string;
  readonly text: string;
}

export function sourcesOf(...folders: readonly string[]): readonly SourceFile[] {
  return folders.flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.[cm]?[jt]s$/.test(entry.name))
      .map((entry) => {
        const file = path.join(entry.parentPath, entry.name);
        return { path: path.relative(ROOT, file).split(path.sep).join("/"), text: readFileSync(file, "utf8") };
      }),
  );
}

export interface Import {
  readonly from: string;
  /** Erased by the compiler. */
  readonly isType: boolean;
}

/** What a file imports; relative ones from the root of the project. */
export function importsOf({ path: file, text }: SourceFile): readonly Import[] {
  const found = [...text.matchAll(/^(?:import|export)\s+(type\s)?(?:[\w*\s{},]*?\sfrom\s+)?"([^"]+)"/gm)].map(
    ([, type, from = ""]) => ({ from, isType: type !== undefined }),
  );
  const dynamic = [...text.matchAll(/\b(?:import|require)\(\s*"([^"]+)"\s*\)/g)].map(([, from = ""]) => ({
    from,
    isType: false,
  }));
  return [...found, ...dynamic].map(({ from, isType }) => ({
    isType,
    from: from.startsWith(".") ? path.posix.join(path.posix.dirname(file), from) : from,
  }));
}
