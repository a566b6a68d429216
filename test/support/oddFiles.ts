// A tree that every output format has to live with: odd names, every severity, related places, fixes, secrets.
import type { Files } from "./folders.ts";

/** Stands wherever a secret may stand; no output holds it. */
export const SECRET = "Zq7hunter2secret";

export const ODD_NAMES = [
  "new\nline",
  "esc\u001b[31m",
  "rtl\u202Ex",
  " space ",
  "quote'\"`$(id)",
  "%00%2e",
  "<b>&amp;",
  "😀é",
  "a:b,c",
  "::error file=x::y",
  "##[error]z",
  "back\\slash",
  "*?[x]",
  "#h",
] as const;

const CONF = "maxmemory banana\nslaveof 10.0.0.1 6379\n";

export const ODD_FILES: Files = {
  "compose.yaml":
    "services:\n  web: {image: 'ghcr.io/mastodon/mastodon:v4.5.1'}\n  a: {image: redis:6.2}\n  b: {image: redis}\n  c: {image: 'redis:6.2'}\n",
  "bom/redis.conf": `\uFEFF# é\r\n${CONF.replaceAll("\n", "\r\n")}`,
  "secret/redis.conf": `requirepass ${SECRET} # ${SECRET}\nrequirpass ${SECRET}\nmaxmemory ${SECRET}\nport 6379\nport 6380\n`,
  "secret/.env": `REDIS_URL=redis://:${SECRET}/x@cache:6379/0\nREDIS_PASSWORD=${SECRET}\n`,
  "secret/compose.yaml": `services:\n  web: {image: 'ghcr.io/mastodon/mastodon:v4.5.1', env_file: .env}\n  cache:\n    image: redis:6.2\n    environment: {REDIS_PASSWORD: ${SECRET}}\n`,
  ...Object.fromEntries(ODD_NAMES.map((name) => [`${name}/redis.conf`, CONF])),
};
