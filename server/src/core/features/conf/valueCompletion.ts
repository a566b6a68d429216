/** What may stand behind the name of a directive, word by word. */
import type { ConfChecker, ConfLine, DirectiveChoice, SentinelStatement, Target } from "../../conf/index.ts";

export interface Choice {
  readonly value: string;
  readonly detail: string;
  readonly documentation: string;
}

export interface ValueQuestion {
  /** The directive, in lower case. */
  readonly name: string;
  /** Words between it and the one that is typed. */
  readonly args: readonly string[];
  readonly typed: string;
}

const UNITS = ["mb", "gb", "kb"] as const;
/** Classes of clients, and how many words a class takes. */
const CLIENT_CLASSES = ["normal", "replica", "pubsub"];
const CLASS_WORDS = 4;

export function valuesFor(
  question: ValueQuestion,
  conf: ConfChecker,
  target: Target | null,
  lines: () => readonly ConfLine[],
): readonly Choice[] {
  const { name, args, typed } = question;
  if (name === "sentinel") return sentinelChoices(question, conf, target, lines);
  if (name === "user") return args.length === 0 ? [] : aclChoices(typed, conf, target);
  if (name === "rename-command") return renameChoices(args, conf, target);
  const choice = conf.directives(target).find((candidate) => candidate.name === name);
  if (choice === undefined) return [];
  const { summary: documentation } = choice;
  if (name === "client-output-buffer-limit") {
    const isClass = args.length % CLASS_WORDS === 0;
    return isClass ? CLIENT_CLASSES.map((value) => ({ value, detail: "class of clients", documentation })) : [];
  }
  if (choice.kind === "enum-set") return plain(choice, choice.values).filter(({ value }) => !args.includes(value));
  return args.length > 0 ? [] : singleChoices(choice, typed);
}

function plain({ default: usual, summary }: DirectiveChoice, values: readonly string[]): Choice[] {
  return values.map((value) => ({ value, detail: value === usual ? "default" : "", documentation: summary }));
}

function singleChoices(choice: DirectiveChoice, typed: string): Choice[] {
  if (choice.values.length > 0) return plain(choice, choice.values);
  const number = /^\d+/.exec(typed)?.[0];
  if (/memory/.test(choice.kind) && number !== undefined)
    return UNITS.map((unit) => ({
      value: number + unit,
      detail: "powers of 1024",
      documentation: choice.summary,
    }));
  const usual = choice.default;
  return usual === null || usual === "" || usual.includes(" ") ? [] : plain(choice, [usual]);
}

function sentinelChoices(
  { args }: ValueQuestion,
  conf: ConfChecker,
  target: Target | null,
  lines: () => readonly ConfLine[],
): readonly Choice[] {
  const statements = conf.sentinelStatements(target);
  const [name, ...rest] = args;
  if (name === undefined)
    return statements.map(({ name: value, syntax, summary }) => ({ value, detail: syntax, documentation: summary }));
  const statement = statements.find((one) => one.name === name.toLowerCase());
  if (statement === undefined) return [];
  if (statement.needsMaster === true && rest.length === 0) return masters(statement, lines());
  return statement.values === "yes or no" && rest.length === 0
    ? ["yes", "no"].map((value) => ({ value, detail: "", documentation: statement.summary }))
    : [];
}

/** Names that `sentinel monitor` lines of the file give. */
function masters({ summary }: SentinelStatement, lines: readonly ConfLine[]): Choice[] {
  const names = lines.flatMap(({ words: [first, second, third] }) =>
    first?.value.toLowerCase() === "sentinel" && second?.value.toLowerCase() === "monitor" && third !== undefined
      ? [third.value]
      : [],
  );
  return [...new Set(names)].map((value) => ({ value, detail: "monitored", documentation: summary }));
}

function renameChoices(args: readonly string[], conf: ConfChecker, target: Target | null): readonly Choice[] {
  const commands = conf.names(target)?.commands ?? new Set();
  if (args.length === 0) return [...commands].map((value) => ({ value, detail: "command", documentation: "" }));
  return args.length === 1
    ? [{ value: '""', detail: "nobody can call it", documentation: "An empty name takes the command away." }]
    : [];
}

const ACL_RULES: readonly (readonly [string, string])[] = [
  ["on", "may log in"],
  ["off", "may not log in"],
  ["~*", "all keys"],
  ["&*", "all channels"],
  ["+@all", "all commands"],
  ["-@all", "no commands"],
  ["+@read", "commands that read"],
  ["-@dangerous", "no dangerous commands"],
  ["nopass", "any password"],
  ["resetpass", "no password any more"],
  ["allkeys", "all keys"],
  ["resetkeys", "no keys any more"],
  ["allchannels", "all channels"],
  ["resetchannels", "no channels any more"],
  ["allcommands", "all commands"],
  ["nocommands", "no commands"],
  ["reset", "back to the start"],
];

/** Rules of a user; behind + and - commands and their categories. */
function aclChoices(typed: string, conf: ConfChecker, target: Target | null): readonly Choice[] {
  const names = conf.names(target);
  const sign = /^[+-]/.exec(typed)?.[0];
  if (names === null || sign === undefined)
    return ACL_RULES.map(([value, detail]) => ({ value, detail, documentation: "" }));
  const categories = [...names.aclCategories].map((name) => `@${name}`);
  const offered = typed[1] === "@" ? categories : [...categories, ...names.aclCommands];
  return offered.map((name) => ({
    value: sign + name,
    detail: name.startsWith("@") ? "category" : "command",
    documentation: "",
  }));
}
