/** What the process of a compose service gets: `environment` over its `env_file`s, a later file over an earlier one. */
import type { FileSource } from "../files.ts";
import { envDefinitions } from "../parse/envFile.ts";
import { type Lookup, parseTemplate, resolveTemplate } from "../parse/interpolation.ts";
import { writtenSpan, type YamlScalar } from "../parse/yamlTree.ts";
import { dirname, resolvePath } from "../paths.ts";
import type { Span } from "../text.ts";
import type { ComposeService } from "./composeFile.ts";
import type { SourceText } from "./extraction.ts";

export interface ServiceVariable {
  /** `null` where it is unknown. */
  readonly value: string | null;
  /** In the compose file; `null` where it comes from an `env_file`. */
  readonly key: Span | null;
  /** The value as written there, where it stands in one piece. */
  readonly written: Span | null;
}

export type ServiceEnvironment = ReadonlyMap<string, ServiceVariable>;

/** `null` when a file that may set anything cannot be read. */
export function serviceEnvironment(
  service: ComposeService,
  source: SourceText,
  files: FileSource,
  lookup: Lookup,
): ServiceEnvironment | null {
  const environment = new Map<string, ServiceVariable>();
  for (const file of envFilesOf(service)) {
    const path = resolveTemplate(parseTemplate(file.path), lookup);
    const target = resolvePath(dirname(source.path), path.value);
    const text = path.unresolved.length > 0 ? null : files.read(target);
    if (typeof text !== "string") {
      if (file.isRequired) return null;
      continue;
    }
    for (const [name, { value }] of envDefinitions(target, text, lookup))
      environment.set(name, { value, key: null, written: null });
  }
  for (const [name, variable] of ownVariables(service, source.text, lookup)) environment.set(name, variable);
  return environment;
}

/** What `environment` itself says. */
export function ownVariables({ reader, map }: ComposeService, text: string, lookup: Lookup): ServiceEnvironment {
  const variables = new Map<string, ServiceVariable>();
  const resolve = (value: string): string | null => {
    const resolved = resolveTemplate(parseTemplate(value), lookup);
    return resolved.unresolved.length > 0 ? null : resolved.value;
  };
  const own = reader.resolve(reader.get(map, "environment")?.value);
  if (own?.kind === "map") {
    for (const { key, value } of reader.entries(own)) {
      const scalar = reader.scalar(value);
      // Without a value it comes from the shell.
      const isFromShell = scalar === null || (scalar.style === "plain" && scalar.value === "");
      variables.set(key.value, {
        value: isFromShell ? null : resolve(scalar.value),
        key: key.span,
        written: isFromShell ? null : writtenSpan(scalar, text),
      });
    }
  } else if (own?.kind === "seq") {
    for (const item of own.items) {
      const scalar = reader.scalar(item);
      const [, name, value] = /^([^=]+)(?:=([\s\S]*))?$/.exec(scalar?.value ?? "") ?? [];
      if (scalar === null || name === undefined) continue;
      const places = itemPlaces(scalar, name, text);
      variables.set(name, { value: value === undefined ? null : resolve(value), ...places });
    }
  }
  return variables;
}

/** Where name and value of `NAME=value` stand. */
function itemPlaces(scalar: YamlScalar, name: string, text: string): Pick<ServiceVariable, "key" | "written"> {
  const span = writtenSpan(scalar, text);
  if (span === null || !text.startsWith(`${name}=`, span.start)) return { key: span ?? scalar.span, written: null };
  const end = span.start + name.length;
  return { key: { start: span.start, end }, written: { start: end + 1, end: span.end } };
}

function envFilesOf({ reader, map }: ComposeService): { path: string; isRequired: boolean }[] {
  const node = reader.resolve(reader.get(map, "env_file")?.value);
  const items = node?.kind === "seq" ? node.items : node === null ? [] : [node];
  return items.flatMap((item) => {
    const short = reader.scalar(item)?.value;
    if (short !== undefined) return [{ path: short, isRequired: true }];
    const long = reader.map(item);
    const path = reader.text(long, "path")?.value;
    return path === undefined ? [] : [{ path, isRequired: reader.text(long, "required")?.value !== "false" }];
  });
}
