/** A server whose data somebody relies on, and no volume to keep it in. */

import { covers } from "../../documents/serviceVolumes.ts";
import { Fact } from "../../fact.ts";
import { bitnamiDataPath } from "../../model/stack/bitnamiSettings.ts";
import type { StackServer } from "../../model/stack/servers.ts";
import type { Stack } from "../../model/stack/stack.ts";
import { useOf } from "../../model/stack/use.ts";
import { basename } from "../../paths.ts";
import { fixOf, insertItem, insertKey, insertTopLevel, topLayer } from "../stack/insert.ts";
import { nameOf } from "../stack/parts.ts";
import type { StackDraft, StackRule } from "../stack/rule.ts";

const POSTIZ_SAMPLE = { source: "003_174f6fcb8794606c.txt", asOf: "2025-01-09" };
const USUAL_PATH = "/data";
const FOR_TESTS = /(?:^|[._-])(?:test|tests|testing|ci)(?:[._-]|$)/i;

export const noDataVolume: StackRule = {
  meta: {
    id: "compose/no-data-volume",
    severity: "warning",
    title: "Data is not kept",
    sources: [
      POSTIZ_SAMPLE,
      {
        source:
          "https://github.com/docker-library/redis/blob/e92049967d6baa9b4b3d6fd950553e6458e61f13/Dockerfile.template",
        asOf: "2024-06-28",
      },
    ],
  },
  check: (stack) =>
    stack.project.isWhole && !stack.project.files.some((path) => FOR_TESTS.test(basename(path)))
      ? stack.servers.flatMap((server) => draftsOf(server, stack))
      : [],
};

const UNKEPT = new Fact<StackServer, string | null>();

/** Where a server keeps its files and nothing is mounted; `null` where something is, or nobody knows. */
function unkeptPath(server: StackServer): string | null {
  const { mounts, service } = server;
  const path = dataPathOf(server);
  if (server.isSentinel || mounts === null || path === null || !service.isWhole) return null;
  return mounts.some((mount) => covers(mount, path)) || isReplica(server) ? null : path;
}

function draftsOf(server: StackServer, stack: Stack): StackDraft[] {
  const path = UNKEPT.of(server, unkeptPath);
  if (path === null) return [];
  const why = reasonOf(server, stack);
  if (why === null) return [];
  const message = `Nothing is mounted on \`${path}\`, and ${why}: with the container it goes away. Mount a named volume there.`;
  return [{ at: nameOf(server), message, fixes: volumeFix(server, path) }];
}

/** Where the server keeps its files; `null` where something of its own decides. */
function dataPathOf({ image, values, flags }: StackServer): string | null {
  const bitnami = bitnamiDataPath(image.repository.repository);
  if (bitnami !== null) return bitnami;
  if (flags?.has("dir")) return null;
  const dir = values?.of("dir");
  return dir === undefined || dir === "default" ? USUAL_PATH : null;
}

function isReplica({ values }: StackServer): boolean {
  const source = values?.of("replicaof");
  return source !== undefined && source !== "default";
}

/** Why the data matters; `null` where nobody knows that it does. */
function reasonOf(server: StackServer, stack: Stack): string | null {
  const { settings, values } = server;
  if (settings.snapshots === false && settings.appendOnly === false) return null;
  const { roles, apps } = useOf(stack, server);
  if (apps.has("mastodon") && roles.has("queue")) return "it holds the jobs and feeds of Mastodon";
  if (apps.has("mastodon") && roles.has("main")) return "it holds the feeds of Mastodon";
  if (roles.has("main")) return "it holds what Postiz keeps in Redis";
  if (roles.size > 0) return null;
  const isWritten = ["appendonly", "save"].some((name) => {
    const found = values?.of(name);
    return found !== undefined && found !== "default" && found !== "unknown";
  });
  return isWritten && (settings.appendOnly === true || settings.snapshots === true)
    ? "the server saves its data"
    : null;
}

function volumeFix(server: StackServer, path: string) {
  const layer = topLayer(server);
  const volume = `${server.name}-data`;
  const hasVolumes = layer !== null && layer.reader.get(layer.map, "volumes") !== null;
  const mount = hasVolumes
    ? insertItem(layer, "volumes", `${volume}:${path}`)
    : insertKey(layer, ["volumes:", `  - ${volume}:${path}`]);
  return fixOf(`Keep the data in the volume ${volume}`, [mount, insertTopLevel(layer, "volumes", `${volume}: {}`)]);
}
