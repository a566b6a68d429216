/** The language server: capabilities, the life of a session, and which handler answers which message. */
import {
  type ClientCapabilities,
  CodeActionKind,
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  ErrorCodes,
  FileChangeType,
  type InitializeParams,
  type InitializeResult,
  ResponseError,
  TextDocumentSyncKind,
} from "vscode-languageserver";
import { version } from "../../../package.json";
import { mayBeOurs, PRODUCT } from "../core/index.ts";
import { clientIo, routedIo } from "./clientFiles.ts";
import { Configuration } from "./configuration.ts";
import type { ClientAbilities } from "./convert.ts";
import { diagnosticsOf, Publisher } from "./diagnostics.ts";
import type { OpenDocument } from "./documents.ts";
import { FIX_ALL_KIND } from "./handlers/codeAction.ts";
import { TOKEN_LEGEND } from "./handlers/semanticTokens.ts";
import type { HostIo } from "./hostFiles.ts";
import { chooseEncoding } from "./positions.ts";
import { type HostOptions, TRUST, type TrustParams } from "./protocol.ts";
import { registerRequests } from "./requests.ts";
import type { Life } from "./runSafe.ts";
import { Session } from "./session.ts";
import { uriToPath } from "./uris.ts";
import { UsedTables } from "./usedTables.ts";

/** Push diagnostics wait for a pause in typing of this length. */
const PUSH_DELAY_MS = 150;

/** Everything: a folder that goes away takes its files along, and names count in any case. What is none of ours is dropped at once. */
const WATCHED = "**/*";

/** Files whose mere presence in a folder says something about the `.env` beside them. */
const TELLS_OF_AN_APP =
  /\/(?:composer\.json|Gemfile|requirements\.txt|pyproject\.toml|Pipfile|manage\.py|settings\.py|[^/]+\.conf)$/;

export interface ServerHost {
  /** The file system of this machine; `null` in a browser. */
  readonly io: HostIo | null;
  /** Today as an ISO day, UTC. */
  readonly today: () => string;
  /** Tables that were downloaded before; `null` where there are none, or where the client has them. */
  readonly storedTables: string | null;
  /** Ends the process after `exit`. */
  readonly exit: (code: number) => void;
}

function abilitiesOf(capabilities: ClientCapabilities): ClientAbilities {
  const text = capabilities.textDocument;
  const edit = capabilities.workspace?.workspaceEdit;
  const diagnostics = { ...text?.publishDiagnostics, ...text?.diagnostic };
  return {
    relatedInformation: diagnostics.relatedInformation === true,
    codeDescription:
      text?.publishDiagnostics?.codeDescriptionSupport === true || text?.diagnostic?.codeDescriptionSupport === true,
    tags: diagnostics.tagSupport !== undefined,
    documentChanges: edit?.documentChanges === true,
    snippetEdits: edit?.documentChanges === true && edit.snippetEditSupport === true,
    createFiles: edit?.documentChanges === true && edit.resourceOperations?.includes("create") === true,
    markdown: text?.hover?.contentFormat?.includes("markdown") ?? false,
    progress: capabilities.window?.workDoneProgress === true,
    resolveEdit:
      text?.codeAction?.resolveSupport?.properties.includes("edit") === true && text.codeAction.dataSupport === true,
  };
}

/** True for a client that reads files for us. */
function offersFiles({ experimental }: ClientCapabilities): boolean {
  return (experimental as { cacheCompat?: { files?: unknown } } | undefined)?.cacheCompat?.files === true;
}

/** Answers until `exit`. Returns what the exit status would be now: 0 after `shutdown`, else 1. */
export function serve(connection: Connection, host: ServerHost): () => number {
  const log = (message: string): void => connection.console.log(message);
  const tables = new UsedTables(host.storedTables, host.today);
  const configuration = new Configuration(tables.checker.openVocabulary, log, () => {
    session.touchAll();
    refresh(session.documents.all);
  });
  const filesOfClient = clientIo(connection);
  const io = routedIo(host.io, () => (offersFiles(capabilities) ? filesOfClient : null));
  const session = new Session(tables.checker, io, configuration, host.today, log);
  let capabilities: ClientCapabilities = {};
  let abilities = abilitiesOf({});
  let hasPull = false;
  let life: Life = "new";

  const publisher = new Publisher(PUSH_DELAY_MS, async (document) => {
    try {
      const report = await session.reportOf(document);
      if (session.documents.get(document.uri)?.version !== document.version) return;
      await connection.sendDiagnostics({
        uri: document.uri,
        version: document.version,
        diagnostics: diagnosticsOf(session, report, abilities),
      });
    } catch (error) {
      log(`publishing failed: ${error instanceof Error ? error.message : String(error)}`);
    }
  });
  const publish = (document: OpenDocument): void => {
    if (!hasPull) publisher.schedule(document, () => session.documents.get(document.uri));
  };
  /** Other open documents that looked at a changed file tell anew: pushed, or asked for by the client after a refresh. */
  let refreshTimer: ReturnType<typeof setTimeout> | undefined;
  const refresh = (documents: readonly OpenDocument[]): void => {
    if (!hasPull) for (const document of documents) publish(document);
    else if (documents.length > 0 && capabilities.workspace?.diagnostics?.refreshSupport === true) {
      clearTimeout(refreshTimer);
      refreshTimer = setTimeout(() => {
        connection.languages.diagnostics.refresh();
        if (capabilities.workspace?.inlayHint?.refreshSupport === true) void connection.languages.inlayHint.refresh();
        if (capabilities.workspace?.semanticTokens?.refreshSupport === true)
          connection.languages.semanticTokens.refresh();
      }, PUSH_DELAY_MS);
    }
  };

  session.onNamed = (paths) => {
    const documents = paths.map((path) => session.documents.atPath(path)).filter((document) => document !== undefined);
    for (const path of paths) session.forgetReport(path);
    refresh(documents);
  };

  const canWatch = (): boolean => capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration === true;
  /** Without anybody who watches, files on disk are read anew when their reader opens or saves one. */
  const readAnew = (): void => {
    if (canWatch()) return;
    session.files.clear();
    session.touchAll();
    refresh(session.documents.all);
  };

  /** A notification with parameters of a wrong shape is logged and left out. */
  const guarded =
    <P>(name: string, handle: (params: P) => void) =>
    (params: P): void => {
      try {
        handle(params);
      } catch (error) {
        log(`${name} was left out: ${error instanceof Error ? error.message : String(error)}`);
      }
    };

  connection.onInitialize((params: InitializeParams): InitializeResult | ResponseError<never> => {
    if (life !== "new") return new ResponseError(ErrorCodes.InvalidRequest, "initialize was sent twice");
    life = "running";
    capabilities = params.capabilities ?? {};
    abilities = abilitiesOf(capabilities);
    hasPull = capabilities.textDocument?.diagnostic !== undefined;
    session.documents.encoding = chooseEncoding(capabilities.general?.positionEncodings);
    const folders = params.workspaceFolders?.map(({ uri }) => uri) ?? (params.rootUri ? [params.rootUri] : []);
    session.files.setRoots(folders.map(uriToPath));
    const canAsk = capabilities.workspace?.configuration === true;
    const options: unknown = params.initializationOptions;
    const { isTrusted, tables: downloaded } = (options as { host?: HostOptions } | null)?.host ?? {};
    session.isTrusted = isTrusted !== false;
    if (typeof downloaded === "string") {
      const { kind, message } = tables.offer(downloaded);
      if (kind === "used") session.use(tables.checker);
      else log(`downloaded tables: ${message}`);
    }
    if (tables.note !== null) log(tables.note);
    configuration.use(
      canAsk
        ? async (uri) =>
            (await connection.workspace.getConfiguration({ scopeUri: uri, section: "cacheCompat" })) ?? options
        : async () => options,
    );
    return {
      serverInfo: { name: PRODUCT, version },
      capabilities: {
        positionEncoding: session.documents.encoding,
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: !canWatch() },
        hoverProvider: true,
        definitionProvider: true,
        inlayHintProvider: true,
        documentSymbolProvider: true,
        foldingRangeProvider: true,
        documentLinkProvider: { resolveProvider: false },
        referencesProvider: true,
        semanticTokensProvider: { legend: TOKEN_LEGEND, full: true },
        completionProvider: { triggerCharacters: [":", ".", "-"], resolveProvider: true },
        codeActionProvider: {
          codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite, FIX_ALL_KIND],
          resolveProvider: true,
        },
        ...(hasPull
          ? { diagnosticProvider: { identifier: PRODUCT, interFileDependencies: true, workspaceDiagnostics: true } }
          : {}),
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
    };
  });

  connection.onInitialized(() => {
    const { workspace } = capabilities;
    if (workspace?.didChangeConfiguration?.dynamicRegistration === true)
      void connection.client.register(DidChangeConfigurationNotification.type, { section: "cacheCompat" });
    if (canWatch())
      void connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: [{ globPattern: WATCHED }] });
    if (workspace?.workspaceFolders === true) {
      connection.workspace.onDidChangeWorkspaceFolders(
        guarded("didChangeWorkspaceFolders", ({ added, removed }) => {
          const gone = new Set(removed.map(({ uri }) => uriToPath(uri)));
          session.files.setRoots([
            ...session.files.roots.filter((root) => !gone.has(root)),
            ...added.map(({ uri }) => uriToPath(uri)),
          ]);
          session.touchAll();
          refresh(session.documents.all);
        }),
      );
    }
    // Documents may have been opened before the settings could be asked for.
    session.touchAll();
    refresh(session.documents.all);
  });

  connection.onDidOpenTextDocument(
    guarded("didOpen", ({ textDocument: { uri, languageId, version: number, text } }) => {
      const document = session.documents.open(uri, languageId, number, text);
      session.touch(document.path);
      publish(document);
      refresh(session.dependents(document.path));
      readAnew();
    }),
  );
  connection.onDidSaveTextDocument(guarded("didSave", readAnew));
  connection.onDidChangeTextDocument(
    guarded("didChange", ({ textDocument, contentChanges }) => {
      const document = session.documents.change(textDocument.uri, textDocument.version ?? 0, contentChanges);
      if (document === undefined) return;
      session.touch(document.path);
      publish(document);
      refresh(session.dependents(document.path));
    }),
  );
  connection.onDidCloseTextDocument(
    guarded("didClose", ({ textDocument: { uri } }) => {
      const document = session.documents.close(uri);
      publisher.cancel(uri);
      configuration.forget(uri);
      if (document === undefined) return;
      session.files.forget(document.path);
      session.forgetReport(document.path);
      session.touch(document.path);
      refresh(session.dependents(document.path));
      if (!hasPull) void connection.sendDiagnostics({ uri, diagnostics: [] });
    }),
  );
  connection.onDidChangeWatchedFiles(
    guarded("didChangeWatchedFiles", ({ changes }) => {
      const affected = new Set<OpenDocument>();
      for (const { uri, type } of changes) {
        const path = uriToPath(uri);
        const isFolder = type === FileChangeType.Deleted && session.files.isFolder(path);
        if (!isFolder && !session.files.isKnown(path) && !mayBeOurs(path) && !TELLS_OF_AN_APP.test(path)) continue;
        const isListed = type !== FileChangeType.Changed;
        for (const document of session.dependents(path, isListed)) affected.add(document);
        if (isFolder) {
          session.files.forgetBelow(path);
          session.touchAll();
          for (const document of session.documents.all) affected.add(document);
          continue;
        }
        session.files.forget(path);
        if (isListed) session.touchFolder(path);
        else session.touch(path);
      }
      refresh([...affected]);
    }),
  );
  connection.onDidChangeConfiguration(
    guarded("didChangeConfiguration", ({ settings }) => {
      if (capabilities.workspace?.configuration !== true) {
        const section = (settings as { cacheCompat?: unknown } | null)?.cacheCompat;
        if (section !== undefined) configuration.use(async () => section);
      }
      configuration.clear();
      session.touchAll();
      refresh(session.documents.all);
    }),
  );

  session.onTable = (document) => refresh([document]);
  connection.onNotification(
    TRUST,
    guarded("trust", ({ isTrusted }: TrustParams) => {
      session.isTrusted = isTrusted;
      session.touchAll();
      refresh(session.documents.all);
    }),
  );

  registerRequests(connection, {
    useTables: (text) => {
      const answer = tables.offer(text);
      if (answer.kind === "used") {
        session.use(tables.checker);
        refresh(session.documents.all);
      }
      return answer;
    },
    session,
    today: host.today,
    log,
    life: () => life,
    abilities: () => abilities,
  });

  connection.onShutdown(() => {
    life = "shut-down";
    publisher.dispose();
    clearTimeout(refreshTimer);
  });
  const status = (): number => (life === "shut-down" ? 0 : 1);
  connection.onExit(() => host.exit(status()));
  connection.listen();
  return status;
}
