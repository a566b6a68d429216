/** Which handler answers which request. */
import {
  type CancellationToken,
  type CodeAction,
  type Connection,
  type DocumentDiagnosticReport,
  RequestType,
  type ResponseError,
  type WorkspaceDiagnosticReport,
} from "vscode-languageserver";
import type { ClientAbilities } from "./convert.ts";
import { pulled } from "./diagnostics.ts";
import type { OpenDocument } from "./documents.ts";
import { codeActions, resolveCodeAction } from "./handlers/codeAction.ts";
import { completion, resolveCompletion } from "./handlers/completion.ts";
import { definition } from "./handlers/definition.ts";
import { hover } from "./handlers/hover.ts";
import { inlayHint } from "./handlers/inlayHint.ts";
import { documentLinks, documentSymbols, foldingRanges } from "./handlers/outline.ts";
import { matrix, status, workspaceSummary } from "./handlers/own.ts";
import { references } from "./handlers/references.ts";
import { semanticTokens } from "./handlers/semanticTokens.ts";
import { type LongWork, longWork } from "./longWork.ts";
import {
  CHANGED,
  CHECK_WORKSPACE,
  MATRIX,
  type MatrixAnswer,
  STATUS,
  type StatusAnswer,
  type TablesAnswer,
  USE_TABLES,
  type WorkspaceAnswer,
} from "./protocol.ts";
import { type Life, refusal, runSafe } from "./runSafe.ts";
import type { Session } from "./session.ts";
import { WorkspaceCheck } from "./workspaceCheck.ts";

export interface Requests {
  readonly session: Session;
  readonly today: () => string;
  readonly log: (message: string) => void;
  readonly life: () => Life;
  readonly abilities: () => ClientAbilities;
  readonly useTables: (text: string | null) => TablesAnswer;
}

export function registerRequests(
  connection: Connection,
  { session, today, log, life, abilities, useTables }: Requests,
): void {
  const workspace = new WorkspaceCheck(session, abilities);
  const answer = async <T>(
    name: string,
    empty: T,
    token: CancellationToken,
    run: () => Promise<T>,
  ): Promise<T | ResponseError<never>> => refusal(life(), name) ?? (await runSafe(name, token, log, empty, run));
  const watched = async <T>(token: CancellationToken, run: (work: LongWork) => Promise<T>): Promise<T> => {
    const work = longWork(connection, token, abilities().progress);
    try {
      return await run(work);
    } finally {
      work.end();
    }
  };
  /** For requests about one open document. */
  const safely = <T>(
    name: string,
    empty: T,
    uri: string,
    token: CancellationToken,
    run: (document: OpenDocument) => Promise<T>,
  ) =>
    answer(name, empty, token, async () => {
      const document = session.documents.get(uri);
      return document === undefined ? empty : run(document);
    });

  connection.languages.diagnostics.on((params, token) =>
    safely<DocumentDiagnosticReport>(
      "diagnostic",
      { kind: "full", items: [] },
      params.textDocument.uri,
      token,
      async (document) => pulled(session, await session.reportOf(document), abilities(), params.previousResultId),
    ),
  );
  connection.languages.diagnostics.onWorkspace((params, token) =>
    answer<WorkspaceDiagnosticReport>("workspace/diagnostic", { items: [] }, token, async () => {
      const previous = new Map((params.previousResultIds ?? []).map(({ uri, value }) => [uri, value]));
      return { items: await watched(token, (work) => workspace.pull(previous, work)) };
    }),
  );
  connection.onHover((params, token) =>
    safely("hover", null, params.textDocument.uri, token, (document) =>
      hover(session, document, params.position, abilities()),
    ),
  );
  connection.onDefinition((params, token) =>
    safely("definition", null, params.textDocument.uri, token, (document) =>
      definition(session, document, params.position),
    ),
  );
  connection.onDocumentSymbol((params, token) =>
    safely("documentSymbol", null, params.textDocument.uri, token, (document) => documentSymbols(session, document)),
  );
  connection.onFoldingRanges((params, token) =>
    safely("foldingRange", null, params.textDocument.uri, token, (document) => foldingRanges(session, document)),
  );
  connection.onReferences((params, token) =>
    safely("references", null, params.textDocument.uri, token, (document) =>
      references(session, document, params.position, params.context.includeDeclaration),
    ),
  );
  connection.onDocumentLinks((params, token) =>
    safely("documentLink", null, params.textDocument.uri, token, (document) => documentLinks(session, document)),
  );
  connection.onCompletion((params, token) =>
    safely("completion", null, params.textDocument.uri, token, (document) =>
      completion(session, document, params.position, today()),
    ),
  );
  connection.onCompletionResolve((item, token) =>
    answer("completion resolve", item, token, async () => resolveCompletion(session, item, abilities())),
  );
  connection.onCodeAction((params, token) =>
    safely("codeAction", null, params.textDocument.uri, token, (document) =>
      codeActions(session, document, params, abilities()),
    ),
  );
  connection.onCodeActionResolve((action, token) =>
    answer<CodeAction>("codeAction resolve", action, token, () => resolveCodeAction(session, action, abilities())),
  );
  connection.languages.inlayHint.on((params, token) =>
    safely("inlayHint", null, params.textDocument.uri, token, (document) => inlayHint(session, document, params.range)),
  );
  connection.languages.semanticTokens.on((params, token) =>
    safely("semanticTokens", { data: [] }, params.textDocument.uri, token, (document) =>
      semanticTokens(session, document),
    ),
  );
  connection.onRequest(new RequestType<{ uri: string }, StatusAnswer | null, void>(STATUS), (params, token) =>
    safely<StatusAnswer | null>("status", null, params.uri, token, (document) => status(session, document)),
  );
  // Whoever was told the tables is told once that they may be others by now; when to ask again is its own business.
  let isOwed = false;
  session.onChange = () => {
    if (isOwed) void connection.sendNotification(CHANGED);
    isOwed = false;
  };
  connection.onRequest(new RequestType<unknown, MatrixAnswer, void>(MATRIX), (_params, token) =>
    answer<MatrixAnswer>("matrix", null, token, () => {
      isOwed = true;
      return watched(token, (work) => matrix(session, workspace, today(), work));
    }),
  );
  connection.onRequest(new RequestType<unknown, WorkspaceAnswer | null, void>(CHECK_WORKSPACE), (_params, token) =>
    answer<WorkspaceAnswer | null>("checkWorkspace", null, token, () =>
      watched(token, (work) => workspaceSummary(workspace, work)),
    ),
  );
  connection.onRequest(
    new RequestType<{ text: string | null }, TablesAnswer | null, void>(USE_TABLES),
    (params, token) => answer<TablesAnswer | null>("useTables", null, token, async () => useTables(params.text)),
  );
}
