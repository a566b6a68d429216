/** An app that starts with its server, not behind it. */
import { fieldOf, fieldsOf, type ProjectService } from "../../documents/composeProject.ts";
import { writtenScalar } from "../../documents/written.ts";
import { rewriting, wholeOf } from "../stack/parts.ts";
import type { StackDraft, StackRule } from "../stack/rule.ts";

const HEALTHY = "service_healthy";

export const dependsOnHealth: StackRule = {
  meta: {
    id: "compose/depends-on-health",
    severity: "hint",
    title: "App does not wait for Redis",
    sources: [
      {
        source:
          "https://github.com/gitroomhq/postiz-app/blob/74b01ada154a177242d558bedc646fcfed100adf/docker-compose.yaml",
        asOf: "2026-08-21",
      },
    ],
  },
  check: ({ clients, servers }) => {
    if (clients.length === 0) return [];
    const checked = new Set(
      servers
        .filter(({ service, image }) => fieldOf(service, "healthcheck") !== null || image.judgedAs === "dragonfly")
        .map(({ name }) => name),
    );
    return clients.flatMap(({ client: { service } }) => draftsOf(service, checked));
  },
};

function draftsOf(service: ProjectService, servers: ReadonlySet<string>): StackDraft[] {
  return fieldsOf(service, "depends_on").flatMap(({ layer, node }): StackDraft[] => {
    const { reader, path } = layer;
    if (node?.kind === "seq") {
      return node.items.flatMap((item): StackDraft[] => {
        const scalar = reader.scalar(item);
        if (scalar === null || !servers.has(scalar.value)) return [];
        return [{ at: { path, span: scalar.span }, message: messageOf(service.name, scalar.value) }];
      });
    }
    if (node?.kind !== "map") return [];
    return reader.entries(node).flatMap(({ key, value }): StackDraft[] => {
      const condition = reader.text(reader.map(value), "condition");
      if (!servers.has(key.value) || condition?.value !== "service_started") return [];
      const written = writtenScalar(condition, layer, service.lookup);
      const fixes = rewriting(`Change to ${HEALTHY}`, written, wholeOf(written), HEALTHY);
      return [{ at: { path, span: written.span }, message: messageOf(service.name, key.value), fixes }];
    });
  });
}

function messageOf(client: string, server: string): string {
  return `Service ${client} starts as soon as the container of ${server} does, which is before the server answers. Wait for its health check: \`condition: ${HEALTHY}\`.`;
}
