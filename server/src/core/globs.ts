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

/**
 * True when the name of a file fits a pattern of `*`, `?` and `[abc]`, as glob(3) has them; hidden files only fit what begins with a dot. Goes
 * back to the last star only, so that no pattern takes long.
 */
export function matchesName(pattern: string, name: string): boolean {
  if (pattern.length > MAX_PATTERN_LENGTH) return false;
  if (name.startsWith(".") && !pattern.startsWith(".")) return false;
  const parts = pattern.match(/\[[!^]?\]?[^\]]*\]|[\s\S]/g) ?? [];
  let part = 0;
  let at = 0;
  let star = -1;
  let starAt = 0;
  while (at < name.length) {
    const wanted = parts[part];
    if (wanted === "*") {
      star = part++;
      starAt = at;
    } else if (wanted !== undefined && fits(wanted, name.charAt(at))) {
      part++;
      at++;
    } else if (star >= 0) {
      part = star + 1;
      at = ++starAt;
    } else return false;
  }
  return parts.slice(part).every((rest) => rest === "*");
}

function fits(part: string, character: string): boolean {
  if (part === "?" || part === character) return true;
  const [, not, members] = /^\[([!^]?)([\s\S]+)\]$/.exec(part) ?? [];
  if (members === undefined) return false;
  const isMember = [...members].some((member, i) => {
    const last = members[i + 1] === "-" ? members[i + 2] : undefined;
    return member === character || (last !== undefined && member <= character && character <= last);
  });
  return isMember !== (not !== "");
}
