/** Hosts, ports, numbers, words and lists of hosts. Messages name the variable and never what stands in it. */
import { isIpv6, parseCacheUrl } from "../../../env/cacheUrl.ts";
import type { EnvContext } from "../../../env/context.ts";
import type { EnvLine } from "../../../env/entry.ts";
import { replace } from "../../../env/fixes.ts";
import type { EnvVariable } from "../../../env/variables.ts";
import { type Span, spanOf } from "../../../text.ts";
import type { Draft } from "../../rule.ts";
import { isPort } from "../mastodon/parts.ts";

/** Words that an app's own configuration may extend: any name can be right. */
const OPEN_ENUMS = ["CACHE_STORE", "CACHE_DRIVER", "QUEUE_CONNECTION", "SESSION_DRIVER"];

export function hostDraft(context: EnvContext, line: EnvLine): Draft[] {
  const value = line.meant;
  if (isIpv6(value) || /^\[[0-9a-fA-F:.]+\]$/.test(value)) return [];
  const draft = (what: string, host: string | null): Draft[] => [
    {
      span: line.valueSpan,
      message: `${what}. The reader takes the whole text for the name of a host, which nobody finds. Write the host alone in ${line.key}.`,
      fixes:
        host === null || !line.isVerbatim
          ? []
          : [replace(context, "Keep the host alone", line.valueSpan, host, { preferred: true })],
    },
  ];
  if (value.includes("://")) return draft(`${line.key} holds a URL`, hostOf(value));
  const port = /^([^\s:/@]+):(\d*)$/.exec(value);
  if (port !== null) return draft(`${line.key} holds a port behind the host`, port[1] as string);
  if (value.startsWith("/")) return draft(`${line.key} holds a path; a socket needs a URL with unix://`, null);
  if (/[\s/@?#:]/.test(value)) return draft(`${line.key} holds characters that no host name has`, trimmedHost(value));
  return [];
}

function hostOf(value: string): string | null {
  const host = parseCacheUrl(value, 0).host.text;
  return /^(?:[\w.-]+|\[[0-9a-fA-F:.]+\])$/.test(host) ? host : null;
}

function trimmedHost(value: string): string | null {
  const trimmed = value.trim().replace(/\/+$/, "");
  return /^[\w.-]+$/.test(trimmed) ? trimmed : null;
}

export function portDraft(context: EnvContext, line: EnvLine): Draft[] {
  if (isPort(line.meant)) return [];
  const usual = usualPort(line.key);
  return [
    {
      span: line.valueSpan,
      message: `${line.key} is no port: digits only, from 1 to 65535. Nobody can connect with it. Write the port of the server, usually ${usual}.`,
      fixes: [replace(context, `Use ${usual}, the usual port`, line.valueSpan, usual, { preferred: true })],
    },
  ];
}

function usualPort(key: string): string {
  if (key.includes("SENTINEL")) return "26379";
  return key.includes("MEMCACHED") ? "11211" : "6379";
}

export function plainDraft(context: EnvContext, line: EnvLine, variable: EnvVariable): Draft[] {
  if (variable.type === "integer" && /(?:^|_)DB$/.test(line.key)) {
    if (/^\d+$/.test(line.meant)) return [];
    return [
      {
        span: line.valueSpan,
        message: `${line.key} is no database number: digits only, from 0. The server refuses it. Write a number, usually 0.`,
        fixes: [replace(context, "Use 0, the usual database", line.valueSpan, "0", { preferred: true })],
      },
    ];
  }
  const values = variable.values ?? [];
  if (variable.type !== "enum" || variable.app === "mastodon" || OPEN_ENUMS.includes(line.key)) return [];
  if (values.includes(line.meant)) return [];
  return [
    {
      span: line.valueSpan,
      message: `${line.key} knows ${values.join(", ")}, and this is none of them. The reader refuses it. Write one of them.`,
      fixes: values.map((value) => replace(context, `Use ${value}`, line.valueSpan, value)),
    },
  ];
}

/** Mastodon splits at every comma and colon and trims nothing. */
export function listDrafts(context: EnvContext, line: EnvLine): Draft[] {
  if (!line.isVerbatim) return [];
  const drafts: Draft[] = [];
  let start = line.valueSpan.start;
  for (const item of line.text.split(",")) {
    const span = spanOf(start, start + item.length);
    start = span.end + 1;
    const fault = itemFault(item);
    if (fault === null) continue;
    drafts.push({
      span: item === "" ? commaAt(line, span) : span,
      message: `${fault.what}. Mastodon splits ${line.key} at commas and colons and trims nothing, so it looks for a Sentinel that nobody finds. Write host:port,host:port without blanks.`,
      fixes: fault.newText === null ? [] : [replace(context, fault.title, span, fault.newText, { preferred: true })],
    });
  }
  return drafts;
}

/** An empty item has no character of its own: the comma before it, else the one behind it. */
function commaAt(line: EnvLine, { start }: Span): Span {
  return start > line.valueSpan.start ? spanOf(start - 1, start) : spanOf(start, start + 1);
}

function itemFault(item: string): { what: string; title: string; newText: string | null } | null {
  const trimmed = item.trim();
  if (trimmed === "") return { what: "There is nothing between two commas", title: "", newText: null };
  if (/\s/.test(item)) {
    const newText = /\s/.test(trimmed) ? null : trimmed;
    return { what: "There is a blank in this entry", title: "Remove the blank", newText };
  }
  if (item.includes("://"))
    return { what: "This entry is a URL", title: "Remove the scheme", newText: item.replace(/^.*:\/\//, "") };
  const [host = "", port, ...rest] = item.split(":");
  if (rest.length > 0) return { what: "This entry has more than one colon", title: "", newText: null };
  if (host === "") return { what: "The host of this entry is missing", title: "", newText: null };
  if (port !== undefined && !isPort(port))
    return { what: "The port of this entry is none", title: "Use 26379, the usual port", newText: `${host}:26379` };
  return null;
}
