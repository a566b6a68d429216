/** The formats of `--format`. */
import process from "node:process";
import type { Printer, Printing } from "./format.ts";
import { githubPrinter } from "./github.ts";
import { jsonPrinter } from "./json.ts";
import { junitPrinter } from "./junit.ts";
import { sarifPrinter } from "./sarif.ts";
import { textPrinter } from "./text.ts";

export const FORMATS = ["text", "json", "sarif", "github", "junit"] as const;
export type Format = (typeof FORMATS)[number];

const PRINTERS: Readonly<Record<Format, (printing: Printing) => Printer>> = {
  text: textPrinter,
  json: jsonPrinter,
  sarif: (printing) => sarifPrinter(printing, process.env.GITHUB_WORKSPACE),
  github: (printing) => githubPrinter(printing, process.env.GITHUB_WORKSPACE),
  junit: junitPrinter,
};

export function printerOf(format: Format, printing: Printing): Printer {
  return PRINTERS[format](printing);
}
