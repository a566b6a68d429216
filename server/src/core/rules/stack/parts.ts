/** What several rules about stacks say in the same way: where a server stands, and edits of one value. */
import type { Written } from "../../documents/written.ts";
import { editOf } from "../../documents/written.ts";
import type { Fix, Place, RelatedPlace } from "../../finding.ts";
import type { Connection, MaybePart, Part } from "../../model/stack/connections.ts";
import type { StackServer } from "../../model/stack/servers.ts";
import { type Span, spanOf } from "../../text.ts";

/** Names of services in the network of a project (Docker, "Networking in Compose"). */
export const COMPOSE_NETWORKING = {
  source:
    "https://github.com/docker/docs/blob/cd546395a74c5632db2b7ef32c9210f540e45775/content/manuals/compose/how-tos/networking.md",
  asOf: "2026-11-20",
};

export const COMPOSE_SERVICES = {
  source: "https://github.com/compose-spec/compose-spec/blob/2f44add17858874861a3ffcd5a7950304586475c/05-services.md",
  asOf: "2026-11-20",
};

/** The name of a service as written. */
export function nameOf(server: StackServer): Place {
  const layer = server.service.layers[0];
  return layer === undefined ? server.imagePlace : { path: layer.path, span: layer.key.span };
}

/** `path` and span of a place, with what is to see there. */
export function related(place: Place | null, message: string): RelatedPlace[] {
  return place === null ? [] : [{ path: place.path, span: place.span, message }];
}

/** The server of a connection, where exactly one is reached. */
export function serverOf({ target }: Connection): StackServer | null {
  return target.kind === "server" ? target.server : null;
}

export function isKnown(part: MaybePart): part is Part {
  return part !== null && part !== "unknown";
}

/** An offered edit of a range of a value; none where no single honest edit does it. */
export function rewriting(title: string, written: Written | null, range: Span, newText: string): Fix[] {
  const edit = written === null ? null : editOf(written, range, newText);
  return edit === null ? [] : [{ title, safe: false, preferred: true, edits: [edit] }];
}

export function wholeOf({ resolved }: Written): Span {
  return spanOf(0, resolved.value.length);
}

/** The variable or the URL that names the host, for findings without a value of their own. */
export function connectionPlace({ url, variable }: Connection): Place {
  return url === null ? variable.key : url.place;
}

/** The same for a place whose text is not at hand: only where it is as long as the value. */
export function rewritingAt(title: string, place: Place, value: string, newText: string): Fix[] {
  if (place.span.end - place.span.start !== value.length) return [];
  return [{ title, safe: false, preferred: true, edits: [{ path: place.path, span: place.span, newText }] }];
}
