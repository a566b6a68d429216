/** Our own messages, all optional: the server is complete without them. Types only, shared with the client. */
import type { Overview } from "../core/index.ts";

/** Request `cacheCompat/status` with `{ uri }`. */
export interface StatusAnswer {
  /** What the file is for us; `null`: not a file that we read. */
  readonly kind: string | null;
  readonly images: number;
  /** The server that a configuration is judged for, in words; `null` where it is not known. */
  readonly server: string | null;
  readonly asOf: string;
  /** `built-in data of 2026-08-22, 90 days old`. */
  readonly data: string;
  readonly isDataOld: boolean;
  /** Who runs the cache. */
  readonly platform: {
    readonly name: string;
    readonly origin: string;
    /** False where nothing names a provider: then it is one's own server. */
    readonly isKnown: boolean;
    readonly uri: string | null;
    readonly line: number;
  };
  readonly apps: readonly {
    readonly name: string;
    readonly version: string;
    readonly column: string | null;
    readonly origin: string;
    readonly uri: string | null;
    readonly line: number;
  }[];
  /** What is not being checked, and why, in sentences. */
  readonly notChecked: readonly string[];
}

/**
 * Request `cacheCompat/matrix`: tables and calendars with the caches of the workspace; `path` of a place is a URI. After the answer, with the
 * first change of anything that it may depend on, the notification `cacheCompat/changed` comes, once.
 */
export type MatrixAnswer = Overview | null;

/** Request `cacheCompat/checkWorkspace`. */
export interface WorkspaceAnswer {
  readonly files: number;
  /** Caches in them. */
  readonly images: number;
  readonly error: number;
  readonly warning: number;
  readonly information: number;
}

/**
 * Requests of the server to a client that has announced `experimental.cacheCompat.files`. `uri`: what is to be read; `root`: the workspace
 * folder around it. Answers are `null` for what is not there, is too large, or is reached through a symbolic link.
 */
export interface ReadParams {
  readonly uri: string;
  readonly root: string;
}

/** Names in a folder; symbolic links are left out. */
export interface ReadFolderAnswer {
  readonly files: readonly string[];
  readonly folders: readonly string[];
}

/** Answers a text without byte order mark. */
export const READ_FILE = "cacheCompat/readFile";
/** Answers a `ReadFolderAnswer`. */
export const READ_FOLDER = "cacheCompat/readFolder";

/** `host` in `initializationOptions`, beside the settings: what only the editor knows. */
export interface HostOptions {
  /** `false`: the user does not trust the workspace. */
  readonly isTrusted?: boolean;
  /** Tables that were downloaded before. */
  readonly tables?: string | null;
}

/** Request `cacheCompat/useTables` with `{ text }`: a text that was downloaded, or `null` to go back to the built-in tables. */
export interface TablesAnswer {
  /** `used`: the text counts from now on and may be kept. */
  readonly kind: "used" | "same" | "refused";
  /** What came of it, in one sentence without a full stop. */
  readonly message: string;
}

/** Notification `cacheCompat/trust`: the user's trust in the workspace has changed. */
export interface TrustParams {
  readonly isTrusted: boolean;
}

export const USE_TABLES = "cacheCompat/useTables";
export const TRUST = "cacheCompat/trust";
export const STATUS = "cacheCompat/status";
export const MATRIX = "cacheCompat/matrix";
export const CHANGED = "cacheCompat/changed";
export const CHECK_WORKSPACE = "cacheCompat/checkWorkspace";
