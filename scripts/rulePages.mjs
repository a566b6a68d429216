// The pages of the rules as a module of the library's bundle: `import pages from "rule-pages"`.
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const FOLDER = fileURLToPath(new URL("../data/rules/", import.meta.url));

/** @type {import("esbuild").Plugin} */
export const rulePages = {
  name: "rule-pages",
  setup(build) {
    build.onResolve({ filter: /^rule-pages$/ }, ({ path }) => ({ path, namespace: "rule-pages" }));
    build.onLoad({ filter: /.*/, namespace: "rule-pages" }, () => ({
      contents: `export default ${JSON.stringify(readPages())};`,
    }));
  },
};

/** By rule id; comments, which say how the examples are run, are no part of a page. */
export function readPages() {
  const names = readdirSync(FOLDER, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".md"));
  return Object.fromEntries(
    names.map((name) => {
      const id = name.slice(0, -".md".length).replaceAll("\\", "/");
      return [id, readFileSync(`${FOLDER}${name}`, "utf8").replace(/^<!--.*-->\n/gm, "")];
    }),
  );
}
