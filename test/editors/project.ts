// What the editors are shown, and the program they start.
import path from "node:path";
import { installedPackage } from "../library/installed.ts";
import { Folder } from "../support/folders.ts";

/** Judged on a fixed day, so that no test hangs on today. */
const SETTINGS = JSON.stringify({ apps: { mastodon: "4.5" }, asOf: "2026-11-20" });

export const COMPOSE = "services:\n  redis:\n    image: redis:6.2\n";

export function project(): Folder {
  return new Folder({
    "cache-compat.json": SETTINGS,
    "compose.yaml": COMPOSE,
    "variable.compose.yaml": "services:\n  redis:\n    image: redis:${TAG}\n",
    ".env": "TAG=8.2\nREDIS_PORT=none\n",
    Dockerfile: "FROM redis:6.0\n",
    "redis.conf": "maxmemory 10 mb\n",
  });
}

/** An environment in which `cache-compat` is the packed program, and `home` all that the editor knows of its user. */
export function environment(home: string): NodeJS.ProcessEnv {
  const programs = path.join(installedPackage().folder, "node_modules", ".bin");
  const own = Object.fromEntries(["CONFIG", "DATA", "STATE", "CACHE"].map((kind) => [`XDG_${kind}_HOME`, home]));
  return { ...process.env, ...own, HOME: home, PATH: `${programs}${path.delimiter}${process.env.PATH}` };
}
