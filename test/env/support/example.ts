// What is around the `.env` files of an example page: the facts that the checker reads from the files beside them.
import {
  type EnvApp,
  type EnvSurroundings,
  readLaravel,
  usesDjangoEnviron,
} from "../../../server/src/core/env/index.ts";
import type { Example } from "../../rules/pageExamples.ts";
import { appsOf } from "./marked.ts";

export function appsOfExample({ flags }: Example): EnvApp[] {
  return appsOf(flags.flatMap((flag, at) => (flags[at - 1] === "--app" ? [flag] : [])));
}

/** `environment` of a service, which has six blanks in front of its variables in the pages. */
function overruledIn(compose: string | null): Partial<EnvSurroundings> {
  const [, service] = /^ {2}(\w+):$/m.exec(compose ?? "") ?? [];
  if (compose === null || service === undefined) return {};
  const own = [...compose.matchAll(/^ {6}([A-Z_]+): (\S+)$/gm)];
  return {
    services: [service],
    overruled: new Map(
      own.map(({ 1: name = "", 2: value = "", index }) => [
        name,
        [
          {
            service,
            value,
            place: { path: "/project/compose.yaml", span: { start: index + 6, end: index + 6 + name.length } },
          },
        ],
      ]),
    ),
  };
}

export function aroundExample({ files }: Example): EnvSurroundings {
  const text = (name: string): string | null => files.find((file) => file.name === name)?.text ?? null;
  const compose = text("docker-compose.yml");
  const python = files.find(({ name }) => name.endsWith(".py"))?.text ?? "";
  const composerJson = text("composer.json");
  const hosts = [...(compose ?? "").matchAll(/^ {2}(\w+):\n(?: {4}.*\n)*? {4}image: (redis|memcached):/gm)];
  return {
    ...(compose?.includes("env_file") === true ? { composeReads: true, complete: true } : {}),
    ...overruledIn(text("compose.yaml")),
    interpolated: new Set([...(compose ?? "").matchAll(/\$\{(\w+)\}/g)].map((match) => match[1] as string)),
    hosts: hosts.map(([, host = "", engine = ""]) => ({ host, engine, port: engine === "redis" ? 6379 : 11211 })),
    oldCompose: /^version: *["']?[23]/m.test(compose ?? ""),
    laravel:
      composerJson === null
        ? null
        : readLaravel({ composerJson, composerLock: text("composer.lock"), cacheConfig: text("config/cache.php") }),
    djangoEnviron: usesDjangoEnviron(python),
  };
}
