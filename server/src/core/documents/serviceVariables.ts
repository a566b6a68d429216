/** What the process of a service gets as its environment, with the place of every name and value: `environment` over the `env_file`s. */
import { FactFromFiles } from "../fact.ts";
import type { FileSource } from "../files.ts";
import type { Place } from "../finding.ts";
import { envDefinitions, readEnvFile } from "../parse/envFile.ts";
import type { YamlScalar } from "../parse/yamlTree.ts";
import { writtenSpan } from "../parse/yamlTree.ts";
import { resolvePath } from "../paths.ts";
import { type Span, spanOf } from "../text.ts";
import { fieldsOf, type ProjectService, type ServiceLayer } from "./composeProject.ts";
import { type Written, writtenLine, writtenScalar } from "./written.ts";

export interface ServiceVariable {
  /** `null`: it comes from the shell, or hangs on something that nobody knows. */
  readonly value: string | null;
  /** The name. */
  readonly key: Place;
  /** `null` for a name without a value. */
  readonly written: Written | null;
  /** It stands in `environment`, not in an `env_file`. */
  readonly isOwn: boolean;
}

export interface ServiceEnvironment {
  readonly variables: ReadonlyMap<string, ServiceVariable>;
  /** Everything was read: a name that is absent is absent. */
  readonly isComplete: boolean;
  /** The `env_file`s that were read. */
  readonly files: readonly string[];
}

interface EnvFile {
  /** `null`: the path hangs on a variable that nobody defines. */
  readonly path: string | null;
  readonly isRequired: boolean;
}

const ENVIRONMENT = new FactFromFiles<ProjectService, ServiceEnvironment>();

export function environmentOfService(service: ProjectService, files: FileSource): ServiceEnvironment {
  return ENVIRONMENT.of(service, [], files, (recorded) => readEnvironment(service, recorded));
}

function readEnvironment(service: ProjectService, files: FileSource): ServiceEnvironment {
  const variables = new Map<string, ServiceVariable>();
  const read: string[] = [];
  let isComplete = service.isWhole;
  for (const { path, isRequired } of envFilesOfService(service)) {
    const text = path === null ? null : files.read(path);
    if (path === null || typeof text !== "string") {
      if (!isRequired && path !== null) continue;
      isComplete = false;
      // It may set all of them anew.
      for (const [name, variable] of variables) variables.set(name, { ...variable, value: null });
      continue;
    }
    read.push(path);
    for (const [name, key] of namesIn(text))
      variables.set(name, { value: null, key: { path, span: key }, written: null, isOwn: false });
    const source = { path, text };
    for (const [name, { value, key, written, span }] of envDefinitions(path, text, service.lookup)) {
      const line = writtenLine(value, source, written, span !== null);
      variables.set(name, { value, key: { path, span: key }, written: line, isOwn: false });
    }
  }
  for (const { layer, node } of fieldsOf(service, "environment")) {
    if (node?.kind === "map") {
      for (const { key, value } of layer.reader.entries(node))
        variables.set(key.value, ofPair(key, layer.reader.scalar(value), layer, service));
    } else if (node?.kind === "seq") {
      for (const item of node.items) {
        const scalar = layer.reader.scalar(item);
        const found = scalar === null ? null : ofItem(scalar, layer, service);
        if (found !== null) variables.set(found.name, found.variable);
      }
    }
  }
  return { variables, isComplete, files: read };
}

/** Every name of a file, also one that stands alone and comes from the shell; values come on top where they are known. */
function namesIn(text: string): Map<string, Span> {
  const { entries, unread } = readEnvFile(text, "compose");
  const names = new Map(entries.map(({ key, keySpan }) => [key, keySpan]));
  for (const line of unread) {
    const [, name] = /^(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_.-]*)$/.exec(text.slice(line.start, line.end)) ?? [];
    if (name !== undefined) names.set(name, spanOf(line.end - name.length, line.end));
  }
  return names;
}

/** The files that a service names by `env_file`, in the order in which they are read. */
export function envFilesOfService(service: ProjectService): EnvFile[] {
  return fieldsOf(service, "env_file").flatMap(({ layer, node }) => {
    const items = node?.kind === "seq" ? node.items : node === null ? [] : [node];
    const pathOf = (scalar: YamlScalar): string | null => {
      const { value } = writtenScalar(scalar, layer, service.lookup);
      return value === null ? null : resolvePath(layer.folder, value);
    };
    return items.flatMap((item): EnvFile[] => {
      const short = layer.reader.scalar(item);
      if (short !== null) return [{ path: pathOf(short), isRequired: true }];
      const long = layer.reader.map(item);
      const path = layer.reader.text(long, "path");
      const required = layer.reader.text(long, "required")?.value;
      return path === null ? [] : [{ path: pathOf(path), isRequired: required !== "false" }];
    });
  });
}

function ofPair(
  key: YamlScalar,
  scalar: YamlScalar | null,
  layer: ServiceLayer,
  { lookup }: ProjectService,
): ServiceVariable {
  const place = { path: layer.path, span: key.span };
  // Without a value it comes from the shell.
  if (scalar === null || (scalar.style === "plain" && /^(?:~|null|Null|NULL)?$/.test(scalar.value)))
    return { value: null, key: place, written: null, isOwn: true };
  const written = writtenScalar(scalar, layer, lookup);
  return { value: written.value, key: place, written, isOwn: true };
}

/** `NAME=value`, or a name alone, whose value comes from the shell. */
function ofItem(
  scalar: YamlScalar,
  layer: ServiceLayer,
  { lookup }: ProjectService,
): { readonly name: string; readonly variable: ServiceVariable } | null {
  const { path, text } = layer;
  const [, name, value] = /^([^=]+)(?:=([\s\S]*))?$/.exec(scalar.value) ?? [];
  if (name === undefined) return null;
  const whole = writtenSpan(scalar, text);
  const isPlain = whole !== null && text.startsWith(name, whole.start);
  const key = { path, span: isPlain ? spanOf(whole.start, whole.start + name.length) : scalar.span };
  if (value === undefined) return { name, variable: { value: null, key, written: null, isOwn: true } };
  const written = writtenScalar(scalar, layer, lookup, name.length + 1);
  return { name, variable: { value: written.value, key, written, isOwn: true } };
}
