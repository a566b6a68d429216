/** Rules about what a server has in effect, from its file and its command line together. */
import { placeIn, type ServerSetup } from "../../../model/serverSetup.ts";
import type { Draft, RuleMeta } from "../../rule.ts";
import { appendfsync } from "./appendfsync.ts";
import { dirOutsideVolume } from "./dirOutsideVolume.ts";
import { maxmemoryWithoutPolicy } from "./maxmemoryWithoutPolicy.ts";
import { oldTls } from "./oldTls.ts";
import { persistenceContradiction } from "./persistenceContradiction.ts";
import { policyWithoutMaxmemory } from "./policyWithoutMaxmemory.ts";
import { protectedModeOff } from "./protectedModeOff.ts";
import type { SetupDraft, SetupRule } from "./rule.ts";

export const SETUP_RULES: readonly SetupRule[] = [
  appendfsync,
  dirOutsideVolume,
  maxmemoryWithoutPolicy,
  oldTls,
  persistenceContradiction,
  policyWithoutMaxmemory,
  protectedModeOff,
];

/** What a rule says about the servers of a compose file, as far as it stands in that file. */
export function tellAnySetup(
  rule: SetupRule,
  setups: readonly ServerSetup[],
  path: string,
  isTold: (rule: string) => boolean,
): Draft[] {
  const told = new Map<number, Draft>();
  for (const setup of setups) {
    // A command behind an anchor is told once.
    for (const draft of draftsIn(rule, setup, path, isTold)) told.set(draft.span.start, draft);
  }
  return [...told.values()];
}

/** What a rule says about every server that loads a file, as far as it stands in that file. */
export function tellEverySetup(
  rule: SetupRule,
  setups: readonly ServerSetup[],
  path: string,
  isTold: (rule: string) => boolean,
): Draft[] {
  const [first = [], ...others] = setups.map((setup) => draftsIn(rule, setup, path, isTold));
  return first.filter(({ span }) => others.every((drafts) => drafts.some((draft) => draft.span.start === span.start)));
}

function draftsIn(rule: SetupRule, setup: ServerSetup, path: string, isTold: (rule: string) => boolean): Draft[] {
  return rule.check(setup, isTold).flatMap((draft) => {
    const place = placeIn(setup, draft.at);
    return place === null || place.path !== path ? [] : [toDraft(draft, setup, path, place.span)];
  });
}

function toDraft(
  { message, fix, related = [] }: SetupDraft,
  setup: ServerSetup,
  path: string,
  span: Draft["span"],
): Draft {
  return {
    span: { start: span.start, end: span.end },
    message,
    related: related.flatMap(({ at, message: about }) => {
      const place = placeIn(setup, at);
      return place === null
        ? []
        : [{ path: place.path, span: { start: place.span.start, end: place.span.end }, message: about }];
    }),
    fixes:
      fix === undefined
        ? []
        : [
            {
              title: fix.title,
              safe: false,
              preferred: fix.preferred,
              edits: fix.edits.map((edit) => ({ path, ...edit })),
            },
          ],
  };
}

export const SETUP_METAS: readonly RuleMeta[] = SETUP_RULES.map(({ meta }) => meta);
