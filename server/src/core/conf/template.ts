/** Files that are filled in before a server reads them, and files of a server that is neither Redis nor Valkey. */

import keydbTable from "../../../../data/directives/keydb.json" with { type: "json" };

/** Something stands here that a program will replace: `{{ x }}`, `%x%`, `@X@`, `__X__`, `${X}`, `$X`, `<x>`, `#{x}`. */
const PLACEHOLDER =
  /\{\{|\{%|<%|#\{|%[A-Za-z][\w-]*%|@[A-Za-z_][\w-]*@|__[A-Za-z]\w*__|\$[({A-Za-z_]|<[A-Za-z][\w -]*>/;
/** Blocks that take lines in or out: no line of such a file stands for itself. */
const BLOCK = /\{%[-+]?[ \t]*\w|<%|\{\{[-~#/]?[ \t]*(?:if|range|end|with|else|each|#)/;

export function holdsPlaceholder(line: string): boolean {
  return PLACEHOLDER.test(line);
}

export function isTemplate(text: string): boolean {
  return BLOCK.test(text);
}

/** Directives that only KeyDB has: a file with one of them is KeyDB's. `scratch-file-path` belongs to builds of KeyDB 5. */
const ONLY_KEYDB = [
  "scratch-file-path",
  ...keydbTable.directives.flatMap(({ name, section }) => (section === "KeyDB" ? [name] : [])),
];
const KEYDB = new RegExp(`^[ \\t]*(?:${ONLY_KEYDB.join("|")})[ \\t]`, "im");

export function isKeydb(text: string): boolean {
  return KEYDB.test(text);
}
