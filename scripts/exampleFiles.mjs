// The example workspace as a module of the client's bundles: `import files from "example-files"`. In the package its `.env` files could not
// travel as files, and in a browser nobody could copy them.
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const FOLDER = fileURLToPath(new URL("../examples/mastodon/", import.meta.url));

/** @type {import("esbuild").Plugin} */
export const exampleFiles = {
  name: "example-files",
  setup(build) {
    build.onResolve({ filter: /^example-files$/ }, ({ path }) => ({ path, namespace: "example-files" }));
    build.onLoad({ filter: /.*/, namespace: "example-files" }, () => ({
      contents: `export default ${JSON.stringify(readExample())};`,
    }));
  },
};

/** Text by path below the folder, with `/`. */
function readExample() {
  const files = readdirSync(FOLDER, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map((file) => {
      const path = join(file.parentPath, file.name);
      return [relative(FOLDER, path).replaceAll("\\", "/"), readFileSync(path, "utf8")];
    }),
  );
}
