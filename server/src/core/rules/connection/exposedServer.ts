/** A server without a password that everybody reaches: by a published port, by the host's network, or by its own configuration. */
import { fieldOf } from "../../documents/composeProject.ts";
import type { TextSource } from "../../documents/folderIndex.ts";
import { isPublishedOnAll, type PublishedPort, textOf } from "../../documents/serviceNetwork.ts";
import { Fact } from "../../fact.ts";
import { Picked } from "../../mapped.ts";
import { isLoopback } from "../../model/stack/resolveHost.ts";
import type { StackServer } from "../../model/stack/servers.ts";
import { basename } from "../../paths.ts";
import { isOpenToEverybody } from "../conf/setup/protectedModeOff.ts";
import type { SetupRule } from "../conf/setup/rule.ts";
import type { RuleMeta } from "../rule.ts";
import { rewriting, wholeOf } from "../stack/parts.ts";
import type { StackDraft, StackRule } from "../stack/rule.ts";

const META: RuleMeta = {
  id: "connection/exposed-server",
  severity: "warning",
  title: "Redis open to the network",
  sources: [
    {
      source:
        "https://github.com/docker-library/redis/blob/e92049967d6baa9b4b3d6fd950553e6458e61f13/Dockerfile.template",
      asOf: "2024-06-28",
    },
    {
      source:
        "https://github.com/valkey-io/valkey-doc/blob/fe8f96a2985efbae06a03805cd3f86811907d26a/topics/security.md",
      asOf: "2026-06-18",
    },
    {
      source:
        "https://github.com/redis/docker-library-redis/blob/0076c90a8028d29b25313f7272fa2d1245c3be76/debian/Dockerfile",
      asOf: "2026-11-20",
    },
  ],
};

/** Machines of developers and pipelines are open on purpose. */
const FOR_DEVELOPERS = /(?:^|[._-])(?:dev|devel|development|test|tests|testing|local|ci)(?:[._-]|$)/i;

export const exposedServer: StackRule = {
  meta: META,
  check: ({ project, servers }) => {
    const drafts = EXPOSED.of(project.source, () => new Picked())
      .of(servers, [], exposures)
      .flat();
    return project.files.every(isForDevelopers) ? drafts.map(asHint) : drafts;
  },
};

/** The same for a configuration that no service loads. */
export const exposedConf: SetupRule = {
  meta: META,
  check: (setup) => {
    const mode = setup.service === null ? isOpenToEverybody(setup) : null;
    if (mode === null) return [];
    const message =
      "This server listens on every address, protected mode is off, and it has no password: anyone who reaches the port can read and delete data. Bind it to 127.0.0.1, or set `requirepass`.";
    return [{ at: mode.place, message }];
  },
};

const EXPOSED = new Fact<TextSource, Picked<StackServer, readonly StackDraft[]>>();

function exposures(server: StackServer): readonly StackDraft[] | null {
  const drafts = draftsOf(server);
  if (drafts.length === 0) return null;
  return fieldOf(server.service, "profiles") === null ? drafts : drafts.map(asHint);
}

function asHint(draft: StackDraft): StackDraft {
  return { ...draft, severity: "hint" };
}

function draftsOf(server: StackServer): StackDraft[] {
  if (!isUnguarded(server)) return [];
  if (server.networkMode === "host") {
    const mode = textOf(server.service, "network_mode");
    if (mode === null || !listensForOthers(server)) return [];
    const message = `On the host's network every machine that reaches the host reaches service ${server.name}, which has no password: anyone can read and delete data. Bind it to 127.0.0.1 with \`--bind\`, or set \`requirepass\`.`;
    return [{ at: { path: mode.path, span: mode.span }, message }];
  }
  if (server.networkMode !== undefined || server.ports === null) return [];
  return server.ports.filter((port) => isReached(port, server)).map((port) => draftOf(port, server));
}

function isReached(port: PublishedPort, { settings }: StackServer): boolean {
  return isPublishedOnAll(port) && port.protocol === "tcp" && port.target === String(settings.port?.value);
}

function draftOf({ published, target, place, written }: PublishedPort, server: StackServer): StackDraft {
  const which = published === null ? `a free port of the host` : `port ${published}`;
  const message = `Service ${server.name} has no password and is published on ${which}, on every address, past most firewalls: anyone who reaches it can read and delete data. Publish it on 127.0.0.1, drop \`ports\`, or set \`requirepass\`.`;
  const text = `127.0.0.1:${published ?? ""}:${target}`;
  return { at: place, message, fixes: asFix(written, text) };
}

function asFix(written: PublishedPort["written"], text: string) {
  if (written === null || !/^(?:\d+:)?\d+$/.test(written.value ?? "")) return [];
  return rewriting("Publish on 127.0.0.1 only", written, wholeOf(written), text);
}

/** Certainly no password, no users, and a port without TLS. */
function isUnguarded(server: StackServer): boolean {
  const { password, hasUsers, port } = server.settings;
  if (server.isSentinel || password?.value !== "" || hasUsers !== false) return false;
  if (port === null || port.value === 0) return false;
  const mode = server.values?.of("protected-mode");
  // The official images turn it off; a line that turns it on protects.
  return (
    mode === undefined || mode === "default" || (mode !== "unknown" && server.values?.value("protected-mode") === "no")
  );
}

/** `null` addresses: the images bind to all. */
function listensForOthers({ values, flags }: StackServer): boolean {
  const bind = values?.of("bind");
  if (bind === "unknown") return false;
  const flag = flags?.get("bind")?.value ?? null;
  const addresses =
    bind === undefined || bind === "default"
      ? flag === null
        ? []
        : [flag]
      : bind.args.flatMap(({ value }) => value.split(/\s+/)).map((address) => address.replace(/^-/, ""));
  return addresses.length === 0 || addresses.some((address) => !isLoopback(address));
}

function isForDevelopers(path: string): boolean {
  return FOR_DEVELOPERS.test(basename(path)) || /\/\.devcontainer\//.test(path);
}
