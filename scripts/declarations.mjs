// The declarations of the library as one file. What it exports is written in two files that import no other type, so the
// compiler's output for both, one behind the other, is whole; a name that slips in from elsewhere stops the build.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
/** Below `server/src`. */
const PARTS = ["core/result", "library/index"];
const BETWEEN_PARTS = /^(?:import type \{[^}]*\}|export type \*) from "\.\.\/core\/result\.ts";\n/gm;

/** @returns {string} the text of `library.d.ts` */
export function libraryDeclarations() {
  const folder = mkdtempSync(join(tmpdir(), "cache-compat-types-"));
  try {
    const compiler = join(ROOT, "node_modules", "typescript", "bin", "tsc");
    const options = ["--noEmit", "false", "--emitDeclarationOnly", "--declaration", "--noCheck"];
    const places = ["--rootDir", ROOT, "--outDir", folder];
    execFileSync(process.execPath, [compiler, "-p", join(ROOT, "server/src/library"), ...options, ...places], {
      encoding: "utf8",
    });
    const text = PARTS.map((part) =>
      readFileSync(join(folder, "server/src", `${part}.d.ts`), "utf8").replace(BETWEEN_PARTS, ""),
    ).join("");
    const stranger = /^.*\b(?:from|import|require)\b\s*\(?\s*["'].*$/m.exec(text);
    if (stranger !== null) throw new Error(`the declarations of the library need another file: ${stranger[0]}`);
    return text;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
