/** What `environment` of a compose service says by itself, with the places where it says so. */
import { expandTemplate, type Lookup } from "../parse/interpolation.ts";
import { writtenSpan, type YamlScalar } from "../parse/yamlTree.ts";
import type { Span } from "../text.ts";
import type { ComposeService } from "./composeFile.ts";

export interface OwnVariable {
  /** `null` where it is unknown. */
  readonly value: string | null;
  readonly key: Span;
  /** The value as written, where it stands in one piece. */
  readonly written: Span | null;
}

export function ownVariables(
  { reader, map }: ComposeService,
  text: string,
  lookup: Lookup,
): ReadonlyMap<string, OwnVariable> {
  const variables = new Map<string, OwnVariable>();
  const resolve = (value: string): string | null => {
    const resolved = expandTemplate(value, lookup);
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
function itemPlaces(scalar: YamlScalar, name: string, text: string): Pick<OwnVariable, "key" | "written"> {
  const span = writtenSpan(scalar, text);
  if (span === null || !text.startsWith(`${name}=`, span.start)) return { key: span ?? scalar.span, written: null };
  const end = span.start + name.length;
  return { key: { start: span.start, end }, written: { start: end + 1, end: span.end } };
}
