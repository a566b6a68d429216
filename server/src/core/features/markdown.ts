/** Text for hovers, once: Markdown where the client renders it, else the same words plain. */

export interface RichText {
  readonly markdown: string;
  readonly plain: string;
}

/** Text of a file inside a code span: nothing in it is live. */
export function code(text: string): string {
  const clean = text.replace(/[\r\n`]/g, " ");
  return `\`${clean.length > 200 ? `${clean.slice(0, 200)}…` : clean}\``;
}

/** Words of ours or of a table: characters that mean something in Markdown are taken literally. */
export function words(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|~!]/g, "\\$&");
}

export function link(label: string, address: string): string {
  return /^https:\/\/[^\s()<>]+$/.test(address) ? `[${words(label)}](${address})` : words(label);
}

export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(header), line(header.map(() => "---")), ...rows.map(line)].join("\n");
}

/** What is left of Markdown for clients that show it as it is. */
export function plainOf(markdown: string): string {
  return markdown
    .replace(/\[([^\]]*)\]\((https:[^)]*)\)/g, "$1 ($2)")
    .replace(/^\| (?:--- \| )*--- \|\n/gm, "")
    .replace(/\*\*|`/g, "")
    .replace(/\\([\\`*_{}[\]<>#|~!])/g, "$1");
}

export function richText(sections: readonly string[]): RichText {
  const markdown = sections.filter((section) => section !== "").join("\n\n");
  return { markdown, plain: plainOf(markdown) };
}
