/**
 * Answers `initialize` at once. Reading all rules and tables takes longer than that, so the rest of the server is loaded behind the
 * answer, in the time in which nobody waits for it.
 */
import { type Connection, ErrorCodes, ResponseError } from "vscode-languageserver";
import type { Gate } from "./gate.ts";
import { answerTo, type Client, clientOf } from "./handshake.ts";
import type { Life } from "./runSafe.ts";

/** Where the session stands; the exit status is 0 after `shutdown`, else 1. */
export interface SessionState {
  life: Life;
}

/** The rest of the server: it has registered its handlers, and is told who the client is. */
export interface Rest {
  begin(client: Client): void;
}

export interface Start {
  readonly connection: Connection;
  /** What `connection` reads from; `null`: nothing can be held back, so it listens when everything is there. */
  readonly gate: Gate | null;
  readonly load: () => Promise<(connection: Connection, state: SessionState) => Rest>;
}

/** The answer is on its way before this many milliseconds are over; a client that speaks again earlier is not kept waiting. */
const BEHIND_ANSWER_MS = 5;

/** Answers until `exit`. Returns what the exit status would be now. */
export function start({ connection, gate, load }: Start): () => number {
  const state: SessionState = { life: "new" };
  let client: Client | null = null;
  let rest: Rest | null = null;
  let loading: Promise<void> | null = null;
  const loadRest = async (): Promise<void> => {
    const serve = await load();
    rest = serve(connection, state);
    if (client !== null) rest.begin(client);
    gate?.open();
  };
  const loadOnce = (): Promise<void> => {
    loading ??= loadRest();
    return loading;
  };
  connection.onInitialize((params) => {
    if (state.life !== "new") return new ResponseError(ErrorCodes.InvalidRequest, "initialize was sent twice");
    state.life = "running";
    client = clientOf(params);
    if (rest === null) setTimeout(loadOnce, BEHIND_ANSWER_MS);
    else rest.begin(client);
    return answerTo(client);
  });
  if (gate === null) void loadOnce().then(() => connection.listen());
  else {
    gate.onHeld = loadOnce;
    connection.listen();
  }
  return () => exitStatus(state);
}

export function exitStatus({ life }: SessionState): number {
  return life === "shut-down" ? 0 : 1;
}
