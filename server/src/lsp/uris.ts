/** URIs of the protocol to paths of the core and back. A path of another scheme keeps `scheme://authority` as its prefix. */

export function uriToPath(uri: string): string {
  const match = /^([A-Za-z][\w+.-]*):(?:\/\/([^/?#]*))?([^?#]*)/.exec(uri);
  if (match === null) return `/${uri}`;
  const [, scheme = "", authority = "", encoded = ""] = match;
  let path = encoded;
  try {
    path = decodeURIComponent(encoded);
  } catch {
    // A stray percent sign: the text stands for itself.
  }
  if (!path.startsWith("/")) path = `/${path}`;
  return scheme.toLowerCase() === "file" && authority === "" ? path : `${scheme}://${authority}${path}`;
}

/** True for paths that are not of this machine's own file system. */
export function hasScheme(path: string): boolean {
  return /^[A-Za-z][\w+.-]*:\/\//.test(path);
}

export function pathToUri(path: string): string {
  const prefix = /^[A-Za-z][\w+.-]*:\/\/[^/]*/.exec(path)?.[0] ?? "file://";
  const rest = path.slice(prefix === "file://" && !path.startsWith("file://") ? 0 : prefix.length);
  return prefix + rest.split("/").map(encode).join("/");
}

/** As editors write it: what encodeURIComponent leaves, RFC 3986 reserves. */
function encode(part: string): string {
  return encodeURIComponent(part).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
