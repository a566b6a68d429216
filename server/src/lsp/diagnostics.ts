/** Diagnostics, pulled by clients that can and pushed to the others; both tell the same. */
import type { Diagnostic, DocumentDiagnosticReport } from "vscode-languageserver";
import type { Report } from "../core/index.ts";
import { type ClientAbilities, toDiagnostic } from "./convert.ts";
import type { OpenDocument } from "./documents.ts";
import type { Session } from "./session.ts";

export function diagnosticsOf(session: Session, report: Report, abilities: ClientAbilities): Diagnostic[] {
  return report.findings.map((finding) => toDiagnostic(session, report, finding, abilities));
}

/** FNV-1a: the same answer has the same id, in every session. */
export function resultId(diagnostics: readonly Diagnostic[]): string {
  const text = JSON.stringify(diagnostics);
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return `${(hash >>> 0).toString(16)}-${text.length}`;
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
