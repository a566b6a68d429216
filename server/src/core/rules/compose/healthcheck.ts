/** Health checks of servers: none at all, and one that is green although every command fails. */
import { type Field, fieldOf, fieldsOf, type ProjectService } from "../../documents/composeProject.ts";
import type { TextSource } from "../../documents/folderIndex.ts";
import { shellWords } from "../../documents/shellWords.ts";
import { writtenScalar } from "../../documents/written.ts";
import { Fact } from "../../fact.ts";
import type { Fix, Place } from "../../finding.ts";
import { Mapped } from "../../mapped.ts";
import type { StackServer } from "../../model/stack/servers.ts";
import type { Stack } from "../../model/stack/stack.ts";
import { fixOf, insertKey, topLayer } from "../stack/insert.ts";
import { COMPOSE_SERVICES, nameOf, related } from "../stack/parts.ts";
import type { StackDraft, StackRule } from "../stack/rule.ts";

export const healthcheckMissing: StackRule = {
  meta: {
    id: "compose/healthcheck-missing",
    severity: "hint",
    title: "No healthcheck",
    sources: [{ source: "003_174f6fcb8794606c.txt", asOf: "2025-01-09" }, COMPOSE_SERVICES],
  },
  check: (stack) => {
    if (!stack.project.isWhole) return [];
    const lacking = LACKING.of(stack.project.source, () => new Mapped()).of(stack.servers, [], lacksCheck);
    const servers = stack.servers.filter((_, i) => lacking[i]);
    const awaited = servers.length === 0 ? NOBODY : awaitedIn(stack);
    return servers.flatMap((server): StackDraft[] => {
      if (!awaited.has(server.name)) return [];
      const message = `Nobody asks service ${server.name} whether it answers, so other services start before it is ready. Add a health check with \`${clientOf(server)} ping\`.`;
      return [{ at: nameOf(server), message, fixes: checkFix(server) }];
    });
  },
};

const LACKING = new Fact<TextSource, Mapped<StackServer, boolean>>();
const AWAITS = new Fact<TextSource, Mapped<ProjectService, string>>();
const AWAITED = new WeakMap<readonly string[], ReadonlySet<string>>();
const NOBODY: ReadonlySet<string> = new Set();

function lacksCheck({ image, isSentinel, service }: StackServer): boolean {
  // Dragonfly's image brings its own.
  if (image.judgedAs === "dragonfly" || isSentinel || !service.isWhole) return false;
  return fieldOf(service, "healthcheck") === null;
}

/** Services for which another one of the project waits, or to which an app connects. */
function awaitedIn({ project, connections }: Stack): ReadonlySet<string> {
  const awaits = AWAITS.of(project.source, () => new Mapped()).of(project.services, [], namesAwaited);
  let names = AWAITED.get(awaits);
  if (names === undefined) {
    names = new Set(awaits.flatMap((lines) => lines.split("\n")));
    AWAITED.set(awaits, names);
  }
  const connected = connections.flatMap(({ target }) => (target.kind === "server" ? [target.server.name] : []));
  return connected.every((name) => names.has(name)) ? names : new Set([...names, ...connected]);
}

/** One a line: a text is the same as another one, a list is not. */
function namesAwaited(service: ProjectService): string {
  const names = fieldsOf(service, "depends_on").flatMap(({ layer, node }) => {
    if (node?.kind === "map") return layer.reader.entries(node).map(({ key }) => key.value);
    return node?.kind === "seq" ? node.items.flatMap((item) => layer.reader.scalar(item)?.value ?? []) : [];
  });
  return names.join("\n");
}

/** Only where a plain `ping` says the truth. */
function checkFix(server: StackServer): Fix[] {
  const { password, hasUsers, port } = server.settings;
  if (password?.value !== "" || hasUsers !== false || port?.value !== 6379) return [];
  const lines = ["healthcheck:", `  test: ["CMD", "${clientOf(server)}", "ping"]`];
  return fixOf("Add a health check", [insertKey(topLayer(server), lines)]);
}

function clientOf({ image }: StackServer): string {
  return image.judgedAs === "valkey" ? "valkey-cli" : image.judgedAs === "keydb" ? "keydb-cli" : "redis-cli";
}

export const healthcheckFalseGreen: StackRule = {
  meta: {
    id: "compose/healthcheck-false-green",
    severity: "information",
    title: "Healthcheck is green without login",
    sources: [
      { source: "local check with redis-server 7.0.15 / redis-cli 7.0.15 (Debian 12)", asOf: "2026-11-20" },
      {
        source:
          "https://github.com/gitroomhq/postiz-docker-compose/blob/dd4969e5e694cd009619a0d53cff14c21104580b/docker-compose.yaml",
        asOf: "2026-07-30",
      },
    ],
  },
  ofServer: (server): StackDraft[] => {
    const { password } = server.settings;
    if (password === null || password.value === "") return [];
    const test = testOf(server.service);
    if (test === null || !isPlainPing(test.words) || sendsPassword(server)) return [];
    const message = `\`${test.client} ping\` ends with 0 even when the server answers NOAUTH, so this check is green whether or not anybody can log in. Give it the password by REDISCLI_AUTH, or add \`-e\`.`;
    const from = related(password.place, `Service ${server.name} gets its password here`);
    return [{ at: test.place, message, related: from, fixes: loginFix(server) }];
  },
};

interface Test {
  readonly words: readonly string[];
  readonly client: string;
  readonly place: Place;
}

const CLIENT = /(?:^|\/)(redis-cli|valkey-cli|keydb-cli)$/;

/** The words of the test; `null` for anything but a call of a client. */
function testOf(service: ProjectService): Test | null {
  const field = fieldOf(service, "healthcheck", "test");
  const words = field === null ? null : wordsOf(field, service);
  const client = CLIENT.exec(words?.[0] ?? "")?.[1];
  if (field === null || field.node === null || words === null || client === undefined) return null;
  const { node, layer } = field;
  const span =
    node.kind === "scalar" ? writtenScalar(node, layer, service.lookup).span : trimmed(layer.text, node.span);
  return { words, client, place: { path: layer.path, span } };
}

/** A list with a line for each item ends in front of the next key. */
function trimmed(text: string, span: Place["span"]): Place["span"] {
  return { start: span.start, end: span.start + text.slice(span.start, span.end).trimEnd().length };
}

function wordsOf({ node, layer }: Field, { lookup }: ProjectService): string[] | null {
  if (node?.kind === "scalar") return plainWords(node.value);
  if (node?.kind !== "seq") return null;
  const items = node.items.map((item) => {
    const scalar = layer.reader.scalar(item);
    return scalar === null ? null : writtenScalar(scalar, layer, lookup).value;
  });
  const [kind, ...rest] = items;
  if (rest.some((item) => item === null)) return null;
  if (kind === "CMD") return rest as string[];
  return kind === "CMD-SHELL" && rest.length === 1 ? plainWords(rest[0] as string) : null;
}

/** What follows `|| exit 1` changes nothing: the client ended with 0. */
function plainWords(text: string): string[] | null {
  const call = text.replace(/\s*\|\|\s*exit\s+1\s*$/, "");
  return shellWords(call)?.map(({ value }) => value) ?? null;
}

/** Options in front of the command; these have a value behind them. */
const WITH_VALUE = /^-(?:h|p|s|t|n|r|i|d|D)$/;
/** With one of these the client logs in, or tells a failure. */
const TELLS = /^(?:-e|-a|--pass|-u|--user|--askpass|-x)$/;

/** `ping` is the command, and nothing logs in. */
function isPlainPing([, ...words]: readonly string[]): boolean {
  let at = 0;
  while (words[at]?.startsWith("-")) {
    if (TELLS.test(words[at] as string)) return false;
    at += WITH_VALUE.test(words[at] as string) ? 2 : 1;
  }
  return /^ping$/i.test(words[at] ?? "");
}

function sendsPassword({ environment }: StackServer): boolean {
  return ["REDISCLI_AUTH", "VALKEYCLI_AUTH"].some((name) => environment.variables.has(name)) || !environment.isComplete;
}

/** The password of the command is handed to the client, when it comes from a variable. */
function loginFix(server: StackServer): Fix[] {
  const layer = topLayer(server);
  const { password } = server.settings;
  const word = server.call?.args.find(
    ({ place }) => place.path === password?.place?.path && place.span.start === password.place.span.start,
  );
  const written = word?.written ?? null;
  const text = written === null ? "" : written.source.text.slice(written.span.start, written.span.end);
  const hasEnvironment = layer !== null && layer.reader.get(layer.map, "environment") !== null;
  if (!/^\$\{\w+\}$/.test(text) || hasEnvironment) return [];
  const edit = insertKey(layer, ["environment:", `  REDISCLI_AUTH: ${text}`]);
  return fixOf("Hand the password to the client as REDISCLI_AUTH", [edit]);
}
