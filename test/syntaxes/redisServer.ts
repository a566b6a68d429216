// A real server as the judge of a configuration: it listens on a socket in a folder of its own, on no port.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import net from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { Folder } from "../support/folders.ts";

const PROGRAM = process.env.REDIS_SERVER || "redis-server";
const PATIENCE_MS = 15_000;

/** What the server said before it gave up; empty when it took the configuration and answered. */
export async function refusal(config: string, mode: "server" | "sentinel" = "server"): Promise<string> {
  return (await run(config, mode, "PING")).refusal;
}

/** What a running server answers, raw. */
export async function answer(command: string): Promise<string> {
  return (await run("", "server", command)).answer;
}

async function run(
  config: string,
  mode: "server" | "sentinel",
  command: string,
): Promise<{ refusal: string; answer: string }> {
  const socket = "s";
  const folder = new Folder({ "test.conf": `port 0\nunixsocket ${socket}\n${config}\n` });
  const options = mode === "sentinel" ? ["--sentinel"] : [];
  // The socket is named relative to this folder: the whole path may be longer than sockets allow.
  const server = spawn(PROGRAM, ["test.conf", ...options], { cwd: folder.path, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  server.stdout.on("data", (chunk) => {
    output += chunk;
  });
  server.stderr.on("data", (chunk) => {
    output += chunk;
  });
  const gone = once(server, "close");
  gone.catch(() => undefined);
  try {
    await once(server, "spawn");
    const reply = await ask(server, folder.file(socket), command);
    return reply === undefined
      ? { refusal: output || `left with ${server.exitCode}`, answer: "" }
      : { refusal: "", answer: reply };
  } finally {
    server.kill("SIGKILL");
    await gone.catch(() => undefined);
    folder.remove();
  }
}

/** Nothing when the server is gone. It accepts connections only after the whole configuration was read and judged. */
async function ask(server: ChildProcess, socket: string, command: string): Promise<string | undefined> {
  const end = Date.now() + PATIENCE_MS;
  while (server.exitCode === null && server.signalCode === null) {
    if (Date.now() > end) throw new Error(`${PROGRAM} neither answers nor leaves`);
    const reply = await exchange(socket, command);
    if (reply) return reply;
    await pause(5);
  }
  return undefined;
}

function exchange(socket: string, command: string): Promise<string> {
  return new Promise((resolve) => {
    let reply = "";
    const connection = net.connect(socket);
    connection.on("connect", () => connection.end(`${command}\r\nQUIT\r\n`));
    connection.on("data", (chunk) => {
      reply += chunk;
    });
    connection.on("error", () => undefined);
    connection.on("close", () => resolve(reply));
  });
}
