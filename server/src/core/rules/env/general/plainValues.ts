/** Hosts, ports, numbers, words and lists of hosts. Messages name the variable and never what stands in it. */
import type { EnvContext } from "../../../env/context.ts";
import type { EnvLine } from "../../../env/entry.ts";
import { replace } from "../../../env/fixes.ts";
import { hostFault, isPort } from "../../../env/hosts.ts";
import type { EnvVariable } from "../../../env/variables.ts";
import { type Span, spanOf } from "../../../text.ts";
import type { Draft } from "../../rule.ts";

/** Words that an app's own configuration may extend: any name can be right. */
const OPEN_ENUMS = ["CACHE_STORE", "CACHE_DRIVER", "QUEUE_CONNECTION", "SESSION_DRIVER"];

export function hostDraft(context: EnvContext, line: EnvLine): Draft[] {
  const fault = hostFault(line.key, line.meant);
  if (fault === null) return [];
  return [
    {
      span: line.valueSpan,
      message: `${fault.what}. The reader takes the whole text for the name of a host, which nobody finds. Write the host alone in ${line.key}.`,
      fixes:
        fault.host === null || !line.isVerbatim
          ? []
          : [replace(context, "Keep the host alone", line.valueSpan, fault.host, { preferred: true })],
    },
  ];
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
  if (variable.type === "integer") {
    const min = variable.min ?? 0;
    if (/^\d+$/.test(line.meant) && Number(line.meant) >= min) return [];
    const usual = /^\d+$/.exec(variable.default ?? "")?.[0] ?? String(min);
    return [
      {
        span: line.valueSpan,
        severity: /(?:^|_)DB$/.test(line.key) ? ("error" as const) : ("warning" as const),
        message: `${line.key} is no number from ${min}: digits only. The reader refuses it, or counts it as 0. Write a number, usually ${usual}.`,
        fixes: [replace(context, `Use ${usual}, the usual number`, line.valueSpan, usual, { preferred: true })],
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
  if (/\s/.test(trimmed))
    return {
      what: "There are blanks in this entry",
      title: "Put commas in their place",
      newText: trimmed.replace(/\s+/g, ","),
    };
  if (trimmed !== item)
    return { what: "There is a blank beside this entry", title: "Remove the blank", newText: trimmed };
  if (item.includes("://"))
    return { what: "This entry is a URL", title: "Remove the scheme", newText: item.replace(/^.*:\/\//, "") };
  const [host = "", port, ...rest] = item.split(":");
  if (rest.length > 0) return { what: "This entry has more than one colon", title: "", newText: null };
  if (/[^\w.-]/.test(host))
    return { what: "This entry has characters that no host name has", title: "", newText: null };
  if (host === "") return { what: "The host of this entry is missing", title: "", newText: null };
  if (port !== undefined && !isPort(port))
    return { what: "The port of this entry is none", title: "Use 26379, the usual port", newText: `${host}:26379` };
  return null;
}
