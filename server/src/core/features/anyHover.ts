/** One question for every kind of file: what is there to tell of this place? */
import type { Checker } from "../checker.ts";
import { hoverEnv } from "../env/index.ts";
import type { Report } from "../report.ts";
import { confHover } from "./conf/hover.ts";
import { type Hover, hoverAt } from "./hover.ts";
import { managedSections } from "./managed/hover.ts";
import { richText } from "./markdown.ts";
import { stackHover } from "./stack/hover.ts";

export function hoverOf(checker: Checker, report: Report, offset: number): Hover | null {
  // The host of a managed server, or a version there: more than what the variable around it means.
  const managed = managedSections(checker, report, offset);
  if (managed !== null) return { span: managed.span, ...richText(managed.sections) };
  // Another host in a variable says where it leads; what the variable is stands in its name.
  return stackHover(report, report.catalog, offset) ?? ownHover(checker, report, offset);
}

function ownHover(checker: Checker, report: Report, offset: number): Hover | null {
  if (report.env !== null) return hoverEnv(report.env, offset, report.catalog.apps);
  return report.conf !== null ? confHover(checker, report, offset) : hoverAt(report, report.catalog, offset);
}
