// The web extension host. It cannot load extensions from the VS Code server (its workers start from http only), so this stands in front
// of the server: it serves folders with extensions from the page's own origin, as the gallery of a VS Code for the Web does, and names
// them in the configuration of the page. Everything else goes through.
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer, request } from "node:http";
import { connect } from "node:net";
import { extname, join, resolve, sep } from "node:path";

const types = {
  ".css": "text/css",
  ".js": "text/javascript",
  ".json": "application/json",
  ".md": "text/markdown",
  ".png": "image/png",
  ".svg": "image/svg+xml",
};
const settingsOf = /(id="vscode-workbench-web-configuration" data-settings=")([^"]*)"/;

/**
 * @typedef {object} WebExtensions
 * @property {readonly string[]} [installed] folders of unpacked extensions
 * @property {readonly string[]} [development] folders of extensions under development
 * @property {string} [tests] module that exports run(), below the first of those
 */

/**
 * @param {string} serverUrl of the workbench
 * @param {WebExtensions} extensions
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>}
 */
export async function startWebHost(serverUrl, { installed = [], development = [], tests }) {
  const server = new URL(serverUrl);
  const folders = [...development, ...installed].map((folder) => resolve(folder));
  let host = "";

  /** @param {number} index @param {string} [file] */
  const address = (index, file) => ({ scheme: "http", authority: host, path: `/__extensions/${index}${file ?? ""}` });

  /** @param {string} html */
  const configure = (html) =>
    html.replace(settingsOf, (_all, before, value) => {
      const settings = JSON.parse(value.replaceAll("&quot;", '"').replaceAll("&amp;", "&"));
      settings.additionalBuiltinExtensions = installed.map((_folder, i) => address(development.length + i));
      if (development.length > 0)
        settings.developmentOptions = {
          ...settings.developmentOptions,
          extensions: development.map((_folder, i) => address(i)),
          ...(tests ? { extensionTestsPath: address(0, resolve(tests).slice(folders[0]?.length)) } : {}),
        };
      return `${before}${JSON.stringify(settings).replaceAll("&", "&amp;").replaceAll('"', "&quot;")}"`;
    });

  /** @param {string} path @param {import("node:http").ServerResponse} response */
  const serveFile = async (path, response) => {
    const [, index = "", file = ""] = /^\/__extensions\/(\d+)\/(.*)$/.exec(decodeURIComponent(path)) ?? [];
    const folder = folders[Number(index)];
    const target = join(folder ?? "", file);
    try {
      if (folder === undefined || !target.startsWith(folder + sep)) throw new Error(`${path} is not served`);
      const type = types[/** @type {keyof typeof types} */ (extname(target))] ?? "text/plain";
      const content = await readFile(target);
      response.writeHead(200, { "content-type": type, "access-control-allow-origin": "*" }).end(content);
    } catch {
      response.writeHead(404).end();
    }
  };

  const proxy = createServer((incoming, response) => {
    const path = incoming.url ?? "/";
    if (path.startsWith("/__extensions/")) return void serveFile(path.replace(/[?#].*$/, ""), response);
    const isPage = /^\/(?:\?|$)/.test(path);
    const headers = isPage ? { ...incoming.headers, "accept-encoding": "identity" } : incoming.headers;
    const options = { host: "127.0.0.1", port: server.port, path, method: incoming.method, headers };
    const outgoing = request(options, async (answer) => {
      if (!isPage) {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        return void answer.pipe(response);
      }
      let html = "";
      for await (const chunk of answer.setEncoding("utf8")) html += chunk;
      const { "content-length": _length, ...rest } = answer.headers;
      response.writeHead(answer.statusCode ?? 502, rest).end(configure(html));
    });
    outgoing.on("error", () => response.destroy());
    incoming.pipe(outgoing);
  });
  proxy.on("upgrade", (incoming, socket, head) => {
    const upstream = connect(Number(server.port), "127.0.0.1", () => {
      const headers = incoming.rawHeaders.reduce((text, value, i) => text + value + (i % 2 === 0 ? ": " : "\r\n"), "");
      upstream.write(`${incoming.method} ${incoming.url} HTTP/1.1\r\n${headers}\r\n`);
      upstream.write(head);
      socket.pipe(upstream).pipe(socket);
    });
    for (const end of [socket, upstream])
      end.on("error", () => [socket, upstream].forEach((other) => void other.destroy()));
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (proxy.address());
  host = `localhost:${port}`;
  const url = new URL(serverUrl);
  url.host = host;
  return {
    url: url.href,
    stop: async () => {
      proxy.closeAllConnections();
      proxy.close();
    },
  };
}
