// Reads one answer of the endoflife.date API v1, `GET /api/v1/products/<name>/`.
// Shape and meaning were read in endoflife-date/endoflife.date at a70eca337600 (2026-08-22): api_v1/openapi.yml (1.2.1),
// _plugins/generate-api-v1.rb, and _plugins/product-data-enricher.rb, which makes the pair isEol and eolFrom of one value:
// a date becomes (today > date, date), a plain true or false becomes (value, null). isEoas and eoasFrom likewise; both
// are absent when the product has no phase of active support.
import { isRealDay } from "./rules/common.ts";
import type { End, ReleaseFacts } from "./types.ts";

export interface Answer {
  /** The day (UTC) on which endoflife.date made the answer. */
  readonly asOf: string;
  readonly releases: ReadonlyMap<string, ReleaseFacts>;
}

export type Complain = (message: string) => void;

const MAJOR = "1";

// Fields of a release that say nothing this project tells. A field that is not filed here or read below stops the
// refresh until a person has filed it: the pairs isEoes and isDiscontinued, for one, would change what an end means.
const FILED = new Set(["codename", "label", "isLts", "ltsFrom", "isMaintained", "custom"]);
const READ = new Set(["name", "releaseDate", "isEoas", "eoasFrom", "isEol", "eolFrom", "latest"]);

type Fields = Readonly<Record<string, unknown>>;

/** The answer, or undefined after at least one complaint. */
export function readAnswer(text: string, product: string, complain: Complain): Answer | undefined {
  let complaints = 0;
  const say: Complain = (message) => {
    complaints++;
    complain(`${product}: ${message}`);
  };
  const answer = envelope(text, product, say);
  const releases = new Map<string, ReleaseFacts>();
  for (const value of answer?.releases ?? []) {
    const name = isFields(value) ? value.name : undefined;
    if (!isFields(value) || typeof name !== "string" || !/^\d+(\.\d+)?$/.test(name)) {
      say(`a release has the name ${show(name)}, which is no release line`);
    } else if (releases.has(name)) say(`${name} is there twice`);
    else
      releases.set(
        name,
        release(value, answer?.asOf ?? "", (message) => say(`${name}: ${message}`)),
      );
  }
  return answer && complaints === 0 ? { asOf: answer.asOf, releases } : undefined;
}

function envelope(
  text: string,
  product: string,
  say: Complain,
): { readonly asOf: string; readonly releases: readonly unknown[] } | undefined {
  const answer = parse(text);
  if (!isFields(answer)) return void say("the answer is no JSON object");
  const { schema_version, generated_at, result } = answer;
  if (typeof schema_version !== "string" || schema_version.split(".")[0] !== MAJOR) {
    return void say(`schema_version is ${show(schema_version)}, this script reads ${MAJOR}.x`);
  }
  const time =
    typeof generated_at === "string" && /^\d{4}-\d\d-\d\dT/.test(generated_at) ? Date.parse(generated_at) : Number.NaN;
  if (Number.isNaN(time)) return void say(`generated_at is ${show(generated_at)}, which is no time`);
  if (!isFields(result) || !Array.isArray(result.releases)) return void say("the answer holds no releases");
  if (result.name !== product) return void say(`the answer is about ${show(result.name)}`);
  return { asOf: new Date(time).toISOString().slice(0, 10), releases: result.releases };
}

function release(fields: Fields, asOf: string, say: Complain): ReleaseFacts {
  for (const key of Object.keys(fields)) {
    if (!READ.has(key) && !FILED.has(key))
      say(`the field ${show(key)} (${show(fields[key])}) is new: file it as read or not read`);
  }
  const latest: Fields = isFields(fields.latest) ? fields.latest : {};
  const { name: version, date } = latest;
  if (typeof version !== "string" || !/^\d+(\.\d+){1,2}$/.test(version))
    say(`latest is ${show(version)}, which is no version`);
  const hasActiveSupport = "isEoas" in fields || "eoasFrom" in fields;
  return {
    releaseDate: day(fields.releaseDate, "releaseDate", say),
    activeSupportEnds: hasActiveSupport ? end(fields, "isEoas", "eoasFrom", asOf, say) : null,
    endOfLife: end(fields, "isEol", "eolFrom", asOf, say),
    latest: typeof version === "string" ? version : "",
    latestReleaseDate: date === null ? null : day(date, "latest.date", say),
  };
}

function end(fields: Fields, flag: string, date: string, asOf: string, say: Complain): End {
  const { [flag]: over, [date]: from } = fields;
  if (typeof over !== "boolean") {
    say(`${flag} is ${show(over)}, not true or false`);
    return null;
  }
  if (from === null) return over;
  const known = day(from, date, say);
  // One day of play, because their "today" need not be ours.
  if (known !== null && (over ? known > asOf : known < dayBefore(asOf))) {
    say(`${flag} is ${over} though ${date} is ${known} and the answer is of ${asOf}`);
  }
  return known;
}

function day(value: unknown, field: string, say: Complain): string | null {
  if (typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value) && isRealDay(value)) return value;
  say(`${field} is ${show(value)}, which is no date`);
  return null;
}

function dayBefore(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A stranger's value for a terminal: one line, no control characters, not long. */
function show(value: unknown): string {
  const text = JSON.stringify(value) ?? "missing";
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
