/** Symbols, folding and links of a configuration. */

import type { ConfChecker, ConfLine } from "../../conf/index.ts";
import { isHarmless } from "../../excerpt.ts";
import { confPath } from "../../model/confPaths.ts";
import type { Report } from "../../report.ts";
import type { Span } from "../../text.ts";
import { type Section, sectionsOf } from "./sections.ts";
import { linesOf } from "./words.ts";

export interface OutlineItem {
  readonly name: string;
  readonly kind: "section" | "directive";
  readonly span: Span;
  readonly selection: Span;
  readonly children: readonly OutlineItem[];
}

/** Nobody looks through more, and an editor would wait for them. */
const MOST_ITEMS = 20_000;

/** Sections with their directives; directives in front of the first section stand by themselves. Values may be secrets and are left out. */
export function confOutline({ source, lines }: Report, conf: ConfChecker): OutlineItem[] {
  const directiveItem = (line: ConfLine): OutlineItem => itemOf(line, conf);
  const directives = linesOf(source).slice(0, MOST_ITEMS);
  const sections = sectionsOf(lines);
  const first = sections[0]?.span.start ?? Number.POSITIVE_INFINITY;
  const loose = directives.filter((line) => line.span.start < first).map(directiveItem);
  let next = 0;
  return [
    ...loose,
    ...sections.map((section): OutlineItem => {
      const children: OutlineItem[] = [];
      while (next < directives.length && (directives[next] as ConfLine).span.start < section.span.start) next++;
      while (next < directives.length && (directives[next] as ConfLine).span.start <= section.span.end)
        children.push(directiveItem(directives[next++] as ConfLine));
      return { name: section.title, kind: "section", span: section.span, selection: section.heading, children };
    }),
  ];
}

function itemOf(line: ConfLine, conf: ConfChecker): OutlineItem {
  const [name, second] = line.words;
  const isStatement = name?.value.toLowerCase() === "sentinel" && second !== undefined && isHarmless(second.value);
  // A line that is no directive may be anything, a password too; servers know their names in any case.
  const isName = name !== undefined && (isHarmless(name.value) || conf.standing(name.value) !== null);
  const shown = isName ? name.value : "…";
  return {
    name: isStatement ? `${shown} ${second.value}` : shown,
    kind: "directive",
    span: line.span,
    selection: name ?? line.span,
    children: [],
  };
}

export function confSections({ lines }: Report): readonly Section[] {
  return sectionsOf(lines);
}

/** Directives whose first argument is a path. */
const PATHS = new Set(["include", "aclfile", "loadmodule"]);

export interface ConfLink {
  readonly span: Span;
  readonly path: string;
}

/** Files beside this one, and those that the services which load it mount. */
export function confLinks({ source, conf }: Report): ConfLink[] {
  return linesOf(source).flatMap((line) => {
    const [name, argument] = line.words;
    if (name === undefined || argument === undefined || !PATHS.has(name.value.toLowerCase())) return [];
    if (!/^[\w./][\w./ -]*$/.test(argument.value)) return [];
    const path = confPath(source.path, argument.value, conf?.mounts ?? []);
    return path === null ? [] : [{ span: argument, path }];
  });
}

/** From `include` and its like to the file. */
export function confLinkAt(report: Report, offset: number): ConfLink | null {
  return confLinks(report).find(({ span }) => span.start <= offset && offset <= span.end) ?? null;
}

/** From a line without effect to the line that wins: the related place of its finding. */
export function confDefinition(report: Report, offset: number): Span | null {
  const duplicate = report.findings.find(
    ({ rule, span }) => rule === "conf/duplicate-directive" && span.start <= offset && offset <= span.end,
  );
  return duplicate?.related[0]?.span ?? null;
}
