/** JSON that steers neither a terminal nor a pipeline: what `printable` would not print, JSON writes as `\u0085`, too. */
const UNPRINTABLE = /[\u007f-\u009f\p{Cf}]|(?<=##)\[/gu;

/** `indent`: what stands in front of every line but the first. */
export function toJson(value: unknown, spaces?: number, indent = ""): string {
  // The first control characters are escaped by JSON itself: a line break that stands there is the layout's.
  const json = JSON.stringify(value, null, spaces).replace(UNPRINTABLE, escaped);
  return indent === "" ? json : json.replaceAll("\n", `\n${indent}`);
}

function escaped(character: string): string {
  return character
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
}
