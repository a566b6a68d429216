// Commands to GitHub's runner as it reads them: written after actions/runner, `src/Runner.Common/ActionCommand.cs`.

export interface RunnerCommand {
  readonly command: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

const COMMANDS = [
  "error",
  "warning",
  "notice",
  "debug",
  "group",
  "endgroup",
  "add-mask",
  "stop-commands",
  "set-output",
];
const PROPERTY: readonly (readonly [string, string])[] = [
  ["%0D", "\r"],
  ["%0A", "\n"],
  ["%3A", ":"],
  ["%2C", ","],
  ["%25", "%"],
];
const DATA = PROPERTY.filter(([, token]) => /[\r\n%]/.test(token));

function unescaped(text: string, mappings: typeof PROPERTY): string {
  return mappings.reduce((result, [escaped, token]) => result.replaceAll(escaped, token), text);
}

/** `null` for a line that is no command. */
export function runnerCommand(line: string): RunnerCommand | null {
  const message = line.trimStart();
  const end = message.startsWith("::") ? message.indexOf("::", 2) : -1;
  if (end < 0) return olderCommand(line);
  const info = message.slice(2, end);
  const blank = info.indexOf(" ");
  const command = blank < 0 ? info : info.slice(0, blank);
  if (!COMMANDS.includes(command)) return olderCommand(line);
  const properties: Record<string, string> = {};
  for (const property of blank < 0
    ? []
    : info
        .slice(blank + 1)
        .trim()
        .split(",")) {
    const [key = "", ...value] = property.split("=");
    if (value.join("=") !== "") properties[key] = unescaped(value.join("="), PROPERTY);
  }
  return { command, properties, data: unescaped(message.slice(end + 2), DATA) };
}

/** The form before: `##[command]`, wherever it stands in the line. */
function olderCommand(line: string): RunnerCommand | null {
  const [, command = "", data = ""] = /##\[([^\s\]]*)[^\]]*\](.*)/.exec(line) ?? [];
  return COMMANDS.includes(command) ? { command, properties: {}, data } : null;
}
