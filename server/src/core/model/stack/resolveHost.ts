/** Which service a host name leads to, seen from another service of the same project. */
import type { ComposeProject, ProjectService } from "../../documents/composeProject.ts";
import { linksOf, namesOf, networkMode, networksOf, outsideNamesOf } from "../../documents/serviceNetwork.ts";
import type { StackServer } from "./servers.ts";

export type Resolution =
  | { readonly kind: "server"; readonly server: StackServer }
  /** Another service, or one on no common network. */
  | { readonly kind: "service" }
  /** The container itself, where no server runs. */
  | { readonly kind: "itself" }
  /** Out of the project, or nobody knows. */
  | { readonly kind: "outside" }
  /** One label that nothing in the project has. */
  | { readonly kind: "nothing" };

const OUTSIDE: Resolution = { kind: "outside" };
const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|::1|0:0:0:0:0:0:0:1)$/i;

export function isLoopback(host: string): boolean {
  return LOOPBACK.test(host);
}

export class HostResolver {
  readonly #project: ComposeProject;
  readonly #servers: readonly StackServer[];
  #services: ReadonlyMap<string, ProjectService> | null = null;

  constructor(project: ComposeProject, servers: readonly StackServer[]) {
    this.#project = project;
    this.#servers = servers;
  }

  resolve(client: ProjectService, written: string): Resolution {
    const host = written.replace(/^\[|\]$/g, "").toLowerCase();
    const space = this.#spaceOf(client);
    if (space === null) return OUTSIDE;
    if (isLoopback(host)) return this.#loopback(space);
    if (outsideNamesOf(client).has(host) || /[^a-z0-9._-]/.test(host) || /^[\d.]+$/.test(host)) return OUTSIDE;
    // On the host's network names of services mean nothing.
    if (typeof space === "string") return OUTSIDE;
    const linked = linksOf(client).get(host);
    const networks = networksOf(space);
    const named = this.#project.services.filter((service) => service.name === linked || this.#hasName(service, host));
    if (named.length === 0) return host.includes(".") ? OUTSIDE : { kind: "nothing" };
    const near = named.filter((service) => service.name === linked || shares(networksOf(service), networks));
    const servers = this.#servers.filter(({ name }) => near.some((service) => service.name === name));
    const [server] = servers;
    return server !== undefined && near.length === 1 ? { kind: "server", server } : { kind: "service" };
  }

  /** One server in the same container network, and no other. */
  #loopback(space: ProjectService | "host"): Resolution {
    const near = this.#servers.filter(({ service }) => this.#spaceOf(service) === space);
    const isUnsure = this.#servers.some(({ service }) => this.#spaceOf(service) === null);
    const [server] = near;
    if (server !== undefined) return near.length === 1 ? { kind: "server", server } : OUTSIDE;
    // On the host anything may listen.
    return space === "host" || isUnsure ? OUTSIDE : { kind: "itself" };
  }

  #hasName(service: ProjectService, host: string): boolean {
    if (namesOf(service).has(host)) return true;
    const [, inner] = /^[a-z0-9][a-z0-9_-]*?[-_](.+)[-_]\d+$/.exec(host) ?? [];
    const name = service.name.toLowerCase();
    return inner !== undefined && (inner === name || inner.endsWith(`-${name}`) || inner.endsWith(`_${name}`));
  }

  #named(name: string): ProjectService | undefined {
    this.#services ??= new Map(this.#project.services.map((service) => [service.name, service]));
    return this.#services.get(name);
  }

  /** Whose network a service uses: its own, the host's, or that of another service; `null` = not known. */
  #spaceOf(service: ProjectService, steps = 0): ProjectService | "host" | null {
    const mode = networkMode(service);
    if (mode === undefined || mode === "bridge" || mode === "default") return service;
    if (mode === "host") return "host";
    const [, name] = /^service:(.+)$/.exec(mode ?? "") ?? [];
    const owner = name === undefined ? undefined : this.#named(name);
    return owner === undefined || steps > 5 ? null : this.#spaceOf(owner, steps + 1);
  }
}

function shares(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return [...a].some((name) => b.has(name));
}
