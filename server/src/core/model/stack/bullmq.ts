/** Services whose own package.json depends on BullMQ, and the servers that they queue in. */
import { type ComposeProject, fieldOf, type ProjectService } from "../../documents/composeProject.ts";
import type { TextSource } from "../../documents/folderIndex.ts";
import { environmentOfService } from "../../documents/serviceVariables.ts";
import { parseCacheUrl } from "../../env/index.ts";
import { Fact } from "../../fact.ts";
import type { FileSource } from "../../files.ts";
import { Picked } from "../../mapped.ts";
import { resolvePath } from "../../paths.ts";
import type { Resolution } from "./resolveHost.ts";
import type { StackServer } from "./servers.ts";

export interface BullmqUse {
  /** The service with the queues. */
  readonly service: string;
  readonly server: StackServer;
}

export function bullmqUses(
  { services, source }: ComposeProject,
  resolve: (service: ProjectService, host: string) => Resolution,
  files: FileSource,
): BullmqUse[] {
  const built = BUILT.of(source, () => new Picked()).of(services, [], builtFrom);
  return built.flatMap(({ service, folder }): BullmqUse[] => {
    if (!dependsOnBullmq(files.read(resolvePath(folder, "package.json")))) return [];
    const host = hostOf(service, files);
    const target = host === null ? null : resolve(service, host);
    return target?.kind === "server" ? [{ service: service.name, server: target.server }] : [];
  });
}

interface Built {
  readonly service: ProjectService;
  readonly folder: string;
}

const BUILT = new Fact<TextSource, Picked<ProjectService, Built>>();

function builtFrom(service: ProjectService): Built | null {
  const folder = contextOf(service);
  return folder === null ? null : { service, folder };
}

/** The folder that a service is built from; `null` where none, or elsewhere. */
function contextOf(service: ProjectService): string | null {
  const field = fieldOf(service, "build", "context") ?? fieldOf(service, "build");
  if (field === null || field.node?.kind !== "scalar") return null;
  const { value } = field.node;
  return /^\.{1,2}(?:[/\\]|$)|^[\w-]/.test(value) && !/[$:]/.test(value)
    ? resolvePath(field.layer.folder, value)
    : null;
}

function dependsOnBullmq(text: string | null | undefined): boolean {
  if (typeof text !== "string" || !text.includes("bullmq")) return false;
  try {
    const { dependencies } = JSON.parse(text) as { dependencies?: unknown };
    return typeof dependencies === "object" && dependencies !== null && "bullmq" in dependencies;
  } catch {
    return false;
  }
}

function hostOf(service: ProjectService, files: FileSource): string | null {
  const { variables } = environmentOfService(service, files);
  const url = variables.get("REDIS_URL")?.value;
  if (url != null && /^rediss?:\/\//i.test(url)) return parseCacheUrl(url, 0).host.text || null;
  return url === undefined ? (variables.get("REDIS_HOST")?.value ?? null) : null;
}
