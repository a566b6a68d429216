import { type AclNames, type AclTrouble, aclTroubles, hasSpaces } from "../acl.ts";
import { sameIgnoringCase } from "../bytes.ts";
import type { ConfLine } from "../parser.ts";
import type { Trouble } from "../problem.ts";
import { isBefore7 } from "../target.ts";
import { type Argument, argumentsOf, shown } from "./argument.ts";
import type { Kept, ServerState } from "./state.ts";

/** What a server says to a `user` line when it reads it. Redis 7.2 src/acl.c: ACLAppendUserForLoading. */
export function readUserLine(line: ConfLine, state: ServerState): Trouble | null {
  const args = argumentsOf(line.words);
  const name = args[0] as Argument;
  // 6.x takes a user more than once: what stands above is nothing to it.
  const isOnce = !isBefore7(state.version);
  const earlier = isOnce ? state.users.get(name.value) : undefined;
  if (earlier !== undefined) {
    return {
      rule: "conf/invalid-value",
      span: name.span,
      what: `a user ${shown(name.value)} stands in this file already`,
      related: [
        {
          span: earlier.args[0]?.span ?? earlier.line.span,
          line: earlier.line,
          message: "The first line of this user",
        },
      ],
      advice: "Put all rules of a user on one line.",
    };
  }
  const allChannelsByDefault = channels(state);
  const troubles = rulesTroubles(args, allChannelsByDefault, state);
  const bad = troubles.find(({ stage }) => stage === "form");
  if (bad !== undefined) return aclTrouble(args, bad.rule, bad.what);
  const kept: Kept = { line, args, troubles, allChannelsByDefault };
  if (isOnce) state.users.set(name.value, kept);
  state.userLines.push(kept);
  return null;
}

/** What is found only when ACLs are loaded. Redis 7.2 src/acl.c: ACLLoadConfiguredUsers. */
export function loadUser(kept: Kept, state: ServerState): Trouble | null {
  const { args } = kept;
  const name = args[0] as Argument;
  if (hasSpaces(name.value)) {
    return { rule: "conf/invalid-value", span: name.span, what: `the user name ${shown(name.value)} holds a blank` };
  }
  const allChannels = channels(state);
  const isSame = allChannels === kept.allChannelsByDefault;
  for (const { stage, rule, what } of isSame ? kept.troubles : rulesTroubles(args, allChannels, state)) {
    if (stage === "unknown" && mayComeFromModule(args[rule + 1]?.value ?? "", state)) continue;
    return aclTrouble(args, rule, what);
  }
  return null;
}

function rulesTroubles(
  args: readonly Argument[],
  allChannelsByDefault: boolean,
  state: ServerState,
): readonly AclTrouble[] {
  const rules = args.slice(1).map(({ value }) => value);
  return aclTroubles(rules, { version: state.version, names: aclNames(state), allChannelsByDefault });
}

export function aclTrouble(args: readonly Argument[], rule: number, what: string): Trouble {
  const blamed = args[rule + 1] as Argument;
  // Passwords and their hashes are never repeated.
  const subject = /^[>#<!]/.test(blamed.value) ? "the password rule" : shown(blamed.value);
  return {
    rule: what.includes("came with") ? "conf/not-in-version" : "conf/invalid-value",
    span: blamed.span,
    what: `${subject} ${what}`,
  };
}

/** `acl-pubsub-default` as it stands now; before 7.0 all channels were open unless it said otherwise, and 6.0 knew no channels. */
function channels(state: ServerState): boolean {
  return sameIgnoringCase(state.value("acl-pubsub-default"), "allchannels");
}

export function aclNames(state: ServerState): AclNames {
  const { facts, version } = state;
  // From 6.2 on ACL rules of a Sentinel see only the commands of Sentinel.
  const isSentinel = state.mode === "sentinel" && version.line !== "6.0";
  const commands = isSentinel ? facts.sentinelCommands : facts.aclCommands;
  return {
    commands,
    subcommands: facts.subcommands,
    containerCommands: facts.containerCommands,
    categories: facts.aclCategories,
  };
}

const MODULE_CATEGORIES = new Set(["bloom", "cms", "cuckoo", "json", "search", "tdigest", "timeseries", "topk"]);

/** Commands and categories of modules are known once those are loaded. */
export function mayComeFromModule(rule: string, state: ServerState): boolean {
  if (state.mode === "sentinel") return false;
  if (state.loadsModules || state.hasInclude || state.isNewerThanTables) return true;
  if (state.modules === "none") return false;
  return MODULE_CATEGORIES.has(rule.slice(2).toLowerCase()) || /^[+-][a-z]+\.[a-z]/i.test(rule);
}
