/** The language server behind `initialize`: the life of a session, and which handler answers which message. */
import {
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  FileChangeType,
} from "vscode-languageserver";
import { describeError, mayBeOurs } from "../core/index.ts";
import { clientIo, routedIo } from "./clientFiles.ts";
import { Configuration } from "./configuration.ts";
import { diagnosticsOf, Publisher } from "./diagnostics.ts";
import type { OpenDocument } from "./documents.ts";
import { type Client, clientOf } from "./handshake.ts";
import type { HostIo } from "./hostFiles.ts";
import { type HostOptions, TRUST, type TrustParams } from "./protocol.ts";
import { registerRequests } from "./requests.ts";
import { Session } from "./session.ts";
import { exitStatus, type Rest, type SessionState } from "./start.ts";
import { uriToPath } from "./uris.ts";
import { UsedTables } from "./usedTables.ts";
import { PAUSE_MS, warmUp } from "./warmUp.ts";

/** Push diagnostics wait for a pause in typing of this length. */
const PUSH_DELAY_MS = 150;

/** Everything: a folder that goes away takes its files along, and names count in any case. What is none of ours is dropped at once. */
const WATCHED = "**/*";

/** Characters of a file of which much memory is free once it is closed. */
const LARGE = 500_000;

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
  /** Gives memory back that nothing uses any more; where there is none, the host does so in its own time. */
  readonly giveBack?: () => void;
}

/** Answers everything but `initialize`. */
export function serve(connection: Connection, host: ServerHost, state: SessionState): Rest {
  const log = (message: string): void => connection.console.log(message);
  /** What the client is asked for and may refuse, in spite of what it said it could: then it goes without. */
  const ask = (asked: unknown): void => {
    Promise.resolve(asked).catch((error: unknown) => log(`the client refused: ${describeError(error)}`));
  };
  const tables = new UsedTables(host.storedTables, host.today);
  const configuration = new Configuration(tables.checker.openVocabulary, log, () => {
    session.touchAll();
    refresh(session.documents.all);
  });
  const filesOfClient = clientIo(connection);
  const io = routedIo(host.io, () => (client.offersFiles ? filesOfClient : null));
  const session = new Session(tables.checker, io, configuration, host.today, log);
  let client = clientOf({});

  const publisher = new Publisher(PUSH_DELAY_MS, async (document) => {
    try {
      const report = await session.reportOf(document);
      if (session.documents.get(document.uri)?.version !== document.version) return;
      await connection.sendDiagnostics({
        uri: document.uri,
        version: document.version,
        diagnostics: diagnosticsOf(session, report, client.abilities),
      });
    } catch (error) {
      log(`publishing failed: ${describeError(error)}`);
    }
  });
  const publish = (document: OpenDocument): void => {
    if (!client.hasPull) publisher.schedule(document, () => session.documents.get(document.uri));
  };
  /** Other open documents that looked at a changed file tell anew: pushed, or asked for by the client after a refresh. */
  let refreshTimer: ReturnType<typeof setTimeout> | undefined;
  const refresh = (documents: readonly OpenDocument[]): void => {
    if (!client.hasPull) for (const document of documents) publish(document);
    else if (documents.length > 0 && client.capabilities.workspace?.diagnostics?.refreshSupport === true) {
      clearTimeout(refreshTimer);
      refreshTimer = setTimeout(() => {
        ask(connection.languages.diagnostics.refresh());
        if (client.capabilities.workspace?.inlayHint?.refreshSupport === true)
          ask(connection.languages.inlayHint.refresh());
        if (client.capabilities.workspace?.semanticTokens?.refreshSupport === true)
          ask(connection.languages.semanticTokens.refresh());
      }, PUSH_DELAY_MS);
    }
  };

  session.onNamed = (paths) => {
    const documents = paths.map((path) => session.documents.atPath(path)).filter((document) => document !== undefined);
    for (const path of paths) session.forgetReport(path);
    refresh(documents);
  };

  /** Without anybody who watches, files on disk are read anew when their reader opens or saves one. */
  const readAnew = (): void => {
    if (client.canWatch) return;
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
        log(`${name} was left out: ${describeError(error)}`);
      }
    };

  const begin = guarded("initialize", (told: Client) => {
    client = told;
    session.documents.encoding = client.encoding;
    session.files.setRoots([...client.roots]);
    const canAsk = client.capabilities.workspace?.configuration === true;
    const { options } = client;
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
    setTimeout(() => {
      const isIdle = (): boolean => session.documents.all.length === 0;
      warmUp(session.checker, host.today(), isIdle).catch((error: unknown) =>
        log(`warming up failed: ${describeError(error)}`),
      );
    }, PAUSE_MS);
  });

  connection.onInitialized(() => {
    const { workspace } = client.capabilities;
    if (workspace?.didChangeConfiguration?.dynamicRegistration === true)
      ask(connection.client.register(DidChangeConfigurationNotification.type, { section: "cacheCompat" }));
    if (client.canWatch)
      ask(connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: [{ globPattern: WATCHED }] }));
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
      session.forgetReport(document.path, true);
      session.touch(document.path);
      refresh(session.dependents(document.path));
      if (!client.hasPull) ask(connection.sendDiagnostics({ uri, diagnostics: [] }));
      // Behind the answers that still hold the file.
      if (document.text.length > LARGE) setTimeout(() => host.giveBack?.(), 0);
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
      if (client.capabilities.workspace?.configuration !== true) {
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
    life: () => state.life,
    abilities: () => client.abilities,
  });

  connection.onShutdown(() => {
    state.life = "shut-down";
    publisher.dispose();
    clearTimeout(refreshTimer);
  });
  connection.onExit(() => host.exit(exitStatus(state)));
  return { begin };
}
