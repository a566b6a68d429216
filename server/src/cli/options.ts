/** The command line: what it may say, read once, with one line of help for what it must not say. */
import { parseArgs } from "node:util";
import { type Checker, SETTINGS, type SettingsLayer } from "../core/index.ts";
import { DATA_HELP, type DataOptions, readDataOptions } from "./data.ts";
import { FORMATS, type Format } from "./formats/index.ts";
import { UsageError } from "./usageError.ts";

export interface CheckOptions {
  readonly command: "check";
  readonly paths: readonly string[];
  readonly flags: SettingsLayer;
  readonly format: Format;
  readonly fix: "no" | "write" | "dry-run";
  readonly maxWarnings: number | null;
  readonly config: string | null;
  readonly stdinFilename: string | null;
}

export type Options =
  | CheckOptions
  | DataOptions
  | { readonly command: "help" | "list-rules" | "lsp" }
  /** `asOf`: the day to tell the age of the data on; `null` = today. */
  | { readonly command: "version"; readonly asOf: string | null }
  | { readonly command: "explain"; readonly rule: string };

const PLAIN_OPTIONS = {
  format: { type: "string" },
  fix: { type: "boolean" },
  "fix-dry-run": { type: "boolean" },
  "max-warnings": { type: "string" },
  config: { type: "string" },
  "stdin-filename": { type: "string" },
  "list-rules": { type: "boolean" },
  explain: { type: "string" },
  version: { type: "boolean", short: "v" },
  help: { type: "boolean", short: "h" },
} as const;

export const HELP = `Usage: cache-compat check [PATH...]     check files and folders (default: this folder)
       cache-compat lsp --stdio         start the language server
${DATA_HELP}

${SETTINGS.map((setting) => `  --${`${setting.flag} ${setting.placeholder}`.padEnd(34)} ${setting.description.replaceAll("`", "")}${setting.repeatable ? " May be repeated." : ""}`).join("\n")}

  --format ${FORMATS.join("|").padEnd(27)} Output (default text).
  --fix                                Apply what can be applied unseen; the rest is printed.
  --fix-dry-run                        Print what --fix would change, as a patch for git apply.
  --max-warnings N                     Exit with 1 when there are more warnings.
  --config FILE                        Use this project file instead of the nearest cache-compat.json.
  --stdin-filename PATH                Check the text on standard input as if it stood in PATH.
  --list-rules                         Print the rules, one a line.
  --explain RULE                       Print the page of a rule.
  --version, --help

Exit status: 0 no errors; 1 errors, or more warnings than allowed; 2 wrong usage or an unreadable path.
`;

/** Takes the arguments behind the program's name; throws `UsageError`. */
export function readOptions(args: readonly string[], vocabulary: Checker["vocabulary"]): Options {
  if (args[0] === "lsp") return { command: "lsp" };
  if (args[0] === "data") return readDataOptions(args.slice(1));
  const options: Record<string, { type: "string" | "boolean"; multiple?: boolean; short?: string }> = {
    ...PLAIN_OPTIONS,
  };
  for (const setting of SETTINGS) options[setting.flag] = { type: "string", multiple: true };
  let parsed: { values: Record<string, unknown>; positionals: string[] };
  try {
    parsed = parseArgs({ args: [...args], options, allowPositionals: true, strict: true }) as typeof parsed;
  } catch (error) {
    const message = error instanceof Error ? (error.message.split(/\.\s|\n/)[0] ?? "") : String(error);
    throw new UsageError(`${message}. \`cache-compat --help\` lists the options.`);
  }
  const { values, positionals } = parsed;
  if (values.help === true) return { command: "help" };
  if (values.version === true) return { command: "version", asOf: readFlags(values, vocabulary).asOf ?? null };
  if (values["list-rules"] === true) return { command: "list-rules" };
  if (typeof values.explain === "string") return { command: "explain", rule: values.explain };
  if (positionals[0] === undefined) return { command: "help" };
  if (positionals[0] !== "check")
    throw new UsageError(`There is no command "${positionals[0]}". Write: cache-compat check [PATH...]`);
  return readCheck(values, positionals.slice(1), vocabulary);
}

/** The flags of the table of settings. */
function readFlags(values: Record<string, unknown>, vocabulary: Checker["vocabulary"]): SettingsLayer {
  const flags: Record<string, unknown> = {};
  for (const setting of SETTINGS) {
    const given = values[setting.flag] as string[] | undefined;
    if (given === undefined) continue;
    const { value, problems } = setting.readFlag(given, vocabulary);
    const problem = problems[0];
    if (problem !== undefined)
      throw new UsageError(
        `--${setting.flag} ${given.join(" ")}: ${problem.message}${setting.repeatable ? ` Form: --${setting.flag} ${setting.placeholder}` : ""}`,
      );
    flags[setting.key] = value;
  }
  return flags as SettingsLayer;
}

function readCheck(
  values: Record<string, unknown>,
  paths: readonly string[],
  vocabulary: Checker["vocabulary"],
): CheckOptions {
  const flags = readFlags(values, vocabulary);
  const format = (values.format ?? "text") as Format;
  if (!FORMATS.includes(format))
    throw new UsageError(`--format ${String(values.format)}: write ${FORMATS.join(", ")}.`);
  const maxWarnings = values["max-warnings"] as string | undefined;
  if (maxWarnings !== undefined && !/^\d{1,9}$/.test(maxWarnings))
    throw new UsageError(`--max-warnings ${maxWarnings}: write a number.`);
  const stdinFilename = (values["stdin-filename"] as string | undefined) ?? null;
  if (stdinFilename !== null && paths.length > 0)
    throw new UsageError("--stdin-filename takes its text from standard input: give no other path.");
  const fix = values["fix-dry-run"] === true ? "dry-run" : values.fix === true ? "write" : "no";
  if (stdinFilename !== null && fix === "write")
    throw new UsageError("--fix cannot write to standard input. Write --fix-dry-run to see the changes.");
  return {
    command: "check",
    paths: paths.length === 0 && stdinFilename === null ? ["."] : paths,
    flags,
    format,
    fix,
    maxWarnings: maxWarnings === undefined ? null : Number(maxWarnings),
    config: (values.config as string | undefined) ?? null,
    stdinFilename,
  };
}
