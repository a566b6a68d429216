// The command line of a server. Redis 7.2 src/server.c: main.
import { toBytes } from "./bytes.ts";
import type { ServerVersion } from "./target.ts";
import { isFrom } from "./target.ts";
import { splitWords } from "./words.ts";

/** What the server makes of its arguments. */
export interface CommandLine {
  /** Path of the configuration file, or null. */
  readonly file: string | null;
  readonly readsStandardInput: boolean;
  readonly isSentinel: boolean;
  /** Lines that are put behind the file; `null` where only a version or a help text is printed. */
  readonly options: OptionText | null;
}

/** Options as the server writes them down for its parser, and which argument each part came from. */
export interface OptionText {
  readonly text: string;
  readonly parts: readonly { readonly start: number; readonly end: number; readonly argument: number }[];
}

const ONLY_ALONE = new Set(["-v", "--version", "-h", "--help"]);

/** @param args what follows the name of the program */
export function readCommandLine(args: readonly string[], version: ServerVersion): CommandLine {
  const [first] = args;
  const isSentinel = args.includes("--sentinel");
  const answers =
    (args.length === 1 && ONLY_ALONE.has(first ?? "")) || first === "--test-memory" || first === "--check-system";
  if (answers) return { file: null, readsStandardInput: false, isSentinel, options: null };
  // 6.0 takes all that does not begin with -- as the file; later versions what does not begin with -.
  const isFile = first !== undefined && !first.startsWith(version.line === "6.0" ? "--" : "-");
  const hasDash = first === "-" || args.at(-1) === "-";
  const file = isFile && first !== "-" ? first : null;
  const skipped = isFile ? 1 : 0;
  return {
    file,
    readsStandardInput: hasDash,
    isSentinel,
    options: writeOptions(args, skipped, version),
  };
}

function writeOptions(args: readonly string[], from: number, version: ServerVersion): OptionText {
  // 7.0.1 began to take the argument behind a bare name as its value, whatever it looks like.
  const takesAnyValue = isFrom(version, { redis: "7.0", valkey: "7.2" });
  const parts: { start: number; end: number; argument: number }[] = [];
  let text = "";
  let mayBeName = true;
  const put = (piece: string, argument: number): void => {
    parts.push({ start: text.length, end: text.length + piece.length, argument });
    text += piece;
  };
  for (let i = from; i < args.length; i++) {
    const argument = args[i] as string;
    const isDash = argument === "-" && version.line !== "6.0" && (i === 0 || i === args.length - 1);
    if (isDash) continue;
    if (!(mayBeName && argument.startsWith("--"))) {
      put(quoted(argument, version), i);
      text += " ";
      mayBeName = true;
      continue;
    }
    if (!takesAnyValue && argument === "--check-rdb") continue;
    if (text !== "") text += "\n";
    put(argument.slice(2), i);
    text += " ";
    if (takesAnyValue) mayBeName = !isBareName(argument) || closesAlone(args, i, put);
  }
  return { text, parts };
}

function isBareName(argument: string): boolean {
  const { words, broken } = splitWords(argument, 0, argument.length, "strict");
  return broken === null && words.length === 1;
}

/** `--save` and `--sentinel` may stand without a value before the next option or at the end. */
function closesAlone(args: readonly string[], index: number, put: (piece: string, argument: number) => void): boolean {
  const name = (args[index] as string).toLowerCase();
  const next = args[index + 1];
  const isAlone = next === undefined || next.startsWith("--");
  if (name === "--save" && isAlone) put('""', index);
  return (name === "--save" || name === "--sentinel") && next?.startsWith("--") === true;
}

const ESCAPED: Readonly<Record<string, string>> = {
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\x07": "\\a",
  "\b": "\\b",
  "\\": "\\\\",
  '"': '\\"',
};

/** Redis 7.2 src/sds.c: sdscatrepr. Valkey 8.1 up to some patch release forgot the quote. */
function quoted(argument: string, version: ServerVersion): string {
  const forgets = isFrom(version, { valkey: "8.1" }) && !isFrom(version, { valkey: "9.0" });
  let text = "";
  for (const byte of toBytes(argument)) {
    if (forgets && byte === '"') text += byte;
    else
      text +=
        ESCAPED[byte] ?? (byte >= " " && byte <= "~" ? byte : `\\x${byte.charCodeAt(0).toString(16).padStart(2, "0")}`);
  }
  return `"${text}"`;
}

/** The argument at a place of the option text. */
export function argumentAt(options: OptionText, offset: number): number | null {
  return options.parts.find(({ start, end }) => start <= offset && offset < Math.max(end, start + 1))?.argument ?? null;
}
