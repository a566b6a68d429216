/** From the start of the server to its first answer, and to the diagnostics of the first document, against a Node that does nothing. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Client } from "./client.mjs";
import { cpuOf, runNode } from "./processes.mjs";
import { compare } from "./statistics.mjs";

/** Twenty lines. */
const TEXT = `services:
  web:
    image: ghcr.io/mastodon/mastodon:v4.5.1
    restart: always
    env_file: .env.production
    depends_on:
      - cache
      - db
    ports:
      - "127.0.0.1:3000:3000"
  cache:
    image: redis:6.2-alpine
    restart: always
    healthcheck:
      test: ["CMD", "redis-cli", "ping"]
    volumes:
      - ./redis:/data
  db:
    image: postgres:14-alpine
    restart: always
`;

async function startServer(dist, folder) {
  const client = new Client(dist, folder);
  await client.initialize();
  const initialize = cpuOf(client.child.pid);
  const uri = pathToFileURL(join(folder, "compose.yaml")).href;
  client.open(uri, "dockercompose", TEXT);
  const { result, at } = await client.request("textDocument/diagnostic", { textDocument: { uri } });
  if (!result.items.some(({ range }) => range.start.line === 11)) throw new Error("the first answer tells nothing");
  return { initialize, wall: at - client.started, cpu: await client.close() };
}

export async function start({ dist, folder, rounds }) {
  const ours = [];
  const floor = [];
  for (let round = -1; round < rounds * 2; round++) {
    const server = await startServer(dist, folder);
    const bare = await runNode(["-e", "0"]);
    // The first pair only warms the page cache.
    if (round < 0) continue;
    ours.push(server);
    floor.push(bare);
  }
  return [
    ["initialize", "cpu", "start to the answer of initialize, CPU"],
    ["cpu", "cpu", "start to first diagnostics, CPU"],
    ["wall", "wall", "start to first diagnostics, wall"],
  ].map(([figure, ofFloor, name]) =>
    compare(
      `start-${figure}`,
      name,
      ours.map((run) => run[figure]),
      floor.map((run) => run[ofFloor]),
    ),
  );
}
