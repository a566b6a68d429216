/** Two environment files of one folder, for two servers of Mastodon, that name the same Redis on another machine. */
import type { SourceText } from "../../documents/extraction.ts";
import { kindOfName } from "../../documents/kind.ts";
import { isSampleFile, parseCacheUrl } from "../../env/index.ts";
import type { FileSource } from "../../files.ts";
import { type EnvDefinition, envDefinitions } from "../../parse/envFile.ts";
import { basename, dirname, resolvePath } from "../../paths.ts";
import { type Span, spanOf } from "../../text.ts";
import type { Draft } from "../rule.ts";

/** Stages of one server: it is not two that share. */
const STAGES = /[._-](?:production|prod|live|staging|stage|development|dev|test|local)(?=[._-]|$)/gi;
/** A name of a machine, not an address. */
const FULL_NAME = /^(?=.*[a-z])[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i;

interface Main {
  readonly domain: string;
  readonly namespace: string;
  readonly host: string;
  readonly port: string;
  readonly place: Span;
}

/** Told in the file whose name comes later. */
export function sharedHostDrafts({ path, text }: SourceText, files: FileSource): Draft[] {
  const own = mainOf(path, text);
  if (own === null) return [];
  const folder = dirname(path);
  const earlier = (files.list(folder) ?? []).filter((name) => name < basename(path)).sort();
  for (const other of earlier.map((name) => resolvePath(folder, name))) {
    const theirs = kindOfName(other) === "environment" ? files.read(other) : null;
    const main = typeof theirs === "string" ? mainOf(other, theirs) : null;
    if (main === null || stageless(other) === stageless(path) || !isShared(own, main)) continue;
    const message =
      "Another Mastodon server, with a LOCAL_DOMAIN of its own, uses this Redis: since namespaces are gone they share jobs and feeds, and a database number does not keep their messages apart. Give each server a Redis of its own.";
    const about = `${basename(other)} names the same one`;
    return [
      { span: own.place, message, severity: "warning", related: [{ path: other, span: main.place, message: about }] },
    ];
  }
  return [];
}

function isShared(one: Main, other: Main): boolean {
  const isSame = one.host === other.host && one.port === other.port;
  // Up to 4.3 different namespaces kept them apart; newer versions refuse to start with one.
  return isSame && one.domain !== other.domain && one.namespace === other.namespace;
}

function stageless(path: string): string {
  return basename(path).replace(STAGES, "");
}

/** `null` where the domain or the host is not known, or is no name of a machine. */
function mainOf(path: string, text: string): Main | null {
  if (isSampleFile(path) || !text.includes("LOCAL_DOMAIN")) return null;
  const defined = envDefinitions(path, text, () => null);
  const domain = defined.get("LOCAL_DOMAIN")?.value ?? "";
  const url = defined.get("REDIS_URL");
  const found = url !== undefined && url.value !== "" ? ofUrl(url) : ofParts(defined);
  if (domain === "" || found === null || !FULL_NAME.test(found.host)) return null;
  const namespace = defined.get("REDIS_NAMESPACE")?.value ?? "";
  return { ...found, domain: domain.toLowerCase(), namespace, host: found.host.toLowerCase() };
}

function ofUrl({ value, span, written }: EnvDefinition): Pick<Main, "host" | "port" | "place"> | null {
  const { host, port } = parseCacheUrl(value, 0);
  const place = span === null ? written : spanOf(span.start + host.span.start, span.start + host.span.end);
  return { host: host.text, port: port?.text || "6379", place };
}

function ofParts(defined: ReadonlyMap<string, EnvDefinition>): Pick<Main, "host" | "port" | "place"> | null {
  const host = defined.get("REDIS_HOST");
  return host === undefined
    ? null
    : { host: host.value, port: defined.get("REDIS_PORT")?.value || "6379", place: host.written };
}
