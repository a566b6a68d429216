/**
 * A stack: the servers of a compose project, the apps that use them, and the connections between them. Made from files, remembered as
 * long as those read the same; two projects never mix.
 */
import type { Catalog } from "../../catalog/catalog.ts";
import type { ConfChecker } from "../../conf/index.ts";
import { composeServices } from "../../documents/composeFile.ts";
import {
  type ComposeProject,
  fieldOf,
  type ProjectService,
  projectFilesIn,
  readProject,
} from "../../documents/composeProject.ts";
import { mayNameFile } from "../../documents/envFileNames.ts";
import { type FolderIndex, namingFolders, type TextSource } from "../../documents/folderIndex.ts";
import { kindOfName } from "../../documents/kind.ts";
import { environmentOfService, type ServiceEnvironment } from "../../documents/serviceVariables.ts";
import { Fact } from "../../fact.ts";
import type { FileSource } from "../../files.ts";
import { MappedFromFiles } from "../../mapped.ts";
import { basename, dirname, resolvePath } from "../../paths.ts";
import { Remember } from "../../remember.ts";
import type { AppDetector } from "../appVersion.ts";
import { type BullmqUse, bullmqUses } from "./bullmq.ts";
import {
  type ClientConnections,
  type ClientProcess,
  type Connection,
  connectionsOf,
  type StackClient,
} from "./connections.ts";
import { HostResolver } from "./resolveHost.ts";
import { imageOf, type StackServer, stackServers } from "./servers.ts";

/** A version of an app that somebody declared; it counts for images that tell none. */
export interface DeclaredVersion {
  readonly app: string;
  /** `off`: the app is not judged. */
  readonly version: string;
}

export interface Stack {
  readonly project: ComposeProject;
  /** Versions that somebody declared, `off` among them. */
  readonly declared: readonly DeclaredVersion[];
  readonly servers: readonly StackServer[];
  readonly clients: readonly ClientConnections[];
  /** The ones that could be read. */
  readonly connections: readonly Connection[];
  /** Names of services in other compose files of its folder: whoever loads those, too, finds them. */
  readonly besides: ReadonlySet<string>;
  /** Who else queues jobs in which server. */
  readonly bullmq: readonly BullmqUse[];
  /** Every file that has a say. */
  readonly files: ReadonlySet<string>;
}

const MAX_STACKS = 200;
const MAX_FOLDERS = 500;
const CLIENT_APPS = ["mastodon", "postiz"] as const;
/** Variables that only this app has: a service with one of them runs it, whatever its image is called. */
const MARKS: Readonly<Record<string, RegExp>> = {
  mastodon: /^(?:LOCAL_DOMAIN|WEB_DOMAIN|SINGLE_USER_MODE|ACTIVE_RECORD_ENCRYPTION_PRIMARY_KEY)$/,
  postiz: /^(?:BACKEND_INTERNAL_URL|NEXT_PUBLIC_BACKEND_URL)$/,
};

/** A service that runs an app, as far as the service alone tells. */
interface FoundClient {
  readonly service: ProjectService;
  readonly environment: ServiceEnvironment;
  readonly app: string;
  readonly version: string | null;
  readonly isLatest: boolean;
  readonly image: ReturnType<typeof imageOf>;
}

export class Stacks {
  readonly #catalog: Catalog;
  readonly #index: FolderIndex;
  readonly #conf: ConfChecker;
  readonly #detector: AppDetector;
  readonly #stacks = new Remember<Stack | null>(MAX_STACKS);
  readonly #projects = new Remember<string[][]>(MAX_FOLDERS);
  /** By the first file of a project. */
  readonly #found = new Fact<TextSource, MappedFromFiles<ProjectService, FoundClient | null>>();

  constructor(catalog: Catalog, index: FolderIndex, conf: ConfChecker, detector: AppDetector) {
    this.#catalog = catalog;
    this.#index = index;
    this.#conf = conf;
    this.#detector = detector;
  }

  /** Drops the stacks that were made of a file which nobody has open any more. */
  forgetMadeOf(path: string): void {
    this.#stacks.forgetMadeOf(path);
  }

  /** The stacks in which a file has a say. */
  around(path: string, declared: readonly DeclaredVersion[], files: FileSource): Stack[] {
    const candidates = files.root(path) === undefined ? [[path]] : this.#projectsAround(path, files);
    return candidates.flatMap((paths) => {
      const stack = this.#stack(paths, declared, files);
      return stack?.files.has(path) ? [stack] : [];
    });
  }

  #projectsAround(path: string, files: FileSource): string[][] {
    const name = basename(path);
    return namingFolders(path, files).flatMap((folder) => {
      const projects = this.#projects.get(folder, files, (recorded) => projectFilesIn(folder, recorded, this.#index));
      const own = projects.filter((paths) => paths.includes(path));
      if (own.length > 0) return own;
      const isOfProject = name === ".env" && folder === dirname(path);
      return projects.filter((paths) => isOfProject || this.#names(paths, name, files));
    });
  }

  /** A file of the project, or one that it includes, has the name in it. */
  #names(paths: readonly string[], name: string, files: FileSource): boolean {
    const seen = new Set(paths);
    for (const path of seen) {
      const text = files.read(path) ?? "";
      if (mayNameFile(text, name)) return true;
      if (!/\b(?:include|extends)\b/.test(text)) continue;
      for (const named of this.#index.namedBy(path, files)) if (seen.size < 100) seen.add(named);
    }
    return false;
  }

  #stack(paths: readonly string[], declared: readonly DeclaredVersion[], files: FileSource): Stack | null {
    const key = `${paths.join("|")} ${declared.map(({ app, version }) => `${app}@${version}`).join(",")}`;
    const stack = this.#stacks.get(key, files, (recorded) => this.#read(paths, declared, recorded));
    for (const path of stack?.project.files ?? []) {
      const text = files.read(path);
      if (typeof text === "string") this.#index.source(path, text);
    }
    return stack;
  }

  /** `null` without a server. */
  #read(paths: readonly string[], declared: readonly DeclaredVersion[], files: FileSource): Stack | null {
    const project = readProject(paths, files, this.#index);
    const source = this.#index.source(project.path, files.read(project.path) ?? "");
    const servers = stackServers(project, source, this.#catalog, this.#conf, files);
    if (servers.length === 0) return null;
    const resolver = new HostResolver(project, servers);
    const clients = this.#clients(project, source, servers, declared, files).map((client) =>
      connectionsOf(client, (service, host) => resolver.resolve(service, host)),
    );
    const connections = clients.flatMap(({ byRole }) => [...byRole.values()].filter((found) => found !== null));
    const env = [...servers, ...clients.map(({ client }) => client)].flatMap(({ environment }) => environment.files);
    const confs = servers.flatMap(({ conf }) => conf?.path ?? []);
    const folders = new Set(project.files.map(dirname));
    const interpolation = [...folders].map((folder) => resolvePath(folder, ".env"));
    return {
      project,
      declared,
      servers,
      clients,
      bullmq: bullmqUses(project, (service, host) => resolver.resolve(service, host), files),
      connections,
      // Read only where somebody asks: a folder may hold thousands of them.
      besides: connections.some(({ target }) => target.kind === "nothing") ? this.#besides(project, files) : new Set(),
      files: new Set([...project.files, ...env, ...confs, ...interpolation]),
    };
  }

  #besides({ path, files: own }: ComposeProject, files: FileSource): ReadonlySet<string> {
    const folder = dirname(path);
    const paths = (files.list(folder) ?? []).map((name) => resolvePath(folder, name));
    const near = paths.filter((file) => kindOfName(file) === "compose" && !own.includes(file));
    const services = near.flatMap((file) => {
      const text = files.read(file);
      return typeof text === "string" ? composeServices(this.#index.yaml(file, text)) : [];
    });
    return new Set(services.map(({ name }) => name.toLowerCase()));
  }

  #clients(
    project: ComposeProject,
    source: TextSource,
    servers: readonly StackServer[],
    declared: readonly DeclaredVersion[],
    files: FileSource,
  ): StackClient[] {
    const isServer = new Set(servers.map(({ service }) => service));
    const names = declared.map(({ app }) => app).join();
    const read = (service: ProjectService, recorded: FileSource) => this.#clientOf(service, declared, recorded);
    const found = this.#found
      .of(source, () => new MappedFromFiles())
      .of(project.services, [names], files, read)
      .filter((client) => client !== null && !isServer.has(client.service)) as FoundClient[];
    return CLIENT_APPS.flatMap((app) => {
      const version = declared.find((one) => one.app === app)?.version ?? null;
      if (version === "off") return [];
      const own = found.filter((client) => client.app === app);
      // One app has one version: what an image tells counts for those that tell none.
      const known = version ?? own.find((client) => client.version !== null)?.version ?? null;
      return own.map(({ service, environment, version: told, isLatest, image }) => ({
        app,
        version: told ?? known,
        isLatest: isLatest && version === null,
        service,
        process: processOf(service, image?.use.resolved.value ?? ""),
        environment,
      }));
    });
  }

  /** `null` for a service that runs no app that is known. */
  #clientOf(service: ProjectService, declared: readonly DeclaredVersion[], files: FileSource): FoundClient | null {
    const image = imageOf(service);
    const [known] = image === null ? [] : this.#detector.appImages([image.use]);
    if (known === undefined && declared.length === 0) return null;
    const environment = environmentOfService(service, files);
    const app = known?.app ?? this.#markedApp(environment, declared);
    const isKnown = image?.use.resolved.unresolved.length === 0;
    const isLatest = known !== undefined && isKnown && (known.tag === null || known.tag === "latest");
    return app === undefined ? null : { service, environment, app, version: known?.version ?? null, isLatest, image };
  }

  /** Of the declared apps, the one whose own variables a service has. */
  #markedApp({ variables }: ServiceEnvironment, declared: readonly DeclaredVersion[]): string | undefined {
    const names = [...variables.keys()];
    return declared.find(({ app }) => names.some((name) => MARKS[app]?.test(name)))?.app;
  }
}

function processOf(service: ProjectService, image: string): ClientProcess {
  const words = ["entrypoint", "command"].map((key) => {
    const node = fieldOf(service, key)?.node ?? null;
    if (node?.kind === "scalar") return node.value;
    return node?.kind === "seq" ? node.items.map((item) => (item.kind === "scalar" ? item.value : "")).join(" ") : "";
  });
  const command = words.join(" ");
  if (/streaming/.test(command) || /-streaming(?:[:@]|$)/.test(image)) return "streaming";
  if (/\bsidekiq\b/.test(command)) return "sidekiq";
  return /\b(?:puma|rails (?:s|server))\b/.test(command) ? "web" : "other";
}
