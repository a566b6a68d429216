import type { Connection } from "../../platform/connection.ts";
import type { ConnectionRule, ConnectionUse } from "../platform/connectionRule.ts";
import { APTIBLE_PAGE, APTIBLE_PROVIDER } from "../platform/sources.ts";

/** Told in place of the rule about schemes in general. */
export function isCredentialType(
  { scheme }: Pick<Connection, "scheme">,
  { provider, platform }: Pick<ConnectionUse, "provider" | "platform">,
): boolean {
  return scheme === "redis+ssl" && (provider === null ? platform : provider.platform.platform) === "aptible";
}

export const credentialTypeAsScheme: ConnectionRule = {
  meta: {
    id: "aptible/credential-type-as-scheme",
    title: "redis+ssl is not a URL scheme",
    severity: "error",
    sources: [APTIBLE_PAGE, APTIBLE_PROVIDER],
  },
  check: (use) => {
    const { name, schemeSpan } = use;
    if (schemeSpan === null || !isCredentialType(use, use)) return null;
    return {
      span: schemeSpan,
      message: `${name} begins with redis+ssl, which is Aptible's name for a type of credential and no scheme of a URL. No client can connect with it. Write rediss://.`,
      fixes: [use.replace("Use rediss://", schemeSpan, "rediss")],
    };
  },
};
