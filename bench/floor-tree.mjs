/**
 * The floor of the command line: lists a tree, reads what must be read, and with `parse` parses its YAML. No rules, no
 * output; what .gitignore lists is known beforehand. `node floor-tree.mjs read|parse FOLDER` prints how many files it read.
 */
import { readdirSync, readFileSync } from "node:fs";
import process from "node:process";

const [mode, root] = process.argv.slice(2);
const SKIPPED = /^(?:\.git|node_modules|dist|tmp-.*)$/;
const WANTED =
  /\.ya?ml$|^dockerfile(?:\..+)?$|\.dockerfile$|^containerfile$|^\.env(?:\..+)?$|\.env$|^(?:redis|valkey|sentinel)(?:-.+)?\.conf$/i;

const found = [];
const walk = (folder) => {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      if (!SKIPPED.test(entry.name)) walk(path);
    } else if (WANTED.test(entry.name)) found.push(path);
  }
};
walk(root);
const texts = found.map((path) => [path, readFileSync(path, "utf8")]);
if (mode === "parse") {
  const { parseAllDocuments } = await import("yaml");
  for (const [path, text] of texts)
    if (/\.ya?ml$/i.test(path)) parseAllDocuments(text, { schema: "failsafe", uniqueKeys: false, prettyErrors: false });
}
console.log(texts.length);
