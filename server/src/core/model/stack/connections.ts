/** How the apps of a project connect to its servers: read from the environment of their services, as the code of each app reads it. */
import { compareVersions } from "../../catalog/version.ts";
import type { ProjectService } from "../../documents/composeProject.ts";
import type { ServiceEnvironment, ServiceVariable } from "../../documents/serviceVariables.ts";
import { placeOf, UNKNOWN_PART, type Written } from "../../documents/written.ts";
import { type CacheUrl, isSampleFile, parseCacheUrl, type UrlPart } from "../../env/index.ts";
import type { Place } from "../../finding.ts";
import { type Span, spanOf } from "../../text.ts";
import type { Resolution } from "./resolveHost.ts";
import { USUAL_PORT } from "./settings.ts";

/** `main`: the unprefixed connection (feeds); `queue`: jobs; `cache`: what may be lost. */
export type Role = "main" | "queue" | "cache";

/** What a container of an app does, as far as that decides which variables it reads. */
export type ClientProcess = "web" | "sidekiq" | "streaming" | "other";

export interface StackClient {
  readonly app: "mastodon" | "postiz";
  /** `null`: not known. */
  readonly version: string | null;
  /** Its tag follows the newest release. */
  readonly isLatest: boolean;
  readonly service: ProjectService;
  readonly process: ClientProcess;
  readonly environment: ServiceEnvironment;
}

/** A part of a connection that somebody wrote. */
export interface Part {
  readonly text: string;
  readonly place: Place;
  /** For edits: the value and the range in it. */
  readonly written: Written | null;
  readonly range: Span;
}

/** `null`: nobody wrote it, so the default counts; `unknown`: somebody did, and nobody can read it. */
export type MaybePart = Part | null | "unknown";

export interface Connection {
  readonly client: StackClient;
  readonly role: Role;
  /** The variable that decides: the URL, else the host. */
  readonly variable: ServiceVariable;
  /** All of a URL; `null` for a connection made of parts. */
  readonly url: Part | null;
  readonly scheme: MaybePart;
  readonly host: Part;
  readonly port: MaybePart;
  readonly database: MaybePart;
  readonly user: MaybePart;
  readonly password: MaybePart;
  /** The variable for the password of a connection made of parts, blank or not. */
  readonly passwordVariable: ServiceVariable | null;
  readonly target: Resolution;
}

/** The connections of one client; `null` in place of one that nobody can read. */
export interface ClientConnections {
  readonly client: StackClient;
  readonly byRole: ReadonlyMap<Role, Connection | null>;
}

const PREFIXES: readonly (readonly [Role, string])[] = [
  ["main", ""],
  ["queue", "SIDEKIQ_"],
  ["cache", "CACHE_"],
];

export function connectionsOf(
  client: StackClient,
  resolve: (service: ProjectService, host: string) => Resolution,
): ClientConnections {
  const byRole = new Map<Role, Connection | null>();
  const reader = new ConnectionReader(client, resolve);
  if (client.app === "postiz") {
    const url = reader.url("REDIS_URL", "main");
    if (url !== undefined) byRole.set("main", url);
    return { client, byRole };
  }
  for (const [role, prefix] of PREFIXES) {
    if (client.process === "streaming" && role !== "main") continue;
    byRole.set(role, reader.mastodon(prefix, role));
  }
  return { client, byRole };
}

/** The port that the connection uses; `null` = not known. */
export function portOf({ port }: Connection): number | null {
  if (port === null) return USUAL_PORT;
  return port !== "unknown" && /^\d{1,5}$/.test(port.text) ? Number(port.text) : null;
}

export function isTls({ scheme }: Connection): boolean | null {
  return scheme === "unknown" ? null : scheme?.text.toLowerCase() === "rediss";
}

class ConnectionReader {
  readonly #client: StackClient;
  readonly #resolve: (service: ProjectService, host: string) => Resolution;

  constructor(client: StackClient, resolve: (service: ProjectService, host: string) => Resolution) {
    this.#client = client;
    this.#resolve = resolve;
  }

  /** The URL wins; then the host switches the other parts of its prefix on; else the unprefixed connection counts. */
  mastodon(prefix: string, role: Role): Connection | null {
    const url = this.url(`${prefix}REDIS_URL`, role);
    if (url !== undefined) return url;
    const sentinels = this.#variable(`${prefix}REDIS_SENTINELS`);
    if (sentinels === "unknown" || (sentinels !== null && sentinels.value !== "")) return null;
    const host = this.#variable(`${prefix}REDIS_HOST`);
    if (host === "unknown") return null;
    if (host === null || host.value === "") return prefix === "" ? null : this.mastodon("", role);
    const written = host.written;
    const hostPart = written === null ? "unknown" : partOf(written, spanOf(0, written.resolved.value.length));
    if (hostPart === "unknown") return null;
    const name = this.#client.process === "streaming" ? "REDIS_USERNAME" : `${prefix}REDIS_USER`;
    const password = this.#variable(`${prefix}REDIS_PASSWORD`);
    return {
      client: this.#client,
      role,
      variable: host,
      url: null,
      scheme: null,
      host: hostPart,
      port: this.#part(`${prefix}REDIS_PORT`),
      database: this.#part(`${prefix}REDIS_DB`),
      user: this.#hasUsers ? this.#part(name) : null,
      password: this.#part(`${prefix}REDIS_PASSWORD`),
      passwordVariable: password === "unknown" ? null : password,
      target: this.#resolve(this.#client.service, hostPart.text),
    };
  }

  /** `undefined`: it is not set. `null`: it is, and leads nowhere that could be read. */
  url(name: string, role: Role): Connection | null | undefined {
    const variable = this.#variable(name);
    if (variable === "unknown") return null;
    if (variable === null) return undefined;
    const { written } = variable;
    if (written === null) return null;
    const text = written.resolved.value;
    if (text.trim() === "") return this.#isBlankUnset ? undefined : null;
    const url = parseCacheUrl(text, 0);
    if (!/^rediss?$/i.test(url.scheme?.text ?? "") || url.separator?.text !== "://") return null;
    const host = partOf(written, url.host.span);
    if (host === "unknown" || host.text === "") return null;
    const at = (part: UrlPart | null): MaybePart =>
      part === null || part.text === "" ? null : partOf(written, part.span);
    return {
      client: this.#client,
      role,
      variable,
      url: { text, place: placeOf(written), written, range: spanOf(0, text.length) },
      scheme: at(url.scheme),
      host,
      port: at(url.port),
      database: at(databasePart(url)),
      user: at(url.user),
      password: at(url.password),
      passwordVariable: null,
      target: this.#resolve(this.#client.service, host.text),
    };
  }

  /** `null`: it is certainly not set. */
  #variable(name: string): ServiceVariable | null | "unknown" {
    const { variables, isComplete } = this.#client.environment;
    const variable = variables.get(name);
    if (variable === undefined) return isComplete ? null : "unknown";
    return variable.written === null ? "unknown" : variable;
  }

  #part(name: string): MaybePart {
    const variable = this.#variable(name);
    if (variable === null || variable === "unknown") return variable;
    const { written } = variable;
    if (written === null) return "unknown";
    return written.resolved.value.trim() === "" ? null : partOf(written, spanOf(0, written.resolved.value.length));
  }

  /** Up to 4.2 a blank URL counts as none; later it is one, and Postiz takes it for none. */
  get #isBlankUnset(): boolean {
    const { app, version } = this.#client;
    return app === "postiz" || (version !== null && compareVersions(version, "4.3") < 0);
  }

  get #hasUsers(): boolean {
    const { version } = this.#client;
    return version === null || compareVersions(version, "4.3") >= 0;
  }
}

function databasePart({ database }: CacheUrl): UrlPart | null {
  return database === null || database.text === "/" ? null : database;
}

/** Left for a person or a program to fill in. */
const TEMPLATE = /\{\{|<%|^<[^<>]*>$|\$\{|\$\(|^%.*%$/;

function partOf(written: Written, range: Span): Part | "unknown" {
  const text = written.resolved.value.slice(range.start, range.end);
  const place = placeOf(written, range);
  if (text.includes(UNKNOWN_PART) || TEMPLATE.test(text) || isSampleFile(place.path)) return "unknown";
  return { text, place, written, range };
}
