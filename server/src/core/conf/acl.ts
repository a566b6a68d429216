// ACL rules of `user` lines. Redis 7.2 src/acl.c: ACLSetUser, ACLSetSelector, ACLMergeSelectorArguments, ACLAppendUserForLoading.
import { isSpace, lowerCase } from "./bytes.ts";
import { isBefore7, isFrom, type ServerVersion } from "./target.ts";
import { splitWords } from "./words.ts";

/** What ACL rules may name. */
export interface AclNames {
  readonly commands: ReadonlySet<string>;
  readonly subcommands: ReadonlySet<string>;
  readonly containerCommands: ReadonlySet<string>;
  readonly categories: ReadonlySet<string>;
}

export interface AclSetting {
  readonly version: ServerVersion;
  readonly names: AclNames;
  /** `acl-pubsub-default allchannels` holds at this point. */
  readonly allChannelsByDefault: boolean;
}

/** `form`: refused while the file is read. `unknown`: a name that is looked up only when ACLs are loaded. */
export interface AclTrouble {
  readonly stage: "form" | "unknown";
  /** Index of the rule to blame, among the words behind the user's name. */
  readonly rule: number;
  readonly what: string;
}

type Verdict = { readonly stage: "form" | "unknown"; readonly what: string } | null;

const form = (what: string): Verdict => ({ stage: "form", what });
const unknown = (what: string): Verdict => ({ stage: "unknown", what });

/** A rule, and the word it began in. Words from one that starts with ( to one that ends with ) are one rule from 7.0 on. */
interface Merged {
  readonly text: string;
  readonly rule: number;
}

/** All that is wrong with the rules of one user: the first bad form, and every unknown name before it. */
export function aclTroubles(rules: readonly string[], setting: AclSetting): readonly AclTrouble[] {
  const merged = isBefore7(setting.version)
    ? rules.map((text, rule) => ({ text, rule }))
    : mergeSelectors(rules, setting.version);
  if ("unmatched" in merged) return [{ stage: "form", rule: merged.unmatched, what: "the ( is never closed" }];
  const troubles: AclTrouble[] = [];
  const user = new AclUser(setting);
  for (const { text, rule } of merged) {
    const verdict = user.apply(text);
    if (verdict === null) continue;
    troubles.push({ stage: verdict.stage, rule, what: verdict.what });
    if (verdict.stage === "form") break;
  }
  return troubles;
}

function mergeSelectors(
  rules: readonly string[],
  version: ServerVersion,
): readonly Merged[] | { readonly unmatched: number } {
  const merged: Merged[] = [];
  let open: { text: string; rule: number } | null = null;
  // 7.0 begins anew at every word with a (, also inside an open one.
  const restarts = isFrom(version, { redis: "7.0" }) && !isFrom(version, { redis: "7.2" });
  for (const [rule, text] of rules.entries()) {
    if ((open === null || restarts) && text.startsWith("(") && !text.endsWith(")")) {
      open = { text, rule };
    } else if (open !== null) {
      open = { text: `${open.text} ${text}`, rule: open.rule };
      if (!text.endsWith(")")) continue;
      merged.push(open);
      open = null;
    } else {
      merged.push({ text, rule });
    }
  }
  return open === null ? merged : { unmatched: open.rule };
}

class AclUser {
  readonly #setting: AclSetting;
  readonly #root: AclSelector;
  readonly #passwords = { text: new Set<string>(), hash: new Set<string>() };

  constructor(setting: AclSetting) {
    this.#setting = setting;
    this.#root = new AclSelector(setting);
  }

  apply(rule: string): Verdict {
    if (rule === "") return null;
    const { version } = this.#setting;
    const word = lowerCase(rule);
    if (word === "on" || word === "off") return null;
    if (word === "nopass" || word === "resetpass") {
      this.#forgetPasswords();
      return null;
    }
    if (word === "sanitize-payload" || word === "skip-sanitize-payload") {
      return isFrom(version, { redis: "6.2", valkey: "7.2" }) ? null : form("came with Redis 6.2");
    }
    if (word === "clearselectors") return isBefore7(version) ? form("came with Redis 7.0") : null;
    if (word === "reset") {
      this.#forgetPasswords();
      this.#root.reset();
      return null;
    }
    if (/^[>#<!]/.test(rule)) return this.#password(rule);
    if (!isBefore7(version) && rule.startsWith("(") && rule.endsWith(")")) return this.#selector(rule);
    return this.#root.apply(rule);
  }

  #password(rule: string): Verdict {
    const isHash = rule.startsWith("#") || rule.startsWith("!");
    if (isHash && !/^.[0-9a-f]{64}$/.test(rule)) return form("is not a hash: 64 digits 0-9 and a-f are wanted");
    const { text, hash } = this.#passwords;
    const known = isHash ? hash : text;
    if (rule.startsWith(">") || rule.startsWith("#")) {
      known.add(rule.slice(1));
      return null;
    }
    if (known.delete(rule.slice(1))) return null;
    // A password may have been given as a hash and be taken back as text, or the other way round.
    return (isHash ? text : hash).size > 0 ? null : form("removes a password that no earlier rule of this line gave");
  }

  #forgetPasswords(): void {
    this.#passwords.text.clear();
    this.#passwords.hash.clear();
  }

  #selector(rule: string): Verdict {
    const inner = rule.slice(1, -1);
    const dialect = isFrom(this.#setting.version, { valkey: "9.0" }) ? "loose" : "strict";
    const { words, broken } = splitWords(inner, 0, inner.length, dialect, "bytes");
    if (broken !== null) return null;
    const selector = new AclSelector(this.#setting);
    let firstUnknown: Verdict = null;
    // The first trouble of any kind ends a selector.
    for (const word of words) {
      firstUnknown = selector.apply(word.value);
      if (firstUnknown !== null) break;
    }
    return firstUnknown;
  }
}

type Allowed = "yes" | "no" | "maybe";

class AclSelector {
  readonly #setting: AclSetting;
  #allKeys = false;
  #allChannels: boolean;
  /** Which commands are wholly allowed: only Redis 6.0 asks. `*` stands for all that are not named. */
  readonly #allowed = new Map<string, Allowed>([["*", "no"]]);

  constructor(setting: AclSetting) {
    this.#setting = setting;
    this.#allChannels = setting.allChannelsByDefault;
  }

  reset(): void {
    this.#allKeys = false;
    this.#allChannels = this.#setting.allChannelsByDefault;
    this.#allowAll("no");
  }

  apply(rule: string): Verdict {
    const { version } = this.#setting;
    const word = lowerCase(rule);
    if (word === "allkeys" || word === "~*") this.#allKeys = true;
    else if (word === "resetkeys") this.#allKeys = false;
    else if (word === "allcommands" || word === "+@all") this.#allowAll("yes");
    else if (word === "nocommands" || word === "-@all") this.#allowAll("no");
    else if (word === "allchannels" || word === "resetchannels" || rule.startsWith("&"))
      return this.#channels(rule, word);
    else if (rule.startsWith("~") || rule.startsWith("%")) return this.#keys(rule);
    else if (rule.startsWith("+@") || rule.startsWith("-@")) return this.#category(rule);
    else if (rule.startsWith("+")) return this.#allow(rule);
    else if (rule.startsWith("-")) return this.#forbid(rule);
    else if (isFrom(version, { valkey: "9.1" })) return databases(word);
    else return form(/^(?:alldbs|resetdbs|db=.*)$/.test(word) ? "came with Valkey 9.1" : "is no ACL rule");
    return null;
  }

  #channels(rule: string, word: string): Verdict {
    if (!isFrom(this.#setting.version, { redis: "6.2", valkey: "7.2" }))
      return form("is about channels, which came with Redis 6.2");
    if (word === "allchannels" || word === "&*") this.#allChannels = true;
    else if (word === "resetchannels") this.#allChannels = false;
    else if (this.#allChannels) return form("adds a channel although all are allowed; put resetchannels before it");
    else if (hasSpaces(rule)) return form("has a blank in its pattern");
    return null;
  }

  #keys(rule: string): Verdict {
    if (rule.startsWith("%") && isBefore7(this.#setting.version)) return form("came with Redis 7.0");
    if (this.#allKeys) return form("adds a key pattern although all are allowed; put resetkeys before it");
    let pattern = rule.slice(1);
    if (rule.startsWith("%")) {
      const permissions = /^(?:r?w?|wr)(~|$)/i.exec(pattern);
      const isBare = permissions?.[0] === "~";
      // 7.0 lets %~ pass.
      if (permissions === null || (isBare && !isFirst7(this.#setting.version)))
        return form("wants R, W or both between % and ~");
      pattern = pattern.slice(permissions[0].length);
    }
    return hasSpaces(pattern) ? form("has a blank in its pattern") : null;
  }

  #category(rule: string): Verdict {
    const name = lowerCase(rule.slice(2));
    if (!this.#setting.names.categories.has(name)) return unknown("names no category of commands");
    // Which commands belong to it is not known here.
    for (const [command, allowed] of this.#allowed) {
      if (allowed !== (rule.startsWith("+") ? "yes" : "no")) this.#allowed.set(command, "maybe");
    }
    return null;
  }

  #allow(rule: string): Verdict {
    const { names, version } = this.#setting;
    const bar = isBefore7(version) ? rule.indexOf("|") : rule.lastIndexOf("|");
    if (bar < 0) {
      if (!this.#isCommand(rule.slice(1))) return unknown("names no command");
      this.#allowed.set(lowerCase(rule.slice(1)), "yes");
      return null;
    }
    const command = rule.slice(1, bar);
    if (!this.#isCommand(command)) return unknown("names no command");
    if (command.includes("|")) return form("goes deeper than a subcommand");
    if (bar === rule.length - 1) return form("names no subcommand behind the |");
    if (!isBefore7(version)) {
      if (!names.containerCommands.has(lowerCase(command))) return null;
      return this.#isCommand(rule.slice(1)) ? null : unknown("names no subcommand");
    }
    const allowed = this.#allowed.get(lowerCase(command)) ?? this.#allowed.get("*");
    if (version.line === "6.0" && allowed === "yes")
      return form("allows a subcommand of a command that is allowed as a whole");
    if (allowed !== "yes") this.#allowed.set(lowerCase(command), "no");
    return null;
  }

  #forbid(rule: string): Verdict {
    if (!this.#isCommand(rule.slice(1))) return unknown("names no command");
    this.#allowed.set(lowerCase(rule.slice(1)), "no");
    return null;
  }

  /** Redis 7.2 src/server.c: lookupCommandBySdsLogic. Before 7.0 a name with | is none. */
  #isCommand(name: string): boolean {
    const { names } = this.#setting;
    const word = lowerCase(name);
    return word.includes("|") ? names.subcommands.has(word) : names.commands.has(word);
  }

  #allowAll(allowed: Allowed): void {
    this.#allowed.clear();
    this.#allowed.set("*", allowed);
  }
}

function isFirst7(version: ServerVersion): boolean {
  return isFrom(version, { redis: "7.0" }) && !isFrom(version, { redis: "7.2" });
}

/** Valkey 9.1: alldbs, resetdbs, db=0,1. */
function databases(word: string): Verdict {
  if (word === "alldbs" || word === "resetdbs" || /^db=[0-9]+(?:,[0-9]+)*$/.test(word)) return null;
  return form(word.startsWith("db=") ? "wants numbers of databases behind db=, such as db=0,1" : "is no ACL rule");
}

/** Redis 7.2 src/acl.c: ACLStringHasSpaces. */
export function hasSpaces(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (isSpace(text.charCodeAt(i)) || text.charCodeAt(i) === 0) return true;
  return false;
}
