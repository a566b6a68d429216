import picomatch from "picomatch/posix";

/**
 * True when a path, seen from the folder that the globs start from, or anything above it, fits one of them: `old`, `old/`, `**\/*.yml`
 * and `deploy/*.yml` work as in a `.gitignore`.
 */
export function matchesGlob(globs: readonly string[], path: string): boolean {
  const patterns = globs.flatMap((glob) => {
    const bare = glob.replace(/\/$/, "");
    return [bare, `**/${bare}`, `${bare}/**`, `**/${bare}/**`];
  });
  return picomatch(patterns, { dot: true })(path);
}
