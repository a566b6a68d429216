/** Writes THIRD-PARTY-NOTICES.md: the licence of every library that esbuild has put into a bundle. `--check` only compares. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "..");
const FILE = join(root, "THIRD-PARTY-NOTICES.md");

interface Metafile {
  readonly outputs: Readonly<Record<string, { readonly inputs: Readonly<Record<string, unknown>> }>>;
}

export interface Library {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly source: string;
  /** As the package carries it; `null` where it carries none. */
  readonly text: string | null;
}

/** The libraries in the bundles, each version once, sorted by name. */
export function bundledLibraries(): Library[] {
  const { outputs } = JSON.parse(readFileSync(join(root, "dist/meta.json"), "utf8")) as Metafile;
  const folders = new Set<string>();
  for (const { inputs } of Object.values(outputs))
    for (const input of Object.keys(inputs)) {
      const folder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(input)?.[0];
      if (folder !== undefined) folders.add(folder);
    }
  const libraries = [...folders].map(readLibrary);
  const byId = new Map(libraries.map((library) => [`${library.name}@${library.version}`, library]));
  return [...byId.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, library]) => library);
}

function readLibrary(folder: string): Library {
  const { name, version, license, repository, homepage } = JSON.parse(
    readFileSync(join(root, folder, "package.json"), "utf8"),
  );
  const url: string = (typeof repository === "string" ? repository : repository?.url) ?? homepage ?? "";
  const source = url
    .replace(/^git\+|\.git$/g, "")
    .replace(/^(?:git|ssh):\/\/(?:git@)?/, "https://")
    .replace(/^git@github\.com:/, "https://github.com/")
    .replace(/^(?:github:)?(?=[\w-]+\/[\w.-]+$)/, "https://github.com/");
  const files = readdirSync(join(root, folder)).filter((file) => /^licen[cs]e|^thirdpartynotices/i.test(file));
  const texts = files.sort().map((file) =>
    readFileSync(join(root, folder, file), "utf8")
      .replace(/\r\n?/g, "\n")
      .trim(),
  );
  return { name, version, licence: license ?? "", source, text: texts.length === 0 ? null : texts.join("\n\n") };
}

/** The whole file. */
export function notices(libraries: readonly Library[]): string {
  const sections = libraries.map(({ name, version, licence, source, text }) => {
    const quoted = text === null ? "The package carries no text of its licence." : `\`\`\`\`text\n${text}\n\`\`\`\``;
    return `## ${name} ${version}\n\n${licence}, ${source}\n\n${quoted}\n`;
  });
  return `# Third-party notices\n\nCache Compat is made of its own code and of these libraries. The sources of its tables are named in data/SOURCES.md.\n\n${sections.join("\n")}`;
}

function main(): void {
  const text = notices(bundledLibraries());
  if (existsSync(FILE) && readFileSync(FILE, "utf8") === text) return;
  if (process.argv.includes("--check")) {
    console.error("THIRD-PARTY-NOTICES.md does not tell what is in the bundles: npm run build && npm run notices");
    process.exitCode = 1;
  } else writeFileSync(FILE, text);
}

if (require.main === module) main();
