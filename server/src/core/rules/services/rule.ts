import type { ComposeService } from "../../documents/composeFile.ts";
import type { SourceText } from "../../documents/extraction.ts";
import type { OwnVariable } from "../../documents/ownVariables.ts";
import type { ServerCommand } from "../../documents/serverCommand.ts";
import type { Environment } from "../../documents/serviceEnvironment.ts";
import type { KnownImage } from "../../model/knownImage.ts";
import type { ServerSetup } from "../../model/serverSetup.ts";
import type { Lookup } from "../../parse/interpolation.ts";
import type { Draft, RuleMeta } from "../rule.ts";

/** A compose service that runs a cache server, as far as it is known. */
export interface RunningServer {
  readonly source: SourceText;
  readonly service: ComposeService;
  readonly image: KnownImage;
  readonly lookup: Lookup;
  /** No other file changes it, and nothing is built. */
  readonly isAlone: boolean;
  readonly hasEntrypoint: boolean;
  readonly hasCommand: boolean;
  /** The flags of Dragonfly; `null` for other engines, and where a script or a variable decides. */
  readonly dragonfly: ServerCommand | null;
  /** `environment` over `env_file`s; `null` where a file is missing. */
  readonly environment: Environment | null;
  /** Only `environment`, with its places. */
  readonly own: ReadonlyMap<string, OwnVariable>;
  /** What a Redis or Valkey has in effect. */
  readonly setup: ServerSetup | null;
}

export interface ServiceRule {
  readonly meta: RuleMeta;
  /** `isTold`: the rule exists and is not switched off. */
  readonly check: (server: RunningServer, isTold: (rule: string) => boolean) => readonly Draft[];
}
