/** Rules about what a server has in effect, from its file and its command line together. */
import type { Fix } from "../../../finding.ts";
import { placeIn, type ServerSetup } from "../../../model/serverSetup.ts";
import type { StackServer } from "../../../model/stack/servers.ts";
import type { Span } from "../../../text.ts";
import { exposedConf } from "../../connection/exposedServer.ts";
import { evictingPolicy } from "../../mastodon/evictingPolicy.ts";
import type { Draft, RuleMeta } from "../../rule.ts";
import { Said, SaidOfAll } from "../../said.ts";
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
  const { ofEach, all } = saidIn(setups, path, isTold);
  const drafts = all.drafts(rule, (i) => {
    const ask = (): Draft[] => readDrafts(rule, setups[i] as ServerSetup, path, isTold);
    return ofEach[i]?.of(rule, ask) ?? ask();
  });
  // A command behind an anchor is told once.
  for (const draft of drafts) told.set(draft.span.start, draft);
  return [...told.values()];
}

/** What a rule says about every server that loads a file, as far as it stands in that file. */
export function tellEverySetup(
  rule: SetupRule,
  setups: readonly ServerSetup[],
  path: string,
  isTold: (rule: string) => boolean,
): Draft[] {
  const [first = [], ...others] = setups.map((setup) => readDrafts(rule, setup, path, isTold));
  return first.filter(({ span }) => others.every((drafts) => drafts.some((draft) => draft.span.start === span.start)));
}

/** What the rules said of a server that no app uses: all of it follows from the server. */
interface SaidOfServer {
  readonly path: string;
  readonly isTold: (rule: string) => boolean;
  readonly said: Said<SetupRule, Draft>;
}

interface SaidOfSetups {
  /** In their order; `null` for one of which other things have a say. */
  readonly ofEach: readonly (Said<SetupRule, Draft> | null)[];
  readonly all: SaidOfAll<SetupRule, Draft>;
}

const SAID = new WeakMap<StackServer, SaidOfServer>();
/** The rules ask one after the other about the same setups. */
const SAID_IN = new WeakMap<readonly ServerSetup[], SaidOfSetups>();

function saidIn(setups: readonly ServerSetup[], path: string, isTold: (rule: string) => boolean): SaidOfSetups {
  const known = SAID_IN.get(setups);
  if (known !== undefined) return known;
  const ofEach = setups.map(({ service, use }): Said<SetupRule, Draft> | null => {
    if (service === null || use === null || use.apps.size > 0) return null;
    const before = SAID.get(service);
    if (before?.path === path && before.isTold === isTold) return before.said;
    const said = new Said<SetupRule, Draft>();
    SAID.set(service, { path, isTold, said });
    return said;
  });
  const found = { ofEach, all: new SaidOfAll(ofEach, SETUP_RULES.length) };
  SAID_IN.set(setups, found);
  return found;
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
