/** The output described in the README: lines and columns from 1, ends exclusive. */
import { fileResult, type Printer, type Printing } from "./format.ts";
import { toJson, toJsonAt } from "./toJson.ts";

/** Written as `JSON.stringify` would write the whole, file by file. */
export function jsonPrinter(printing: Printing): Printer {
  let hasFiles = false;
  return {
    start: (asOf) => `{\n  "version": 1,\n  "asOf": ${toJson(asOf)},\n  "files": [`,
    file: (report) => {
      if (report.images.length === 0 && report.findings.length === 0) return "";
      const lead = `${hasFiles ? "," : ""}\n    `;
      hasFiles = true;
      return lead + toJsonAt(2, fileResult(report, printing.cwd, printing));
    },
    end: ({ files, counts }) => `${hasFiles ? "\n  " : ""}],\n  "summary": ${toJsonAt(1, { files, ...counts })}\n}\n`,
  };
}
