/** Faults of our own, as they may be told: what an error says may repeat the file, so only its kind and the places in the program are. */

const MOST_PLACES = 5;
const PLACE = /^\s+at (?:.*[\\/])?([^\\/\n]*)$/;

/** `TypeError at check (server.js:1:2) at …`. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return "something that is no error was thrown";
  const { code, syscall } = error as { code?: unknown; syscall?: unknown };
  if (typeof code === "string" && typeof syscall === "string") return `${code} at ${syscall}`;
  const name = /^[A-Z][A-Za-z]{0,30}Error$/.test(error.name) ? error.name : "Error";
  // The message comes first and may have any number of lines, also such as look like places.
  const stack = error.stack ?? "";
  const at = stack.indexOf(error.message);
  const places = (at < 0 ? stack : stack.slice(at + error.message.length))
    .split("\n")
    .flatMap((line) => PLACE.exec(line)?.[1] ?? [])
    .slice(0, MOST_PLACES);
  return [name, ...places.map((place) => `at ${place.replace(/[()]/g, "")}`)].join(" ");
}
