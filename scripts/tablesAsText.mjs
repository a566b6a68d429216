// The tables of `data/` as texts that are parsed when the bundle loads: V8 reads JSON several times faster than the same as a program.
import { readFileSync } from "node:fs";

/** @type {import("esbuild").Plugin} */
export const tablesAsText = {
  name: "tables as text",
  setup: (build) => {
    build.onLoad({ filter: /[\\/]data[\\/](?:(?:apps|directives|platforms)[\\/])?[\w-]+\.json$/ }, ({ path }) => {
      const text = JSON.stringify(JSON.stringify(JSON.parse(readFileSync(path, "utf8"))));
      return { contents: `export default /* @__PURE__ */ JSON.parse(${text});`, loader: "js" };
    });
  },
};
