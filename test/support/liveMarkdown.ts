// What an editor would make of Markdown: nothing in it may act, load or stand as HTML, whoever wrote the words in it.

/** Live constructs outside of code, by name. Those that we write ourselves are `[text](https://…)`, tables, and emphasis. */
export function liveConstructs(markdown: string): string[] {
  const text = markdown
    .replace(/^(`{3,}|~{3,})[^\n]*\n[\s\S]*?(?:^\1[`~]*\s*$|$(?![\s\S]))/gm, "\n")
    .replace(/(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, " ")
    .replace(/\\[!-/:-@[-`{-~]/g, " ");
  const found: string[] = [];
  if (/\]\(\s*<?\s*(?!https:\/\/|cache-compat-rule:|file:\/\/\/)[^)\s]/.test(text))
    found.push("a link to something else than a page");
  if (/!\[/.test(text)) found.push("an image");
  if (/<\/?[a-z!?]/i.test(text)) found.push("HTML");
  if (/<[a-z][a-z0-9+.-]*:/i.test(text)) found.push("an automatic link");
  if (/\$\([a-z-]+\)/.test(text)) found.push("an icon");
  return found;
}
