/** Files that are filled in before a server reads them, and files of a server that is neither Redis nor Valkey. */

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

/** Directives that only KeyDB has (KeyDB 6.3 src/config.cpp): a file with one of them is KeyDB's. */
const KEYDB =
  /^[ \t]*(?:server-threads|server-thread-affinity|active-replica|multi-master|multi-master-no-forward|storage-provider|scratch-file-path|replica-weighting-factor|min-clients-per-thread|force-backlog-disk-reserve|enable-async-commands|allow-write-during-load|db-s3-object|delete-on-evict|active-client-balancing)[ \t]/im;

export function isKeydb(text: string): boolean {
  return KEYDB.test(text);
}
