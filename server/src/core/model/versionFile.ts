import { type Span, spanOf } from "../text.ts";

/**
 * The version in a Ruby file such as `lib/mastodon/version.rb`, and where it stands. `number` finds its parts (groups part and
 * n), `prerelease` what follows the dash (group pre). `null` where major or minor is missing.
 */
export function readVersionFile(
  text: string,
  number: string,
  prerelease: string,
): { version: string; span: Span } | null {
  const numbers = new Map<string, { value: string; start: number; end: number }>();
  for (const match of text.matchAll(new RegExp(number, "g"))) {
    const { part, n } = match.groups ?? {};
    if (part !== undefined && n !== undefined && !numbers.has(part))
      numbers.set(part, { value: n, start: match.index, end: match.index + match[0].length });
  }
  const major = numbers.get("major");
  const minor = numbers.get("minor");
  if (major === undefined || minor === undefined) return null;
  const patch = numbers.get("patch");
  const pre = new RegExp(prerelease).exec(text)?.groups?.pre ?? "";
  const version = `${major.value}.${minor.value}.${patch?.value ?? "0"}${pre === "" ? "" : `-${pre}`}`;
  const lineEnd = text.indexOf("\n", minor.start);
  return { version, span: spanOf(minor.start, lineEnd < 0 ? minor.end : Math.min(lineEnd, minor.end)) };
}
