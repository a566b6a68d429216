// A server on this machine with a certificate of its own: what a test wants it to answer, it answers.
import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { ROOT } from "../build.ts";

const FOLDER = path.join(ROOT, "test", "support", "https");

/** For NODE_EXTRA_CA_CERTS. The key beside it is worth nothing: it is public, and stands for `localhost` only. */
export const CERTIFICATE = path.join(FOLDER, "certificate.pem");

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export class HttpsServer {
  readonly #server: Server;
  /** What the next requests get. */
  answer: Answer = (_request, response) => response.writeHead(404).end();
  /** Paths that were asked for. */
  readonly asked: string[] = [];

  constructor() {
    const options = { key: readFileSync(path.join(FOLDER, "key.pem")), cert: readFileSync(CERTIFICATE) };
    this.#server = createServer(options, (request, response) => {
      this.asked.push(request.url ?? "");
      this.answer(request, response);
    });
    // A client that hangs up in the middle is what some tests are about.
    this.#server.on("clientError", (_error, socket) => socket.destroy());
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return this;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `https://localhost:${this.port}/data.json`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** A whole answer with the status 200. */
export function send(body: string | Buffer, headers: Readonly<Record<string, string>> = {}): Answer {
  return (_request, response) => response.writeHead(200, headers).end(body);
}
