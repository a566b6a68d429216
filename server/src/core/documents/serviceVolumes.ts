/** What a service of a project mounts, and what its limits are. */
import { Fact } from "../fact.ts";
import type { Place } from "../finding.ts";
import type { YamlNode } from "../parse/yamlTree.ts";
import { resolvePath } from "../paths.ts";
import { fieldOf, fieldsOf, type ProjectService, type ServiceLayer } from "./composeProject.ts";
import { type Written, writtenScalar } from "./written.ts";

export interface ServiceMount {
  readonly kind: "volume" | "bind" | "tmpfs" | "config" | "anonymous";
  /** Name of the volume, or path of the project; `null` for what has none, or an absolute path of the host. */
  readonly source: string | null;
  /** In the container, without a slash at its end. */
  readonly target: string;
  readonly subpath: string | null;
  /** The entry, and the text that names the target. */
  readonly place: Place;
}

const MOUNTS = new Fact<ProjectService, readonly ServiceMount[] | null>();
const LIMIT = new Fact<ProjectService, MemoryLimit | null>();

/** `null`: an entry cannot be read, or other containers have a say. */
export function mountsOfService(service: ProjectService): readonly ServiceMount[] | null {
  return MOUNTS.of(service, readMounts);
}

function readMounts(service: ProjectService): readonly ServiceMount[] | null {
  if (fieldOf(service, "volumes_from") !== null) return null;
  const mounts: ServiceMount[] = [];
  for (const { layer, node } of fieldsOf(service, "volumes")) {
    if (node === null) continue;
    if (node.kind !== "seq") return null;
    for (const item of node.items) {
      const mount = readMount(item, layer, service);
      if (mount === null) return null;
      add(mounts, mount);
    }
  }
  for (const { layer, node } of fieldsOf(service, "tmpfs")) {
    const items = node?.kind === "seq" ? node.items : node === null ? [] : [node];
    for (const item of items) {
      const scalar = layer.reader.scalar(item);
      const written = scalar === null ? null : writtenScalar(scalar, layer, service.lookup);
      if (written === null || written.value === null) return null;
      const target = clean(written.value.replace(/:.*$/, ""));
      add(mounts, { kind: "tmpfs", source: null, target, subpath: null, place: whole(written) });
    }
  }
  for (const mount of configsOf(service)) add(mounts, mount);
  return mounts;
}

/** A later mount of the same place replaces the earlier one. */
function add(mounts: ServiceMount[], mount: ServiceMount): void {
  const at = mounts.findIndex(({ target }) => target === mount.target);
  if (at >= 0) mounts.splice(at, 1);
  mounts.push(mount);
}

function whole({ path, span }: Written): Place {
  return { path, span };
}

function clean(path: string): string {
  return path.length > 1 ? path.replace(/\/+$/, "") : path;
}

function readMount(item: YamlNode, layer: ServiceLayer, { lookup }: ProjectService): ServiceMount | null {
  const scalar = layer.reader.scalar(item);
  if (scalar !== null) {
    const written = writtenScalar(scalar, layer, lookup);
    return written.value === null ? null : shortMount(written.value, layer.folder, whole(written));
  }
  const { reader } = layer;
  const map = reader.map(item);
  const read = (key: string): string | null | undefined => {
    const text = reader.text(map, key);
    return text === null ? undefined : writtenScalar(text, layer, lookup).value;
  };
  const kind = read("type") ?? "volume";
  const source = read("source");
  const target = read("target");
  if (map === null || target == null || source === null) return null;
  const place = { path: layer.path, span: reader.text(map, "target")?.span ?? map.span };
  const volume = reader.map(reader.get(map, "volume")?.value);
  const subpath = reader.text(volume, "subpath")?.value ?? null;
  if (kind === "tmpfs") return { kind, source: null, target: clean(target), subpath: null, place };
  if (source === undefined) return { kind: "anonymous", source: null, target: clean(target), subpath, place };
  const isPath = kind === "bind";
  return {
    kind: isPath ? "bind" : "volume",
    source: isPath ? pathOf(source, layer.folder) : source,
    target: clean(target),
    subpath,
    place,
  };
}

/** `source:target:mode`, `source:target`, or a target alone; a drive of Windows is no source by itself. */
function shortMount(text: string, folder: string, place: Place): ServiceMount | null {
  const drive = /^[A-Za-z]:(?=[\\/])/.exec(text)?.[0] ?? "";
  const [first = "", target] = text.slice(drive.length).split(":");
  if (target === undefined) return { kind: "anonymous", source: null, target: clean(first), subpath: null, place };
  const source = drive + first;
  const isPath = /^(?:[.~/\\]|[A-Za-z]:)/.test(source);
  if (!target.startsWith("/")) return null;
  return {
    kind: isPath ? "bind" : "volume",
    source: isPath ? pathOf(source, folder) : source,
    target: clean(target),
    subpath: null,
    place,
  };
}

/** A path of the project; what lies elsewhere on the host is only told apart by its text. */
function pathOf(source: string, folder: string): string {
  return /^\.{1,2}(?:[/\\]|$)/.test(source) ? resolvePath(folder, source) : `host:${source}`;
}

function configsOf(service: ProjectService): ServiceMount[] {
  return fieldsOf(service, "configs").flatMap(({ layer, node }) => {
    const { reader } = layer;
    const configs = reader.map(reader.get(reader.root, "configs")?.value);
    const items = node?.kind === "seq" ? node.items : [];
    return items.flatMap((item): ServiceMount[] => {
      const long = reader.map(item);
      const short = reader.scalar(item);
      const name = short?.value ?? reader.text(long, "source")?.value;
      if (name === undefined) return [];
      const file = reader.text(reader.map(reader.get(configs, name)?.value), "file");
      const path = file === null ? null : writtenScalar(file, layer, service.lookup).value;
      const written = reader.text(long, "target") ?? short;
      return [
        {
          kind: "config",
          source: path === null ? null : resolvePath(layer.folder, path),
          target: reader.text(long, "target")?.value ?? `/${name}`,
          subpath: null,
          place: { path: layer.path, span: written?.span ?? item.span },
        },
      ];
    });
  });
}

/** The file of the project behind a path in the container; `null` where none is mounted there. */
export function fileBehind(mounts: readonly ServiceMount[], path: string): string | null {
  const found = mounts
    .filter(({ target }) => path === target || path.startsWith(target === "/" ? "/" : `${target}/`))
    .toSorted((a, b) => b.target.length - a.target.length)[0];
  if (found === undefined || found.source === null || found.source.startsWith("host:")) return null;
  if (found.kind !== "bind" && found.kind !== "config") return null;
  return path === found.target ? found.source : resolvePath(found.source, `.${path.slice(found.target.length)}`);
}

/** True where a mount covers a folder of the container. */
export function covers({ target }: ServiceMount, folder: string): boolean {
  return target === folder || folder.startsWith(target === "/" ? "/" : `${target}/`);
}

export interface MemoryLimit {
  readonly bytes: bigint;
  readonly written: Written;
}

const SIZE = /^(\d+(?:\.\d+)?)\s*([bkmgt]?)(?:i?b)?$/i;
const UNITS: Readonly<Record<string, number>> = { "": 1, b: 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3, t: 1024 ** 4 };

/** `mem_limit` or `deploy.resources.limits.memory`, whichever is set; powers of 1024 (docker/go-units, RAMInBytes). */
export function memoryLimitOf(service: ProjectService): MemoryLimit | null {
  return LIMIT.of(service, readMemoryLimit);
}

function readMemoryLimit(service: ProjectService): MemoryLimit | null {
  for (const keys of [["deploy", "resources", "limits", "memory"], ["mem_limit"]]) {
    const field = fieldOf(service, ...keys);
    if (field?.node?.kind !== "scalar") continue;
    const written = writtenScalar(field.node, field.layer, service.lookup);
    const [, number, unit] = SIZE.exec(written.value ?? "") ?? [];
    // A variable is there to be changed.
    if (number === undefined || written.resolved.pieces.some(({ expression }) => expression !== null)) return null;
    const bytes = BigInt(Math.round(Number(number) * (UNITS[(unit ?? "").toLowerCase()] ?? 1)));
    return bytes === 0n ? null : { bytes, written };
  }
  return null;
}
