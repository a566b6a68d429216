// The two servers of the edits: one in the test's own process, one as editors start it.
import { Client, capabilitiesOf, SETTINGS, uriOf } from "../protocol/client.ts";
import { startInProcess } from "../protocol/inProcess.ts";
import type { Server } from "./desk.ts";
import { BESIDE } from "./samples.ts";

const FAILED = /failed|left out|error/i;

/** Costs a few milliseconds, so it can be asked for after each edit. */
export async function serverInProcess(): Promise<Server> {
  const complaints: string[] = [];
  const { client, stop } = await startInProcess({
    files: BESIDE,
    settings: SETTINGS,
    capabilities: capabilitiesOf({ configuration: false, refresh: false, watch: false }),
  });
  client.onRequest("client/registerCapability", () => null);
  client.onNotification("window/logMessage", ({ message }: { message: string }) => {
    if (FAILED.test(message)) complaints.push(message);
  });
  return {
    ask: (method, params) => client.sendRequest(method, params),
    notify: (method, params) => void client.sendNotification(method, params),
    uriOf: (file) => `file:///project/${file}`,
    complaints: () => complaints,
    stop,
  };
}

/** The built server over stdio, in a folder that holds `BESIDE`. */
export async function serverOverStdio(folder: string): Promise<Server> {
  const client = await Client.start({ folder, refresh: false });
  return {
    ask: (method, params) => client.request(method, params),
    notify: (method, params) => client.notify(method, params),
    uriOf: (file) => uriOf(`${folder}/${file}`),
    complaints: () =>
      [
        ...client.received.map(({ method, params }) =>
          method === "window/logMessage" ? String((params as { message: unknown }).message) : "",
        ),
        client.stderr,
        client.stray,
      ].filter((told) => FAILED.test(told)),
    stop: async () => {
      await client.stop();
    },
  };
}
