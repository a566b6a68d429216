/** JSON that steers neither a terminal nor a pipeline: what `printable` would not print, JSON writes as `\u0085`, too. */
const UNPRINTABLE = /[\u007f-\u009f\p{Cf}]|(?<=##)\[/gu;
/** Without one of these there is none of those; a look for them costs a tenth. */
const UNUSUAL = /[^\n -~]|##\[/;

export function toJson(value: unknown, spaces?: number): string {
  // The first control characters are escaped by JSON itself: a line break that stands there is the layout's.
  const json = JSON.stringify(value, null, spaces);
  return UNUSUAL.test(json) ? json.replace(UNPRINTABLE, escaped) : json;
}

/** The same with two blanks a level, as it stands this deep in a list of lists: so JSON itself indents it. */
export function toJsonAt(depth: number, value: unknown): string {
  let listed = value;
  for (let level = 0; level < depth; level++) listed = [listed];
  // Each level opens with a bracket and a line break, and closes the other way round, with blanks between them.
  return toJson(listed, 2).slice(depth * (depth + 3), -depth * (depth + 1));
}

function escaped(character: string): string {
  return character
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
}
