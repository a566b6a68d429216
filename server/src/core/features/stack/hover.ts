/** What a service has in effect, and why: for a hover over its name, or over a host that leads to it. No value that may be a secret is shown. */
import type { Catalog } from "../../catalog/catalog.ts";
import { isHarmless, shownHost } from "../../excerpt.ts";
import type { Place } from "../../finding.ts";
import { type ClientConnections, type Connection, portOf } from "../../model/stack/connections.ts";
import { type StackServer, settingPlace } from "../../model/stack/servers.ts";
import type { Setting } from "../../model/stack/settings.ts";
import type { Stack } from "../../model/stack/stack.ts";
import { useOf } from "../../model/stack/use.ts";
import { basename } from "../../paths.ts";
import type { Report } from "../../report.ts";
import { LineIndex, type Span, touches } from "../../text.ts";
import { code, type RichText, richText, table, words } from "../markdown.ts";
import { keyOf } from "./edges.ts";

export function stackHover(
  report: Report,
  catalog: Catalog,
  offset: number,
): (RichText & { readonly span: Span }) | null {
  const { path } = report.source;
  const isUnder = (place: Place | null): place is Place =>
    place !== null && place.path === path && touches(place.span, offset);
  for (const stack of report.stacks) {
    const texts = new Texts(stack, report);
    for (const server of stack.servers) {
      const key = keyOf(server.service);
      if (isUnder(key)) return { span: key.span, ...serverText(server, stack, catalog, texts) };
    }
    for (const { host, target } of stack.connections) {
      if (target.kind === "server" && isUnder(host.place))
        return { span: host.place.span, ...serverText(target.server, stack, catalog, texts) };
    }
    for (const client of stack.clients) {
      const key = keyOf(client.client.service);
      if (isUnder(key)) return { span: key.span, ...clientText(client, catalog, texts) };
    }
  }
  return null;
}

/** Lines of places, from the texts that the stack was read from. Most hovers tell of none. */
class Texts {
  readonly #stack: Stack;
  readonly #report: Report;
  #texts: ReadonlyMap<string, string> | null = null;
  readonly #lines = new Map<string, LineIndex>();

  constructor(stack: Stack, report: Report) {
    this.#stack = stack;
    this.#report = report;
    this.#lines.set(report.source.path, report.lines);
  }

  /** `redis.conf line 12`; the name of the file alone where its text is not at hand. */
  origin({ path, span }: Place): string {
    const lines = this.#linesOf(path);
    return lines === null
      ? words(basename(path))
      : `${words(basename(path))} line ${lines.position(span.start).line + 1}`;
  }

  #linesOf(path: string): LineIndex | null {
    const known = this.#lines.get(path);
    if (known !== undefined) return known;
    this.#texts ??= textsOf(this.#stack, this.#report);
    const text = this.#texts.get(path);
    if (text === undefined) return null;
    const lines = new LineIndex(text);
    this.#lines.set(path, lines);
    return lines;
  }
}

function textsOf({ project, servers, clients }: Stack, { source }: Report): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const { layers } of project.services) for (const { path, text } of layers) texts.set(path, text);
  for (const { conf } of servers) if (conf != null) texts.set(conf.path, conf.text);
  for (const { environment } of [...servers, ...clients.map(({ client }) => client)])
    for (const { written } of environment.variables.values())
      if (written !== null) texts.set(written.path, written.source.text);
  return texts.set(source.path, source.text);
}

/** Directives that are worth a line, in this order. */
const TOLD = ["maxmemory", "maxmemory-policy", "appendonly", "save", "bind", "protected-mode"];

function serverText(server: StackServer, stack: Stack, catalog: Catalog, texts: Texts): RichText {
  const { image, settings, values } = server;
  const name = `${catalog.engineName(image.judgedAs)}${image.line === null ? "" : ` ${image.line}`}`;
  const title = `**${words(`service ${server.name}`)}** ${words(name)} ${code(image.name)}`;
  if (server.call === null)
    return richText([
      title,
      useText(server, stack),
      "How it starts its server is not known, so neither are its settings.",
    ]);
  const rows: string[][] = [];
  const add = <T>(what: string, setting: Setting<T> | null, show: (value: T) => string): void => {
    rows.push([words(what), setting === null ? "not known" : show(setting.value), originOf(setting, texts)]);
  };
  const port = (value: number): string => (value === 0 ? "none" : String(value));
  add("port", settings.port, port);
  if (settings.tlsPort === null || settings.tlsPort.value > 0) add("TLS port", settings.tlsPort, port);
  add("password", settings.password, (value) => (value === "" ? "none" : "set"));
  add("databases", settings.databases, String);
  if (values === null && settings.maxmemory !== null) add("maxmemory", settings.maxmemory, String);
  // The official images are compiled with other defaults for these two than the tables have.
  const told = TOLD.filter((name) => !/^(?:bind|protected-mode)$/.test(name) || values?.of(name) !== "default");
  for (const directive of values === null ? [] : told) rows.push(directiveRow(server, directive, texts));
  return richText([title, useText(server, stack), table(["setting", "in effect", "from"], rows)]);
}

function originOf(setting: Setting<unknown> | null, texts: Texts): string {
  if (setting === null) return "";
  return setting.place === null ? "the default" : texts.origin(setting.place);
}

/** `maxmemory-policy | noeviction | redis.conf line 12, overrides redis.conf line 3`. */
function directiveRow(server: StackServer, name: string, texts: Texts): string[] {
  const { values } = server;
  const found = values?.of(name) ?? "unknown";
  if (values === null || found === "unknown") return [words(name), "not known", "another file has its say"];
  if (found === "default") {
    const value = values.value(name);
    return [words(name), value === null || value === "" ? "nothing" : code(value), "the default"];
  }
  const text = found.args.map(({ value }) => (isHarmless(value) ? value : value === "" ? '""' : "…")).join(" ");
  const place = settingPlace(server, found.place);
  const lost = values.overruled.find((pair) => pair.lost.name === found.name)?.lost;
  const before = lost === undefined ? null : settingPlace(server, lost.place);
  const overrides = before === null ? "the default" : texts.origin(before);
  return [words(name), code(text), place === null ? "" : `${texts.origin(place)}, overrides ${overrides}`];
}

function useText(server: StackServer, stack: Stack): string {
  const { roles } = useOf(stack, server);
  if (server.isSentinel) return "It runs a Sentinel.";
  const clients = stack.connections
    .filter(({ target }) => target.kind === "server" && target.server === server)
    .map(({ client }) => client.service.name);
  if (clients.length === 0) return "";
  return `Used by ${words([...new Set(clients)].join(", "))} as ${[...roles].join(", ")}.`;
}

function clientText({ client, byRole }: ClientConnections, catalog: Catalog, texts: Texts): RichText {
  const version = client.version === null ? "" : ` ${client.version}`;
  const title = `**${words(`service ${client.service.name}`)}** ${words(catalog.appName(client.app) + version)}`;
  const rows = [...byRole].map(([role, connection]) => connectionRow(role, connection, texts));
  return richText([title, table(["connection", "leads to", "from"], rows)]);
}

function connectionRow(role: string, connection: Connection | null, texts: Texts): string[] {
  if (connection === null) return [role, "not known", ""];
  const { host, target, database } = connection;
  const port = portOf(connection);
  const number = database === null || database === "unknown" ? "" : `, database ${database.text.replace("/", "")}`;
  const server = target.kind === "server" ? ` (service ${words(target.server.name)})` : "";
  const shown = target.kind === "server" ? host.text : shownHost(host.text);
  return [role, `${code(`${shown}:${port ?? "?"}`)}${number}${server}`, texts.origin(connection.variable.key)];
}
