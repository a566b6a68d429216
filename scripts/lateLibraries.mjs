// Libraries that most runs have no work for stand in the bundle and run when they are first called, not when the bundle loads.
// What of them is used, by the name under which it is imported:
/** @type {Record<string, string>} */
const LATE = {
  "dockerfile-ast": `export const DockerfileParser = {
    parse: (text) => require("dockerfile-ast").DockerfileParser.parse(text),
  };`,
  "picomatch/posix": `export default (globs, options) => require("picomatch/posix")(globs, options);`,
};

/** @type {import("esbuild").Plugin} */
export const lateLibraries = {
  name: "late libraries",
  setup: (build) => {
    build.onResolve({ filter: /^(?:dockerfile-ast|picomatch\/posix)$/ }, ({ path, namespace }) =>
      namespace === "late-library" ? undefined : { path, namespace: "late-library" },
    );
    build.onLoad({ filter: /.*/, namespace: "late-library" }, ({ path }) => ({
      contents: LATE[path] ?? "",
      resolveDir: import.meta.dirname,
    }));
  },
};
