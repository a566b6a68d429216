/** Diagnostics, pulled by clients that can and pushed to the others; both tell the same. */
import type { Diagnostic, DocumentDiagnosticReport } from "vscode-languageserver";
import type { Finding, Report, Severity } from "../core/index.ts";
import { type ClientAbilities, toDiagnostic } from "./convert.ts";
import type { OpenDocument } from "./documents.ts";
import type { Session } from "./session.ts";

/** Of one file: nobody reads more, and each costs at every keystroke. The command line tells all. */
export const MOST_SHOWN = 500;

const WEIGHTS: Readonly<Record<Severity, number>> = { error: 0, warning: 1, information: 2, hint: 3 };

/** What an editor is told of a file: of very many findings the worst, in the order of the text; the last one says that there are more. */
export function diagnosticsOf(session: Session, report: Report, abilities: ClientAbilities): Diagnostic[] {
  const { findings } = report;
  const shown = findings.length > MOST_SHOWN ? worstOf(findings) : findings;
  const diagnostics = shown.map((finding) => toDiagnostic(session, report, finding, abilities));
  const last = diagnostics.at(-1);
  if (last !== undefined && shown.length < findings.length)
    last.message += ` ${findings.length - shown.length} more findings in this file are told by the command line only.`;
  return diagnostics;
}

function worstOf(findings: readonly Finding[]): readonly Finding[] {
  const weights = findings.map(({ severity }) => WEIGHTS[severity]);
  const last = weights.toSorted((a, b) => a - b)[MOST_SHOWN - 1] as number;
  let room = MOST_SHOWN - weights.filter((weight) => weight < last).length;
  return findings.filter((_, at) => {
    const weight = weights[at] as number;
    return weight < last || (weight === last && room-- > 0);
  });
}

/** FNV-1a over all that is told, in two lanes: the same answer has the same id, in every session. */
export function resultId(diagnostics: readonly Diagnostic[]): string {
  let one = 0x811c9dc5;
  let two = 0x2f0b4a27;
  const number = (value: number): void => {
    one = Math.imul(one ^ value, 0x01000193);
    two = Math.imul(two ^ value, 0x01000197);
  };
  const text = (value: string): void => {
    number(value.length);
    for (let i = 0; i < value.length; i++) number(value.charCodeAt(i));
  };
  const range = ({ start, end }: Diagnostic["range"]): void => {
    for (const value of [start.line, start.character, end.line, end.character]) number(value);
  };
  number(diagnostics.length);
  for (const { range: place, severity, code, message, tags = [], relatedInformation = [] } of diagnostics) {
    range(place);
    number(severity ?? 0);
    text(String(code));
    text(typeof message === "string" ? message : message.value);
    number(tags[0] ?? 0);
    number(relatedInformation.length);
    for (const related of relatedInformation) {
      text(related.location.uri);
      range(related.location.range);
      text(related.message);
    }
  }
  return `${(one >>> 0).toString(16)}-${(two >>> 0).toString(16)}`;
}

/** The answer to a pull: everything, or "as before". */
export function pulled(
  session: Session,
  report: Report,
  abilities: ClientAbilities,
  previousId: string | undefined,
): DocumentDiagnosticReport {
  const items = diagnosticsOf(session, report, abilities);
  const id = resultId(items);
  return id === previousId ? { kind: "unchanged", resultId: id } : { kind: "full", resultId: id, items };
}

/** Waits for a pause in typing, then publishes, with the version that was judged. */
export class Publisher {
  readonly #publish: (document: OpenDocument) => Promise<void>;
  readonly #delayMs: number;
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(delayMs: number, publish: (document: OpenDocument) => Promise<void>) {
    this.#delayMs = delayMs;
    this.#publish = publish;
  }

  schedule(document: OpenDocument, read: () => OpenDocument | undefined): void {
    this.cancel(document.uri);
    this.#timers.set(
      document.uri,
      setTimeout(() => {
        this.#timers.delete(document.uri);
        const current = read();
        if (current !== undefined) void this.#publish(current);
      }, this.#delayMs),
    );
  }

  cancel(uri: string): void {
    clearTimeout(this.#timers.get(uri));
    this.#timers.delete(uri);
  }

  dispose(): void {
    for (const uri of [...this.#timers.keys()]) this.cancel(uri);
  }
}
