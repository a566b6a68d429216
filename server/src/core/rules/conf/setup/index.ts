/** Rules about what a server has in effect, from its file and its command line together. */
import type { Fix } from "../../../finding.ts";
import { placeIn, type ServerSetup } from "../../../model/serverSetup.ts";
import type { StackServer } from "../../../model/stack/servers.ts";
import type { Span } from "../../../text.ts";
import { exposedConf } from "../../connection/exposedServer.ts";
import { evictingPolicy } from "../../mastodon/evictingPolicy.ts";
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
  evictingPolicy,
  exposedConf,
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
  const said = saidIn(setups, path, isTold);
  for (let i = 0; i < setups.length; i++) {
    // A command behind an anchor is told once.
    for (const draft of draftsIn(rule, setups[i] as ServerSetup, said[i] ?? null, path, isTold))
      told.set(draft.span.start, draft);
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
  const [first = [], ...others] = setups.map((setup) => draftsIn(rule, setup, null, path, isTold));
  return first.filter(({ span }) => others.every((drafts) => drafts.some((draft) => draft.span.start === span.start)));
}

/** What the rules said of a server that no app uses: all of it follows from the server. */
interface Said {
  readonly path: string;
  readonly isTold: (rule: string) => boolean;
  readonly byRule: Map<SetupRule, readonly Draft[]>;
}

const SAID = new WeakMap<StackServer, Said>();
const SAID_IN = new WeakMap<readonly ServerSetup[], readonly (Said | null)[]>();

/** Of each setup, in their order; `null` for one of which other things have a say. */
function saidIn(
  setups: readonly ServerSetup[],
  path: string,
  isTold: (rule: string) => boolean,
): readonly (Said | null)[] {
  const known = SAID_IN.get(setups);
  if (known !== undefined) return known;
  const said = setups.map(({ service, use }): Said | null => {
    if (service === null || use === null || use.apps.size > 0) return null;
    const before = SAID.get(service);
    if (before?.path === path && before.isTold === isTold) return before;
    const anew = { path, isTold, byRule: new Map() };
    SAID.set(service, anew);
    return anew;
  });
  SAID_IN.set(setups, said);
  return said;
}

function draftsIn(
  rule: SetupRule,
  setup: ServerSetup,
  said: Said | null,
  path: string,
  isTold: (rule: string) => boolean,
): readonly Draft[] {
  const known = said?.byRule.get(rule);
  if (known !== undefined) return known;
  const drafts = readDrafts(rule, setup, path, isTold);
  said?.byRule.set(rule, drafts);
  return drafts;
}

function readDrafts(rule: SetupRule, setup: ServerSetup, path: string, isTold: (rule: string) => boolean): Draft[] {
  return rule.check(setup, isTold).flatMap((draft) => {
    const place = placeIn(setup, draft.at);
    return place === null || place.path !== path ? [] : [toDraft(draft, setup, path, place.span)];
  });
}

function toDraft(draft: SetupDraft, setup: ServerSetup, path: string, span: Span): Draft {
  const { message, severity, fix, related = [] } = draft;
  return {
    span: { start: span.start, end: span.end },
    message,
    ...(severity === undefined ? {} : { severity }),
    related: related.flatMap(({ at, message: about }) => {
      const place = placeIn(setup, at);
      if (place === null) return [];
      return [{ path: place.path, span: { start: place.span.start, end: place.span.end }, message: about }];
    }),
    fixes: [
      ...replacing(draft, path, span),
      ...(fix === undefined
        ? []
        : [
            {
              title: fix.title,
              safe: false,
              preferred: fix.preferred,
              edits: fix.edits.map((edit) => ({ path, ...edit })),
            },
          ]),
    ],
  };
}

/** Only where the value stands as it reads: nothing of a quoted or joined word is lost. */
function replacing({ replace }: SetupDraft, path: string, { start, end }: Span): Fix[] {
  if (replace === undefined || end - start !== replace.value.length) return [];
  const edits = [{ path, span: { start, end }, newText: replace.newText }];
  return [{ title: replace.title, safe: false, preferred: true, edits }];
}

/** Of the rules that no other family names. */
export const SETUP_METAS: readonly RuleMeta[] = SETUP_RULES.filter((rule) => rule !== exposedConf).map(
  ({ meta }) => meta,
);
