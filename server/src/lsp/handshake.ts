/** `initialize`: what a client says of itself, and what it is answered. Needs nothing of the core, so that the answer can come before the core is there. */
import {
  type ClientCapabilities,
  CodeActionKind,
  type InitializeParams,
  type InitializeResult,
  type SemanticTokensLegend,
  TextDocumentSyncKind,
} from "vscode-languageserver";
import { version } from "../../../package.json";
import type { TOKEN_MODIFIERS, TOKEN_TYPES } from "../core/index.ts";
import { PRODUCT } from "../core/product.ts";
import type { ClientAbilities } from "./convert.ts";
import { chooseEncoding, type Encoding } from "./positions.ts";
import { uriToPath } from "./uris.ts";

export const FIX_ALL_KIND = `${CodeActionKind.SourceFixAll}.cacheCompat`;

/** The core's own words, in its order: the compiler holds both together. */
const TYPES: typeof TOKEN_TYPES = ["keyword", "enumMember"];
const MODIFIERS: typeof TOKEN_MODIFIERS = ["deprecated", "notInVersion"];
const TOKEN_LEGEND: SemanticTokensLegend = { tokenTypes: [...TYPES], tokenModifiers: [...MODIFIERS] };

export interface Client {
  readonly capabilities: ClientCapabilities;
  readonly abilities: ClientAbilities;
  readonly encoding: Encoding;
  /** Diagnostics are asked for, not pushed. */
  readonly hasPull: boolean;
  /** Changes on disk are told. */
  readonly canWatch: boolean;
  /** Reads files for us. */
  readonly offersFiles: boolean;
  /** The workspace folders, as paths. */
  readonly roots: readonly string[];
  readonly options: unknown;
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

export function clientOf(params: Partial<InitializeParams>): Client {
  const capabilities = params.capabilities ?? {};
  const folders = params.workspaceFolders?.map(({ uri }) => uri) ?? (params.rootUri ? [params.rootUri] : []);
  const experimental = capabilities.experimental as { cacheCompat?: { files?: unknown } } | undefined;
  return {
    capabilities,
    abilities: abilitiesOf(capabilities),
    encoding: chooseEncoding(capabilities.general?.positionEncodings),
    hasPull: capabilities.textDocument?.diagnostic !== undefined,
    canWatch: capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    offersFiles: experimental?.cacheCompat?.files === true,
    roots: folders.map(uriToPath),
    options: params.initializationOptions,
  };
}

export function answerTo({ encoding, canWatch, hasPull }: Client): InitializeResult {
  return {
    serverInfo: { name: PRODUCT, version },
    capabilities: {
      positionEncoding: encoding,
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: !canWatch },
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
}
