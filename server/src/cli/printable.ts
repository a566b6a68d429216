/**
 * Text of files and file names for a terminal: control characters and those that turn the direction of writing are shown
 * as what they are, so that nothing in a checked tree can steer the terminal or a pipeline that reads the output: GitHub's runner
 * takes `##[` for a command wherever it stands.
 */
const UNPRINTABLE = /[\p{Cc}\p{Cf}]/gu;

/** Tabs stay; everything else that is not printed becomes `\u001b`. */
export function printable(text: string): string {
  return text
    .replace(UNPRINTABLE, (character) =>
      character === "\t" ? character : `\\u${character.codePointAt(0)?.toString(16).padStart(4, "0")}`,
    )
    .replaceAll("##[", "##\\u005b");
}

/** The same text in the same width: what is not printed, tabs included, becomes a blank. */
export function blanked(text: string): string {
  return text.replace(UNPRINTABLE, (character) => " ".repeat(character.length));
}

const WIDE =
  /\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u;

/** Columns of a terminal that a text takes: wide letters two, combining marks none. */
export function terminalColumns(text: string): number {
  let columns = 0;
  for (const character of text) columns += WIDE.test(character) ? 2 : /\p{M}/u.test(character) ? 0 : 1;
  return columns;
}
