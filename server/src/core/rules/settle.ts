import type { Finding } from "../finding.ts";
import type { LayeredSettings } from "../model/layers.ts";
import type { Draft, RuleMeta } from "./rule.ts";

/** The severity that counts: what the user set, else the rule's. `isBeside`: a provider runs the cache, so an image is not the server: at most a hint. */
export function settle(
  meta: RuleMeta,
  drafts: readonly Draft[],
  settings: LayeredSettings,
  isBeside = false,
): Finding[] {
  const set = settings.severity(meta.id);
  if (set === "off") return [];
  const isDemoted =
    isBeside && /^(?:image|mastodon\/engine-|mastodon\/sidekiq-|mastodon\/dragonfly-|keydb)/.test(meta.id);
  return drafts.map(({ span, message, severity, related = [], fixes = [], tag }) => ({
    rule: meta.id,
    severity: set ?? (isDemoted ? "hint" : (severity ?? meta.severity)),
    span,
    message,
    related,
    fixes,
    ...(tag === undefined ? {} : { tag }),
  }));
}

/** In the order of the text. */
export function sorted(findings: readonly Finding[]): Finding[] {
  return findings.toSorted(
    (a, b) =>
      a.span.start - b.span.start || a.span.end - b.span.end || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0),
  );
}
