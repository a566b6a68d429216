/** What in a stack leads where: from a variable to its line, from a host to its service, from a mount to its file. Definition and references are the two ways along them. */
import { fieldsOf, type ProjectService } from "../../documents/composeProject.ts";
import type { ServiceEnvironment } from "../../documents/serviceVariables.ts";
import { fileBehind, mountsOfService } from "../../documents/serviceVolumes.ts";
import { type Written, writtenScalar } from "../../documents/written.ts";
import type { Place } from "../../finding.ts";
import type { Connection, MaybePart } from "../../model/stack/connections.ts";
import { type StackServer, settingPlace } from "../../model/stack/servers.ts";
import type { Setting } from "../../model/stack/settings.ts";
import type { Stack } from "../../model/stack/stack.ts";
import type { YamlNode } from "../../parse/yamlTree.ts";
import { resolvePath } from "../../paths.ts";
import { spanOf } from "../../text.ts";

export interface Edge {
  readonly from: Place;
  readonly to: Place;
  /** The target is a file as a whole. */
  readonly isFile: boolean;
}

const START = spanOf(0, 0);

export function edgesOf(stack: Stack): Edge[] {
  const places = new Map(stack.project.services.map((service) => [service.name, keyOf(service)]));
  return [
    ...stack.connections.flatMap(connectionEdges),
    ...stack.project.services.flatMap((service) => serviceEdges(service, places, stack)),
    ...stack.servers.flatMap(serverEdges),
    ...[...stack.servers, ...stack.clients.map(({ client }) => client)].flatMap(({ environment }) =>
      variableEdges(environment),
    ),
  ];
}

/** The name of a service, where it is written first. */
export function keyOf(service: ProjectService): Place | null {
  const layer = service.layers[0];
  return layer === undefined ? null : { path: layer.path, span: layer.key.span };
}

function edge(from: Place | null, to: Place | null, isFile = false): Edge[] {
  return from === null || to === null ? [] : [{ from, to, isFile }];
}

/** Host, port, password and database of a client lead to what the server says about them. */
function connectionEdges({ host, port, password, database, target }: Connection): Edge[] {
  if (target.kind !== "server") return [];
  const { server } = target;
  const { settings } = server;
  const pair = (part: MaybePart, setting: Setting<unknown> | null): Edge[] =>
    part === null || part === "unknown" ? [] : edge(part.place, setting?.place ?? null);
  const open = settings.port?.value === 0 ? settings.tlsPort : settings.port;
  return [
    ...edge(host.place, keyOf(server.service)),
    ...pair(port, open),
    ...pair(password, settings.password),
    ...pair(database, settings.databases),
  ];
}

/** `depends_on`, `env_file`, and variables in any text. */
function serviceEdges(service: ProjectService, places: ReadonlyMap<string, Place | null>, stack: Stack): Edge[] {
  const waits = fieldsOf(service, "depends_on").flatMap(({ layer, node }) => {
    const names =
      node?.kind === "map"
        ? layer.reader.entries(node).map(({ key }) => key)
        : node?.kind === "seq"
          ? node.items.flatMap((item) => layer.reader.scalar(item) ?? [])
          : [];
    return names.flatMap((name) => edge({ path: layer.path, span: name.span }, places.get(name.value) ?? null));
  });
  const read = fieldsOf(service, "env_file").flatMap(({ layer, node }) => {
    const items: readonly YamlNode[] = node?.kind === "seq" ? node.items : node === null ? [] : [node];
    return items.flatMap((item) => {
      const scalar = layer.reader.scalar(item) ?? layer.reader.text(layer.reader.map(item), "path");
      const written = scalar === null ? null : writtenScalar(scalar, layer, service.lookup);
      if (written === null || written.value === null) return [];
      const path = resolvePath(layer.folder, written.value);
      const from = { path: written.path, span: written.span };
      return stack.files.has(path) ? edge(from, { path, span: START }, true) : [];
    });
  });
  return [...waits, ...read];
}

/** Mounts and arguments lead to the file of the project; what the command line overrules leads to what wins. */
function serverEdges(server: StackServer): Edge[] {
  const { conf, call, values, service } = server;
  const mounts = mountsOfService(service) ?? [];
  const named = conf == null ? [] : [conf.path];
  const toFile = mounts.flatMap(({ target, place }) => {
    const path = fileBehind(mounts, target);
    return path !== null && named.includes(path) ? edge(place, { path, span: START }, true) : [];
  });
  const words = (call?.args ?? []).flatMap(({ value, place }) => {
    const path = value.startsWith("/") ? fileBehind(mounts, value) : null;
    return path !== null && named.includes(path) ? edge(place, { path, span: START }, true) : [];
  });
  const expressions = (call?.args ?? []).flatMap(({ written }) => (written === null ? [] : definitionEdges(written)));
  const lines = (values?.overruled ?? []).flatMap(({ lost, won }) =>
    edge(settingPlace(server, lost.place), settingPlace(server, won.place)),
  );
  return [...toFile, ...words, ...expressions, ...lines];
}

function variableEdges({ variables }: ServiceEnvironment): Edge[] {
  return [...variables.values()].flatMap(({ written }) => (written === null ? [] : definitionEdges(written)));
}

/** Each expression of a text leads to the line that gives it its value. */
function definitionEdges({ path, resolved }: Written): Edge[] {
  return resolved.pieces.flatMap(({ definition, expression }) =>
    definition?.span == null || expression === null
      ? []
      : edge({ path, span: expression }, { path: definition.path, span: definition.span }),
  );
}
