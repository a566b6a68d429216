/**
 * Paths inside the core are absolute, use `/`, and may carry a prefix such as `vscode-remote://host` in front of the
 * first `/`: the adapters choose the prefix, the core only walks segments behind it.
 */

function split(path: string): { prefix: string; rest: string } {
  if (path.startsWith("/")) return { prefix: "", rest: path };
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
  if (path.startsWith("/")) return path.slice(0, path.lastIndexOf("/")) || "/";
  const { prefix, rest } = split(path);
  const slash = rest.lastIndexOf("/");
  return slash <= 0 ? `${prefix}/` : prefix + rest.slice(0, slash);
}

export function basename(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

const PLAIN_NAME = /^(?!\.{1,2}$)[^/\\]+$/;

/** Nothing to resolve in it. */
function isNormal(folder: string): boolean {
  return folder.startsWith("/") && !NOT_NORMAL.test(folder);
}

const NOT_NORMAL = /\/(?:\/|\.{1,2}(?:\/|$))|.\/$/;

/** `relative` may be absolute (then the prefix of `folder` is kept), and may use `\`, as Compose on Windows does. */
export function resolvePath(folder: string, relative: string): string {
  // Mostly the name of a file beside another one.
  if (PLAIN_NAME.test(relative) && isNormal(folder)) return folder === "/" ? `/${relative}` : `${folder}/${relative}`;
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
