// The two servers of the edits: one in the test's own process, one as editors start it.
import { Client, capabilitiesOf, SETTINGS, uriOf } from "../protocol/client.ts";
import { startInProcess } from "../protocol/inProcess.ts";
import type { Server } from "./desk.ts";
import { BESIDE } from "./samples.ts";

const FAILED = /failed|left out|error/i;

/** Messages that nobody should have to write. */
function complaintsIn(logged: readonly string[]): string[] {
  return logged.filter((message) => FAILED.test(message));
}

/** Costs a few milliseconds, so it can be asked for after each edit. */
export async function serverInProcess(): Promise<Server> {
  const logged: string[] = [];
  const { client, stop } = await startInProcess({
    files: BESIDE,
    settings: SETTINGS,
    capabilities: capabilitiesOf({ configuration: false, refresh: false, watch: false }),
  });
  client.onRequest("client/registerCapability", () => null);
  client.onNotification("window/logMessage", ({ message }: { message: string }) => {
    logged.push(message);
  });
  return {
    ask: (method, params) => client.sendRequest(method, params),
    notify: (method, params) => void client.sendNotification(method, params),
    uriOf: (file) => `file:///project/${file}`,
    logged: () => logged,
    complaints: () => complaintsIn(logged),
    stop,
  };
}

/** The built server over stdio, in a folder that holds `BESIDE`. */
export async function serverOverStdio(folder: string): Promise<Server> {
  const client = await Client.start({ folder, refresh: false });
  const logged = (): string[] => [
    ...client.received.flatMap(({ method, params }) =>
      method === "window/logMessage" ? [String((params as { message: unknown }).message)] : [],
    ),
    client.stderr,
    client.stray,
  ];
  return {
    ask: (method, params) => client.request(method, params),
    notify: (method, params) => client.notify(method, params),
    uriOf: (file) => uriOf(`${folder}/${file}`),
    logged,
    complaints: () => complaintsIn(logged()),
    stop: async () => {
      await client.stop();
    },
  };
}
