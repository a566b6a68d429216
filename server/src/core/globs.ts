import picomatch from "picomatch/posix";

/** No path is longer, so a longer pattern fits none; the library throws at one of 65,536. */
const MAX_PATTERN_LENGTH = 4096;

/**
 * True when a path, seen from the folder that the globs start from, or anything above it, fits one of them: `old`, `old/`, `**\/*.yml`
 * and `deploy/*.yml` work as in a `.gitignore`.
 */
export function matchesGlob(globs: readonly string[], path: string): boolean {
  const patterns = globs
    .filter(({ length }) => length <= MAX_PATTERN_LENGTH)
    .flatMap((glob) => {
      const bare = glob.replace(/\/$/, "");
      return [bare, `**/${bare}`, `${bare}/**`, `**/${bare}/**`];
    });
  return picomatch(patterns, { dot: true })(path);
}

/** True when the name of a file fits a pattern as the shell has them; hidden files only fit what begins with a dot. */
export function matchesName(pattern: string, name: string): boolean {
  if (pattern.length > MAX_PATTERN_LENGTH) return false;
  return picomatch(pattern, { nobrace: true, noextglob: true, nonegate: true })(name);
}
