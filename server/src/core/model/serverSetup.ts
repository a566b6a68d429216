/** What a server has in effect, from its file and its command line, with the service that runs it, where one does. */
import type { ConfChecker, EffectiveValues, SettingPlace } from "../conf/index.ts";
import type { SourceText } from "../documents/extraction.ts";
import type { Place } from "../finding.ts";
import type { ConfLoading } from "./confTarget.ts";
import { type StackServer, settingPlace } from "./stack/servers.ts";
import type { Stack } from "./stack/stack.ts";
import { type ServerUse, useOf } from "./stack/use.ts";

export interface ServerSetup {
  readonly values: EffectiveValues;
  /** The configuration file that is loaded. */
  readonly conf: SourceText | null;
  /** The service that runs it; `null` for a file that no service of the project loads. */
  readonly service: StackServer | null;
  /** What the apps of its stack use it for. */
  readonly use: ServerUse | null;
}

/** Where a setting stands: the file of the project, and the range there. */
export function placeIn({ conf, service }: ServerSetup, place: SettingPlace): Place | null {
  return settingPlace({ call: service?.call ?? null, conf }, place);
}

/** The servers of a stack whose settings are known. */
export function setupsOf(stack: Stack): ServerSetup[] {
  return stack.servers.flatMap((server) => {
    const { values, conf } = server;
    if (values === null) return [];
    return [{ values, conf: conf ?? null, service: server, use: useOf(stack, server) }];
  });
}

/** The servers that load a file: by itself, or as services of the stacks around it. None where one of them is not known well enough. */
export function setupsOfConf(
  source: SourceText,
  loading: ConfLoading,
  stacks: readonly Stack[],
  conf: ConfChecker,
): readonly ServerSetup[] {
  if (loading.isSentinel || loading.isAcl || loading.isIncluded === true) return [];
  if (loading.loaders.length === 0) {
    const values = conf.effective({ target: loading.target, file: source.text, args: [] });
    return values === null ? [] : [{ values, conf: source, service: null, use: null }];
  }
  const setups = stacks.flatMap(setupsOf).filter((setup) => setup.conf?.path === source.path);
  const isKnown = loading.loaders.every(({ composePath, service }) =>
    setups.some(
      (setup) =>
        setup.service?.name === service && setup.service.service.layers.some(({ path }) => path === composePath),
    ),
  );
  return isKnown ? setups : [];
}
