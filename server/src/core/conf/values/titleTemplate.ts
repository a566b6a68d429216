/** What of the configuration a process title can show at the line that sets it. */
export interface TitleFacts {
  readonly hasUnixSocket: boolean;
  readonly isCluster: boolean;
  readonly isSentinel: boolean;
}

/**
 * What is wrong with a template for the process title. Redis 7.2 src/server.c: validateProcTitleTemplate, src/sds.c: sdstemplate.
 * The title itself is empty while the server tries the template, so `{title}` alone gives nothing.
 */
export function titleTemplateTrouble(template: string, facts: TitleFacts): string | null {
  const names: Readonly<Record<string, string>> = {
    title: "",
    "listen-addr": "x",
    "server-mode": facts.isCluster || facts.isSentinel ? "x" : "",
    port: "x",
    "tls-port": "x",
    unixsocket: facts.hasUnixSocket ? "x" : "",
    "config-file": "x",
  };
  let result = "";
  for (let at = 0; at < template.length; ) {
    const open = template.indexOf("{", at);
    if (open < 0) {
      result += template.slice(at);
      break;
    }
    result += template.slice(at, open);
    if (template[open + 1] === "{") {
      result += "{";
      at = open + 2;
      continue;
    }
    const close = template.indexOf("}", open);
    if (close < 0) return "has a { that is never closed";
    const name = template.slice(open + 1, close);
    const value = Object.hasOwn(names, name) ? names[name] : undefined;
    if (value === undefined)
      return "names something other than {title}, {listen-addr}, {server-mode}, {port}, {tls-port}, {unixsocket} or {config-file}";
    result += value;
    at = close + 1;
  }
  return result.replace(/^ +| +$/g, "") === "" ? "gives an empty title" : null;
}
