// All that a server says about one open document.
import type { CodeAction, DocumentDiagnosticReport } from "vscode-languageserver";
import type { Position } from "./hand.ts";

export type Ask = (method: string, params: unknown) => Promise<unknown>;

export type Answers = Readonly<Record<string, unknown>>;

function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

/** Places to ask at: where the last edit was, the ends, and words all over the text. */
function placesIn(text: string, near: number, count: number): Position[] {
  const words = [...text.matchAll(/[\w*&<$][^\s]*/g)].map(({ index, 0: word }) => index + (word.length >> 1));
  const spread = Array.from({ length: count }, (_, at) => words[Math.floor((at * words.length) / count)] ?? 0);
  return [...new Set([near, 0, text.length, ...spread])].map((offset) =>
    positionAt(text, Math.min(offset, text.length)),
  );
}

/** `near`: where the last edit was. `count`: at how many places, beside it, hovers and their like are asked for. */
export async function answersOf(ask: Ask, uri: string, text: string, near: number, count: number): Promise<Answers> {
  const textDocument = { uri };
  const range = { start: { line: 0, character: 0 }, end: positionAt(text, text.length) };
  const diagnostics = (await ask("textDocument/diagnostic", { textDocument })) as DocumentDiagnosticReport;
  const given = diagnostics.kind === "full" ? diagnostics.items : [];
  const actions = (await ask("textDocument/codeAction", {
    textDocument,
    range,
    context: { diagnostics: given },
  })) as readonly CodeAction[] | null;
  const answers: Record<string, unknown> = { diagnostics, actions };
  for (const [at, action] of (actions ?? []).entries()) {
    if (at < count && action.data !== undefined)
      answers[`edit of action ${at}`] = await ask("codeAction/resolve", action);
  }
  for (const method of ["documentSymbol", "foldingRange", "documentLink", "semanticTokens/full"])
    answers[method] = await ask(`textDocument/${method}`, { textDocument });
  answers.inlayHint = await ask("textDocument/inlayHint", { textDocument, range });
  answers.status = await ask("cacheCompat/status", { uri });
  for (const [at, position] of placesIn(text, near, count).entries()) {
    const where = `${position.line}:${position.character}`;
    answers[`hover ${where}`] = await ask("textDocument/hover", { textDocument, position });
    answers[`definition ${where}`] = await ask("textDocument/definition", { textDocument, position });
    if (at > count / 2) continue;
    answers[`completion ${where}`] = await ask("textDocument/completion", { textDocument, position });
    answers[`references ${where}`] = await ask("textDocument/references", {
      textDocument,
      position,
      context: { includeDeclaration: true },
    });
  }
  return answers;
}
