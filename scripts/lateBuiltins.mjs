// Node's modules that the language server library asks for when it loads, and needs only for what a server of ours does at most later
// (pipes with random names, processes of its own). Loading them is a fifth of the start, so the bundle asks when they are used.
const LATE = /^(?:node:)?(?:crypto|child_process)$/;

/** @type {import("esbuild").Plugin} */
export const lateBuiltins = {
  name: "late builtins",
  setup: (build) => {
    build.onResolve({ filter: LATE }, ({ path, namespace }) =>
      namespace === "late" ? { path, external: true } : { path, namespace: "late" },
    );
    build.onLoad({ filter: /.*/, namespace: "late" }, ({ path }) => ({
      contents: `module.exports = new Proxy({}, { get: (_, name) => require(${JSON.stringify(path)})[name] });`,
    }));
  },
};
