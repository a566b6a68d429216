/** Rules about one address of a cache: the same for a line of a `.env` file and a variable of a compose service. */
import { PLATFORM_TABLES } from "../../catalog/builtInPlatforms.ts";
import type { PlatformHost } from "../../catalog/platforms.ts";
import type { EnvContext } from "../../env/context.ts";
import { Mastodon } from "../../env/mastodon.ts";
import type { EnvApp } from "../../env/surroundings.ts";
import type { Fix } from "../../finding.ts";
import { type Connection, connectionOfLine } from "../../platform/connection.ts";
import type { Platform } from "../../settingValues.ts";
import type { Span } from "../../text.ts";
import type { EnvRule } from "../env/rule.ts";
import type { Draft, RuleMeta } from "../rule.ts";

/** An address with all that is known of it. */
export interface ConnectionUse extends Connection {
  /** The provider whose host it is; `null` for anybody else's. */
  readonly provider: PlatformHost | null;
  /** Who runs the cache, as far as anybody knows. */
  readonly platform: Platform;
  /** Known apps that connect with it. */
  readonly users: readonly EnvApp[];
  /** Puts another text in a place of the file. */
  readonly replace: (title: string, span: Span, newText: string) => Fix;
}

export interface ConnectionRule {
  readonly meta: RuleMeta;
  /** `null`: nothing to tell. */
  readonly check: (use: ConnectionUse) => Draft | null;
}

/** The rule over the lines of a `.env` file. In a file that is copied and filled in nothing is in use. */
export function overEnv({ meta, check }: ConnectionRule): EnvRule {
  return {
    meta,
    check: (context) => connectionUses(context).flatMap((use) => check(use) ?? []),
  };
}

const USES = new WeakMap<EnvContext, readonly ConnectionUse[]>();

/** Lines with an address that may be a provider's and that count: not beaten by a later line of the same name, nor by a URL of the same connection. */
export function connectionUses(context: EnvContext): readonly ConnectionUse[] {
  const known = USES.get(context);
  if (known !== undefined) return known;
  const mastodon = Mastodon.among(context);
  const { hostTable = PLATFORM_TABLES, platform = "self-hosted" } = context.around;
  const providers = new Map<string, PlatformHost | null>();
  const providerOf = (host: string): PlatformHost | null => {
    const known = providers.get(host);
    if (known !== undefined) return known;
    const provider = hostTable.host(host);
    providers.set(host, provider);
    return provider;
  };
  // Of a server that somebody runs himself there is nothing to tell.
  const isManaged = ({ host }: Connection): boolean => platform !== "self-hosted" || providerOf(host) !== null;
  const lines = context.isSample ? [] : context.addressLines(isManaged);
  const uses = lines.flatMap((line): ConnectionUse[] => {
    if (!context.isEffective(line) || mastodon?.isIgnored(line) === true) return [];
    const connection = connectionOfLine(line);
    if (connection === null) return [];
    return [
      {
        ...connection,
        port: connection.port ?? portBeside(context, connection),
        provider: providerOf(connection.host),
        platform,
        users: context
          .meanings(line.key)
          .filter(({ variable }) => variable.status !== "not-read")
          .map(({ app }) => app),
        replace: (title, span, newText) => ({
          title,
          safe: false,
          preferred: true,
          edits: [{ path: context.path, span, newText }],
        }),
      },
    ];
  });
  USES.set(context, uses);
  return uses;
}

/** `REDIS_PORT` beside `REDIS_HOST`. */
function portBeside(context: EnvContext, { name, scheme }: Connection): string | null {
  return scheme === null && name.endsWith("HOST") ? (context.value(name.replace(/HOST$/, "PORT")) ?? null) : null;
}

/** A user among some apps; `undefined` where none of them is known to connect. */
export function userAmong({ users }: ConnectionUse, apps: readonly string[]): EnvApp | undefined {
  return users.find(({ app }) => apps.includes(app));
}
