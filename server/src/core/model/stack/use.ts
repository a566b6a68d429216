/** Who uses the servers of a stack: the known apps by their connections, and others by what they say. */
import { fieldOf, type ProjectService } from "../../documents/composeProject.ts";
import { Fact } from "../../fact.ts";
import type { Role } from "./connections.ts";
import type { StackServer } from "./servers.ts";
import type { Stack } from "./stack.ts";

/** What the apps of a stack use a server for. */
export interface ServerUse {
  readonly roles: ReadonlySet<Role>;
  readonly apps: ReadonlySet<string>;
  /** Nobody else uses it, and every connection of the apps is known. */
  readonly isCertain: boolean;
}

const USES = new WeakMap<Stack, Map<StackServer, ServerUse>>();

export function useOf(stack: Stack, server: StackServer): ServerUse {
  const known = USES.get(stack) ?? usesIn(stack);
  USES.set(stack, known);
  const use = known.get(server) ?? new UsedServer(stack, server);
  known.set(server, use);
  return use;
}

/** The servers that connections lead to. */
function usesIn(stack: Stack): Map<StackServer, ServerUse> {
  const uses = new Map<StackServer, UsedServer>();
  for (const { target, role, client } of stack.connections) {
    if (target.kind !== "server") continue;
    const use = uses.get(target.server) ?? new UsedServer(stack, target.server);
    uses.set(target.server, use);
    use.roles.add(role);
    use.apps.add(client.app);
  }
  return uses;
}

class UsedServer implements ServerUse {
  readonly roles = new Set<Role>();
  readonly apps = new Set<string>();
  readonly #stack: Stack;
  readonly #server: StackServer;
  #isCertain: boolean | null = null;

  constructor(stack: Stack, server: StackServer) {
    this.#stack = stack;
    this.#server = server;
  }

  get isCertain(): boolean {
    this.#isCertain ??= isUseCertain(this.#stack, this.#server);
    return this.#isCertain;
  }
}

function isUseCertain(stack: Stack, server: StackServer): boolean {
  const isRead = stack.clients.every(({ byRole }) => [...byRole.values()].every((connection) => connection !== null));
  return isRead && stack.project.isWhole && !isUsedByOthers(stack, server);
}

/** A service that is neither a known app nor a server names the server, or has a file of variables that may. */
function isUsedByOthers(stack: Stack, server: StackServer): boolean {
  return isNamedByOthers(stack, server) || othersOf(stack).hasFiles;
}

/** Such a service names it in its environment, its command, or what it waits for. */
export function isNamedByOthers(stack: Stack, server: StackServer): boolean {
  const { words, services } = othersOf(stack);
  return [...server.names].some((name) =>
    isWord(name) ? words.has(name) : services.some((service) => mentions(service, name)),
  );
}

/** What the services say that are neither known apps nor servers. */
interface Others {
  readonly services: readonly ProjectService[];
  readonly words: ReadonlySet<string>;
  readonly hasFiles: boolean;
}

const OTHERS = new WeakMap<Stack, Others>();

function othersOf(stack: Stack): Others {
  const known = OTHERS.get(stack);
  if (known !== undefined) return known;
  const { project, clients, servers } = stack;
  const named = new Set([...clients.map(({ client }) => client.service), ...servers.map(({ service }) => service)]);
  const services = project.services.filter((service) => !named.has(service));
  const words = new Set<string>();
  for (const service of services) for (const word of WORDS.of(service, wordsOf)) words.add(word);
  const hasFiles = services.some((service) => fieldOf(service, "env_file") !== null);
  const others = { services, words, hasFiles };
  OTHERS.set(stack, others);
  return others;
}

export function names(service: ProjectService, server: StackServer): boolean {
  const words = WORDS.of(service, wordsOf);
  return [...server.names].some((name) => (isWord(name) ? words.has(name) : mentions(service, name)));
}

/** Made of what words are made of, so that it stands in a text as a word or not at all. */
function isWord(name: string): boolean {
  return /^[a-z0-9_.-]+$/.test(name);
}

const WORDS = new Fact<ProjectService, ReadonlySet<string>>();

/** The words of what a service says about others, in lower case. */
function wordsOf(service: ProjectService): ReadonlySet<string> {
  const texts = textsOf(service);
  return new Set(texts.flatMap((text) => text.toLowerCase().match(/[a-z0-9_.-]+/g) ?? []));
}

function mentions(service: ProjectService, name: string): boolean {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const pattern = new RegExp(`(?:^|[^A-Za-z0-9_.-])${escaped}(?:[^A-Za-z0-9_.-]|$)`, "i");
  return textsOf(service).some((text) => pattern.test(text));
}

function textsOf(service: ProjectService): string[] {
  return service.layers.flatMap(({ map, reader, text }) =>
    ["environment", "command", "entrypoint", "depends_on", "links"].flatMap((key) => {
      const node = reader.resolve(reader.get(map, key)?.value ?? null);
      return node === null ? [] : [text.slice(node.span.start, node.span.end)];
    }),
  );
}
