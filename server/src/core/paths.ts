/**
 * Paths inside the core are absolute, use `/`, and may carry a prefix such as `vscode-remote://host` in front of the
 * first `/`: the adapters choose the prefix, the core only walks segments behind it.
 */

function split(path: string): { prefix: string; rest: string } {
  const scheme = /^[A-Za-z][\w+.-]*:\/\/[^/]*/.exec(path)?.[0] ?? "";
  return { prefix: scheme, rest: path.slice(scheme.length) };
}

/** Resolves `.` and `..`; never climbs above the root. */
export function normalisePath(path: string): string {
  const { prefix, rest } = split(path);
  const out: string[] = [];
  for (const part of rest.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === "..") out.pop();
    else out.push(part);
  }
  return `${prefix}/${out.join("/")}`;
}

export function dirname(path: string): string {
  const { prefix, rest } = split(path);
  const slash = rest.lastIndexOf("/");
  return slash <= 0 ? `${prefix}/` : prefix + rest.slice(0, slash);
}

export function basename(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** `relative` may be absolute (then the prefix of `folder` is kept), and may use `\`, as Compose on Windows does. */
export function resolvePath(folder: string, relative: string): string {
  const forward = relative.replace(/\\/g, "/");
  if (forward.startsWith("/")) return normalisePath(split(folder).prefix + forward);
  return normalisePath(`${folder}/${forward}`);
}

/** True for `folder` itself and everything below it. */
export function isInside(folder: string, path: string): boolean {
  const root = folder.endsWith("/") ? folder : `${folder}/`;
  return path === folder || path.startsWith(root);
}

/** `path` as seen from `folder`, climbing with `..` where it must; unchanged where the prefixes differ. */
export function relativePath(folder: string, path: string): string {
  const from = split(folder);
  const to = split(path);
  if (from.prefix !== to.prefix) return path;
  const a = from.rest.split("/").filter(Boolean);
  const b = to.rest.split("/").filter(Boolean);
  let common = 0;
  while (common < a.length && common < b.length && a[common] === b[common]) common++;
  return [...a.slice(common).map(() => ".."), ...b.slice(common)].join("/") || ".";
}
