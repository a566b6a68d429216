/** Our own messages, all optional: the server is complete without them. Types only, shared with the client. */
import type { MatrixView } from "../core/index.ts";

/** Request `cacheCompat/status` with `{ uri }`. */
export interface StatusAnswer {
  /** What the file is for us; `null`: not a file that we read. */
  readonly kind: string | null;
  readonly images: number;
  /** The server that a configuration is judged for, in words; `null` where it is not known. */
  readonly server: string | null;
  readonly asOf: string;
  readonly dataAsOf: string;
  readonly platform: string;
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

/** Request `cacheCompat/matrix`. */
export type MatrixAnswer = MatrixView | null;

/** Request `cacheCompat/checkWorkspace`. */
export interface WorkspaceAnswer {
  readonly files: number;
  readonly error: number;
  readonly warning: number;
  readonly information: number;
}

export const STATUS = "cacheCompat/status";
export const MATRIX = "cacheCompat/matrix";
export const CHECK_WORKSPACE = "cacheCompat/checkWorkspace";
