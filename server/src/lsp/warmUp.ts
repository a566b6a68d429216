/**
 * The first file that is judged costs several times what the second one costs, because nothing has run yet. Where a client leaves time
 * between its first words and its first file, a text of our own is judged in it, and the user's first file is the second one.
 */
import { type Checker, NO_FILES } from "../core/index.ts";
import { nextTurn } from "./runSafe.ts";

/** A client that opens its files at once does so earlier. Milliseconds. */
export const PAUSE_MS = 20;

/** No file of anybody has this path. */
const PATH = "cache-compat://warm-up/compose.yaml";

/** What is met most: apps and a cache in a compose file, which read variables and a `.env`, some of it outdated. */
const SAMPLE = `x-base: &base
  restart: always
services:
  web:
    <<: *base
    image: ghcr.io/mastodon/mastodon:v4.5.1
    env_file: .env.production
    environment:
      - REDIS_URL=redis://cache:6379/0
    depends_on:
      - cache
    ports:
      - "127.0.0.1:3000:3000"
  worker:
    image: ghcr.io/mastodon/mastodon:\${VERSION:-v4.5.1}
    environment: { REDIS_HOST: cache, REDIS_PORT: 6379 }
    deploy: { resources: { limits: { memory: 1gb } } }
  cache:
    image: redis:6.0-alpine
    command: ["redis-server", "--appendonly", "yes"]
    healthcheck:
      test: ["CMD", "redis-cli", "ping"]
    ports: ["6379:6379"]
    volumes:
      - ./redis:/data
`;

export async function warmUp(checker: Checker, today: string, isIdle: () => boolean): Promise<void> {
  await nextTurn();
  if (!isIdle()) return;
  const source = { path: PATH, text: SAMPLE, languageId: null };
  checker.check({ source, layers: [], useProjectFile: true, files: NO_FILES, today });
  checker.forget(PATH);
}
