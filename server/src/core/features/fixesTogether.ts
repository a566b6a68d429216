/**
 * Fixes that hold together. Each may be right by itself, and two of them at once bring an error that neither brings alone; so what is
 * applied unseen is tried as a whole, and where it does not hold, those fixes are left out that are to blame.
 */
import type { Finding, TextEdit } from "../finding.ts";
import { editsOf, type Mended } from "./fixAll.ts";

/**
 * What can only be seen when something else is mended: whether the password fits when the host leads somewhere, which driver TLS
 * needs when it is TLS, what the policy of a server does to the app that now reaches it, what another server makes of its command. It
 * was there before, and the fix tells it.
 */
const SEEN_BEHIND = /^(?:connection\/|mastodon\/(?:tls-needs-ruby-driver|evicting-policy)$)/;

/** How often a file is told what. */
export class Tally {
  readonly errors: ReadonlyMap<string, number>;
  readonly #said = new Map<string, number>();

  constructor(path: string, findings: readonly Finding[]) {
    const errors = new Map<string, number>();
    for (const finding of findings) {
      const { rule, severity } = finding;
      const said = saidBy(finding);
      this.#said.set(said, (this.#said.get(said) ?? 0) + 1);
      const isSeenBehind = SEEN_BEHIND.test(rule) || (rule.startsWith("conf/") && /\.ya?ml$/i.test(path));
      if (severity === "error" && !isSeenBehind) errors.set(rule, (errors.get(rule) ?? 0) + 1);
    }
    this.errors = errors;
  }

  times(finding: Finding): number {
    return this.#said.get(saidBy(finding)) ?? 0;
  }

  /** There is no error that was not there before. */
  bringsNoError(before: Tally): boolean {
    return [...this.errors].every(([rule, count]) => count <= (before.errors.get(rule) ?? 0));
  }
}

/** A message that names another line says the same when that line has moved. */
function saidBy({ rule, message }: Finding): string {
  return `${rule} ${message.replace(/ in line \d+/g, "")}`;
}

/** Whoever can judge files with edits in them. */
export interface Retelling {
  before(path: string): Tally;
  /** Of the files that may change, or of some of them; `null`: it has been asked often enough. */
  after(
    edits: ReadonlyMap<string, readonly TextEdit[]>,
    only: ReadonlySet<string> | null,
  ): ReadonlyMap<string, Tally> | null;
}

/** Those fixes with which their findings go and no error comes: all of them, where nothing is wrong. */
export function holdingTogether(mended: readonly Mended[], telling: Retelling): readonly Mended[] {
  const suspects = new Set<string>();
  for (let kept = mended; kept.length > 0; ) {
    const after = telling.after(editsOf(kept), null);
    const faulty = after === null ? null : faultyFiles(kept, after, telling);
    if (faulty === null) return [];
    if (faulty.length === 0) return kept;
    for (const path of faulty) suspects.add(path);
    kept = largestThatHolds(kept, (some) => {
      const told = telling.after(editsOf(some), suspects);
      return told !== null && faultyFiles(some, told, telling).length === 0;
    });
  }
  return [];
}

function faultyFiles(mended: readonly Mended[], after: ReadonlyMap<string, Tally>, telling: Retelling): string[] {
  const faulty = new Set<string>();
  for (const [path, tally] of after) if (!tally.bringsNoError(telling.before(path))) faulty.add(path);
  const seen = new Map<string, Mended[]>();
  for (const one of mended) {
    const key = `${one.path} ${saidBy(one.finding)}`;
    seen.set(key, [...(seen.get(key) ?? []), one]);
  }
  for (const same of seen.values()) {
    const { path, finding } = same[0] as Mended;
    const tally = after.get(path);
    if (tally !== undefined && tally.times(finding) > telling.before(path).times(finding) - same.length)
      faulty.add(path);
  }
  return [...faulty];
}

/** Takes what holds with what is taken already: all, else one half after the other. */
function largestThatHolds(all: readonly Mended[], holds: (some: readonly Mended[]) => boolean): readonly Mended[] {
  let taken: readonly Mended[] = [];
  const add = (group: readonly Mended[], isKnownToFail: boolean): void => {
    const more = [...taken, ...group];
    if (!isKnownToFail && holds(more)) {
      taken = more;
      return;
    }
    if (group.length < 2) return;
    const middle = group.length >> 1;
    add(group.slice(0, middle), false);
    add(group.slice(middle), false);
  };
  add(all, true);
  return taken;
}
