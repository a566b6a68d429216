/** "Ignore this rule": on the line, in the file, in the project. Each silences its finding and brings no other. */
import { addDays, isDay } from "../../catalog/dates.ts";
import type { FileSource } from "../../files.ts";
import type { Finding, TextEdit } from "../../finding.ts";
import type { Suppression } from "../../model/comments.ts";
import { relativePath } from "../../paths.ts";
import type { Report } from "../../report.ts";
import { TOO_LARGE } from "../../rules/document/file.ts";
import { EXPIRED, LOOK_AGAIN_DAYS, UNUSED } from "../../rules/suppressions.ts";
import { spanOf } from "../../text.ts";
import { commentedLine, hasComments, placeAbove, placeAtTop } from "./place.ts";
import { ruleOff } from "./projectRule.ts";

export interface SuppressAction {
  readonly title: string;
  readonly rule: string;
  readonly edit: TextEdit;
  /**
   * The same with places to fill in, in the syntax of LSP snippets; `null` where nothing is to be filled in. At the beginning of its line:
   * editors indent the lines of a snippet as far as what stands before it.
   */
  readonly snippet: { readonly at: number; readonly value: string } | null;
  /** The file of the edit is not there yet. */
  readonly creates: boolean;
}

/** What comments cannot silence: comments themselves, and that a file is not read. */
const BEYOND_COMMENTS: readonly string[] = [EXPIRED.id, UNUSED.id, TOO_LARGE.id];

export function suppressActions(report: Report, finding: Finding, files: FileSource): readonly SuppressAction[] {
  const { rule } = finding;
  const actions: SuppressAction[] = [];
  if (hasComments(report) && !BEYOND_COMMENTS.includes(rule)) {
    const line = commentedLine(report, report.lines.position(finding.span.start).line);
    const above = placeAbove(report, line);
    if (above !== null) {
      const indent = /^[ \t]*/.exec(report.source.text.slice(above))?.[0] ?? "";
      const title = `Ignore ${rule} on this line`;
      actions.push(commentAction(report, title, rule, { scope: "next-line", line, at: above, indent }));
    }
    const top = placeAtTop(report);
    if (top !== null) {
      const place = { scope: "file", line: null, at: top, indent: "" } as const;
      actions.push(commentAction(report, `Ignore ${rule} in this file`, rule, place));
    }
  }
  const project = ruleOff(report.source.path, rule, files);
  if (project !== null) {
    const { edit, creates } = project;
    const name = relativePath(files.root(edit.path) ?? "/", edit.path);
    const title = `Ignore ${rule} in this project (${creates ? "creates " : ""}${name})`;
    actions.push({ title, rule, edit, snippet: null, creates });
  }
  return actions;
}

interface CommentPlace extends Pick<Suppression, "scope" | "line"> {
  readonly at: number;
  readonly indent: string;
}

/** Into a comment that silences the same place already, else a line of its own. */
function commentAction(report: Report, title: string, rule: string, place: CommentPlace): SuppressAction {
  const { asOf, source, suppressions } = report;
  const known = suppressions.find(
    ({ scope, line, until, rulesEnd }) =>
      scope === place.scope &&
      line === place.line &&
      rulesEnd !== null &&
      (until === null || (isDay(until) && until >= asOf)),
  );
  const start = `${place.indent}# cache-compat-ignore-${place.scope} ${rule}`;
  const lineBreak = /\r\n|\n/.exec(source.text)?.[0] ?? "\n";
  const until = addDays(asOf, LOOK_AGAIN_DAYS);
  const at = known?.rulesEnd ?? place.at;
  return {
    title,
    rule,
    edit: {
      path: source.path,
      span: spanOf(at, at),
      newText: known === undefined ? `${start} -- reason${lineBreak}` : `,${rule}`,
    },
    snippet:
      known === undefined
        ? { at: place.at, value: `${start}\${2| , until=${until} |}-- \${1:reason}${lineBreak}` }
        : null,
    creates: false,
  };
}
