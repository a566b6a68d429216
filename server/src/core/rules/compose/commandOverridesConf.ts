/** A line of a configuration that the command line of the server that loads it says otherwise. */
import type { EffectiveValues, SettingLine } from "../../conf/index.ts";
import { type StackServer, settingPlace } from "../../model/stack/servers.ts";
import { related } from "../stack/parts.ts";
import type { StackDraft, StackRule } from "../stack/rule.ts";

/** These add up, or are not values. */
const ADDING = new Set([
  "save",
  "user",
  "include",
  "loadmodule",
  "rename-command",
  "client-output-buffer-limit",
  "module-directive",
  "dir",
]);

export const commandOverridesConf: StackRule = {
  meta: {
    id: "compose/command-overrides-conf",
    severity: "information",
    title: "Command line wins over redis.conf",
    sources: [{ source: "local check with redis-server 7.0.15 / redis-cli 7.0.15 (Debian 12)", asOf: "2026-11-20" }],
  },
  ofServer: draftsOf,
};

function draftsOf(server: StackServer): StackDraft[] {
  const { values, conf } = server;
  if (values === null || conf == null) return [];
  return values.overruled
    .filter(({ lost, won }) => !ADDING.has(lost.name) && meaningOf(lost, values) !== meaningOf(won, values))
    .flatMap(({ lost, won }): StackDraft[] => {
      const at = settingPlace(server, lost.place);
      if (at === null) return [];
      const message = `\`${lost.name}\` has another value on the command line of service ${server.name}, and the command line wins: this line has no effect there. Remove one of the two.`;
      return [{ at, message, related: related(settingPlace(server, won.place), "This value is used") }];
    });
}

/** Case says nothing, nor does the unit of an amount. */
function meaningOf({ args }: SettingLine, values: EffectiveValues): string {
  return args.map(({ value }) => (/\d/.test(value) ? values.amount(value) : null) ?? value.toLowerCase()).join("\0");
}
