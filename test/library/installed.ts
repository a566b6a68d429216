// The package as somebody gets it: packed, then installed into an empty folder, without a network and without a cache.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { CLI, ROOT } from "../support/build.ts";
import { must } from "../support/must.ts";

export interface Installed {
  /** An empty project that has the package, and nothing else, among its modules. */
  readonly folder: string;
  /** What `npm pack` made. */
  readonly tarball: string;
}

let installed: Installed | null = null;

/** Made once for all suites, removed when the tests end. */
export function installedPackage(): Installed {
  if (installed !== null) return installed;
  must(CLI, "the build");
  const base = realpathSync(mkdtempSync(path.join(tmpdir(), "cache-compat-package-")));
  process.on("exit", () => rmSync(base, { recursive: true, force: true }));
  const folder = path.join(base, "project");
  mkdirSync(folder);
  writeFileSync(
    path.join(folder, "package.json"),
    JSON.stringify({ name: "project", private: true, version: "1.0.0" }),
  );
  // Built already, and other suites use what is built: no script may build it again now.
  npm(ROOT, base, "pack", "--ignore-scripts", "--pack-destination", base);
  const tarball = path.join(base, must(readdirSync(base).find((name) => name.endsWith(".tgz"))));
  npm(folder, base, "install", tarball);
  installed = { folder, tarball };
  return installed;
}

function npm(cwd: string, base: string, ...args: readonly string[]): void {
  const env = { ...process.env, npm_config_offline: "true", npm_config_cache: path.join(base, "cache") };
  execFileSync("npm", args, { cwd, env, stdio: ["ignore", "ignore", "pipe"], shell: process.platform === "win32" });
}

/** Compiles a folder of the project with the strictest options there are; throws with what the compiler says. */
export function compile(folder: string, options: Readonly<Record<string, unknown>>): void {
  const compilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    verbatimModuleSyntax: true,
    // The package's own declarations are under test, too.
    skipLibCheck: false,
    target: "ES2022",
    lib: ["ES2022"],
    types: [],
    ...options,
  };
  writeFileSync(path.join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["."] }));
  const compiler = path.join(ROOT, "node_modules", "typescript", "bin", "tsc");
  try {
    execFileSync(process.execPath, [compiler, "-p", folder], { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  } catch (error) {
    throw new Error((error as { stdout?: string }).stdout ?? String(error));
  }
}
