import type { ConnectionRule } from "../platform/connectionRule.ts";
import { APTIBLE_PAGE, APTIBLE_PROVIDER } from "../platform/sources.ts";

/** The port of the TLS credential is another one, and nobody can know it: so there is no fix. */
export const plaintextUrl: ConnectionRule = {
  meta: {
    id: "aptible/plaintext-url",
    title: "Plain connection to Aptible",
    severity: "warning",
    sources: [APTIBLE_PAGE, APTIBLE_PROVIDER],
  },
  check: ({ name, scheme, provider, span }) => {
    if (provider?.platform.platform !== "aptible" || (scheme !== "redis" && scheme !== "valkey")) return null;
    return {
      span,
      message: `${name} goes to Aptible without encryption: ${scheme}:// is the URL of the plaintext credential. What is sent can be read on the way, and the credential is not for regulated data. Take the URL of the redis+ssl credential: it starts with rediss:// and has another port.`,
    };
  },
};
