import { distance } from "../../catalog/dates.ts";
import { lifecycleState } from "../../catalog/lifecycles.ts";
import { parseVersion } from "../../catalog/version.ts";
import type { Rule } from "../rule.ts";

/**
 * The series of the app itself is past its support, or ends within the notice (then information). Told where the version
 * that counts is written, and only when it stands in this very file.
 */
export const endOfSupport: Rule = {
  meta: {
    id: "mastodon/end-of-support",
    title: "Mastodon series out of support",
    severity: "warning",
    sources: [
      {
        source:
          "https://github.com/endoflife-date/endoflife.date/blob/a70eca337600e7d721dc48112c271f98661d208b/products/mastodon.md",
        asOf: "2026-08-22",
      },
    ],
  },
  check: (context) => {
    const app = context.apps.find(
      (declared) =>
        declared.app === "mastodon" && declared.from === "detected" && declared.place?.path === context.source.path,
    );
    // A fork counts its releases, and supports them, by itself.
    if (context.appImages.some(({ use }) => use.resolved.value.includes("glitch-soc/"))) return [];
    const version = parseVersion(/^\d+(?:\.\d+)*/.exec(app?.version ?? "")?.[0] ?? "");
    const release = version === null ? null : context.catalog.lifecycles.release("mastodon", version);
    if (app?.place == null || release === null) return [];
    const state = lifecycleState(release, context.asOf, context.noticeDays);
    const advice = "Plan the update to a newer series; its notes name the cache it needs.";
    if (state.kind === "ended") {
      const when = state.on === null ? "" : ` on ${state.on} (${distance(context.asOf, state.on)})`;
      return [
        {
          span: app.place.span,
          message: `Support for Mastodon ${release.cycle} ended${when}: there are no more security fixes for it. ${advice}`,
        },
      ];
    }
    if (state.kind === "ends-soon") {
      return [
        {
          span: app.place.span,
          severity: "information",
          message: `Support for Mastodon ${release.cycle} ends ${distance(context.asOf, state.on)}, on ${state.on}: there are no security fixes after that day. ${advice}`,
        },
      ];
    }
    return [];
  },
};
