/** JSON that steers neither a terminal nor a pipeline: what `printable` would not print, JSON writes as `\u0085`, too. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}]|(?<=##)\[/gu;

/** `indent`: what stands in front of every line but the first. */
export function toJson(value: unknown, spaces?: number, indent = ""): string {
  // No line break stands inside of a JSON text: each one is the layout's.
  return JSON.stringify(value, null, spaces)
    .split("\n")
    .map((line) => line.replace(UNPRINTABLE, escaped))
    .join(`\n${indent}`);
}

function escaped(character: string): string {
  return character
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
}
