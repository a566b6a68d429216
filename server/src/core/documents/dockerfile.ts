/** Dockerfiles: the image of every `FROM` that names no earlier stage, with the defaults of the `ARG`s above the first one. */
import { type Arg, type Argument, DockerfileParser, type From } from "dockerfile-ast";
import { type Definition, expandTemplate } from "../parse/interpolation.ts";
import { LineIndex, type Span, spanOf } from "../text.ts";
import type { Extraction, SourceText } from "./extraction.ts";
import type { ImageUse } from "./imageUse.ts";

function argumentSpan(argument: Argument, lines: LineIndex): Span {
  const range = argument.getRange();
  return spanOf(lines.offset(range.start), lines.offset(range.end));
}

/** `ARG NAME=value` before the first `FROM`; a value in quotes or with expressions is found but not edited. */
function globalArguments(
  source: SourceText,
  args: readonly Arg[],
  lines: LineIndex,
  froms: readonly From[],
): Map<string, Definition> {
  const known = new Map<string, Definition>();
  const first = froms[0]?.getRange().start.line ?? 0;
  for (const arg of args) {
    if (arg.getRange().start.line >= first) continue;
    for (const argument of arg.getArguments()) {
      const span = argumentSpan(argument, lines);
      const match = /^([A-Za-z_][A-Za-z0-9_]*)=(["']?)([\s\S]*)\2$/.exec(source.text.slice(span.start, span.end));
      if (match === null) continue;
      const [, name = "", quote = "", written = ""] = match;
      const resolved =
        quote === "'"
          ? { value: written, unresolved: [] }
          : expandTemplate(written, (other) => known.get(other) ?? null);
      if (resolved.unresolved.length > 0) continue;
      const start = span.start + name.length + 1 + quote.length;
      known.set(name, {
        value: resolved.value,
        path: source.path,
        span: resolved.value === written ? spanOf(start, start + written.length) : null,
      });
    }
  }
  return known;
}

export function extractDockerfile(source: SourceText): Extraction {
  const lines = new LineIndex(source.text);
  const dockerfile = DockerfileParser.parse(source.text);
  const froms = dockerfile.getFROMs();
  const known = globalArguments(source, dockerfile.getARGs(), lines, froms);
  const stages = new Set<string>();
  const images: ImageUse[] = [];
  for (const [index, from] of froms.entries()) {
    const range = from.getImageRange();
    const stage = from.getBuildStage();
    if (range !== null) {
      const span = spanOf(lines.offset(range.start), lines.offset(range.end));
      const written = source.text.slice(span.start, span.end);
      if (written !== "" && !stages.has(written.toLowerCase()) && written !== "scratch") {
        const resolved = expandTemplate(written, (name) => known.get(name) ?? null, span.start);
        images.push({
          resolved,
          span,
          owner: `stage ${stage ?? index}`,
          split: false,
          conditional: false,
          services: [],
        });
      }
    }
    if (stage !== null) stages.add(stage.toLowerCase());
  }
  return { images, problems: [], numberTags: [] };
}
