/** The matrix as a panel of the editor: one at a time, up to date while it is seen, back after a reload of the window. */
import {
  CancellationTokenSource,
  commands,
  Disposable,
  type ExtensionContext,
  Range,
  Uri,
  ViewColumn,
  type WebviewPanel,
  window,
  workspace,
} from "vscode";
import { type BaseLanguageClient, State } from "vscode-languageclient";
import { CHANGED, MATRIX, type MatrixAnswer } from "../../../server/src/lsp/protocol.ts";
import { PAGE_COMMANDS, type PageMessage, type ShowOverview } from "./messages.ts";
import { pageHtml } from "./page.ts";

export const VIEW_TYPE = "cacheCompat.matrix";

/** The tables are asked for no more often than this while somebody types. */
const PAUSE_MS = 400;

export class MatrixPanel {
  readonly #context: ExtensionContext;
  readonly #client: BaseLanguageClient;
  #panel: WebviewPanel | undefined;
  #reading: CancellationTokenSource | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isStale = true;
  /** Files that the page was told of: it may open these and no others. */
  #known: ReadonlySet<string> = new Set();

  constructor(context: ExtensionContext, client: BaseLanguageClient) {
    this.#context = context;
    this.#client = client;
    context.subscriptions.push(
      window.registerWebviewPanelSerializer(VIEW_TYPE, {
        deserializeWebviewPanel: async (panel) => this.#adopt(panel),
      }),
      new Disposable(() => this.#panel?.dispose()),
      // The server knows best what the tables hang on; one that starts anew has not told anything yet.
      client.onNotification(CHANGED, () => this.#touch()),
      client.onDidChangeState(({ newState }) => newState === State.Running && this.#touch()),
    );
  }

  show(): void {
    if (this.#panel !== undefined) this.#panel.reveal();
    else this.#adopt(window.createWebviewPanel(VIEW_TYPE, "Cache compatibility", ViewColumn.Active));
  }

  #adopt(panel: WebviewPanel): void {
    this.#panel?.dispose();
    this.#panel = panel;
    this.#isStale = true;
    const dist = Uri.joinPath(this.#context.extensionUri, "dist");
    const addressOf = (name: string): string => panel.webview.asWebviewUri(Uri.joinPath(dist, name)).toString();
    panel.webview.options = { enableScripts: true, localResourceRoots: [dist] };
    panel.iconPath = Uri.joinPath(this.#context.extensionUri, "docs", "images", "icon.png");
    panel.webview.onDidReceiveMessage((message: PageMessage) => void this.#receive(message));
    panel.onDidChangeViewState(() => void this.#update());
    panel.onDidDispose(() => {
      if (this.#panel === panel) this.#close();
    });
    panel.webview.html = pageHtml({
      script: addressOf("view.js"),
      style: addressOf("view.css"),
      cspSource: panel.webview.cspSource,
    });
  }

  #close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#reading?.cancel();
    this.#panel = undefined;
  }

  #touch(): void {
    this.#isStale = true;
    if (this.#panel === undefined) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#update();
    }, PAUSE_MS);
  }

  async #update(): Promise<void> {
    const panel = this.#panel;
    if (panel === undefined || !panel.visible || !this.#isStale) return;
    this.#isStale = false;
    this.#reading?.cancel();
    const reading = new CancellationTokenSource();
    this.#reading = reading;
    const answer = await this.#client.sendRequest<MatrixAnswer>(MATRIX, {}, reading.token).catch(() => null);
    if (answer === null || reading.token.isCancellationRequested || this.#panel !== panel) return;
    const rows = answer.tables.flatMap(({ grids }) =>
      grids.flatMap(({ groups }) => groups.flatMap((group) => group.rows)),
    );
    const places = [...rows.flatMap((row) => row.places), ...answer.elsewhere];
    this.#known = new Set(places.map(({ path }) => path));
    const names = Object.fromEntries([...this.#known].map((uri) => [uri, workspace.asRelativePath(Uri.parse(uri))]));
    const message: ShowOverview = { kind: "overview", overview: answer, names };
    await panel.webview.postMessage(message);
  }

  async #receive(message: PageMessage): Promise<void> {
    if (message.kind === "ready") {
      this.#isStale = true;
      await this.#update();
    } else if (message.kind === "open" && this.#known.has(message.path)) {
      const at = new Range(message.line, message.character, message.line, message.character);
      await window.showTextDocument(Uri.parse(message.path), { selection: at, viewColumn: ViewColumn.Beside });
    } else if (message.kind === "run" && PAGE_COMMANDS.includes(message.command)) {
      await commands.executeCommand(message.command);
    }
  }
}
