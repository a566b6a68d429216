import type { EnvContext } from "../../env/context.ts";
import type { EnvLine } from "../../env/entry.ts";
import { replace } from "../../env/fixes.ts";
import type { EngineUse } from "../../platform/engineUse.ts";
import { APTIBLE_PAGE } from "../platform/sources.ts";
import type { Draft, RuleMeta } from "../rule.ts";

export const TLS_PROTOCOL: RuleMeta = {
  id: "aptible/tls-protocol",
  title: "TLS version does not fit",
  severity: "warning",
  sources: [APTIBLE_PAGE],
};

const NAME = /REDIS.*(?:TLS|SSL).*(?:PROTOCOL|VERSION)|(?:TLS|SSL).*(?:PROTOCOL|VERSION).*REDIS/;
const PROTOCOL = /^(?:TLS)?[ ]?v?(1)[._]([0-3])$/i;

/** 0 to 3 for TLS 1.0 to 1.3; `null` for any other word. */
function minorOf(word: string): number | null {
  const match = PROTOCOL.exec(word.trim());
  return match === null ? null : Number(match[2]);
}

/** What the variable allows, as far as its name and its value say: a lowest version, a highest one, or a list. */
function allows(line: EnvLine, protocol: number): boolean | null {
  const words = line.meant.split(/[\s,;|]+/).filter((word) => word !== "");
  const minors = words.map(minorOf);
  if (words.length === 0 || minors.includes(null)) return null;
  const only = minors.length === 1 ? (minors[0] as number) : null;
  if (/MIN/.test(line.key)) return only === null ? null : only <= protocol;
  if (/MAX/.test(line.key)) return only === null ? null : only >= protocol;
  return minors.includes(protocol);
}

/** A setting of the client that leaves out what the server offers; told where the page knows what it offers. */
export function tlsProtocolDrafts(context: EnvContext, use: EngineUse | null): Draft[] {
  if (use === null || use.table.platform !== "aptible" || context.isSample) return [];
  const known = use.table.tls?.find(({ versions }) => versions.includes(use.line));
  const offered = known?.protocols ?? null;
  if (offered === null) return [];
  return context.lines.flatMap((line) => {
    if (!NAME.test(line.key) || !line.isLiteral || line.isBlank || !context.isEffective(line)) return [];
    const fits = offered.map((protocol) => allows(line, minorOf(protocol) ?? -1));
    if (fits.includes(null) || fits.includes(true)) return [];
    const best = offered.at(-1) ?? "TLSv1.2";
    const isSingle = minorOf(line.meant) !== null;
    const newText = line.meant.replace(/([._])[0-3]$/, `$1${minorOf(best)}`);
    return [
      {
        span: line.valueSpan,
        message: `${line.key} leaves out ${offered.join(" and ")}, and that is what Redis ${use.line} at Aptible offers. The connection fails. Allow ${best}.`,
        fixes: isSingle ? [replace(context, `Allow ${best}`, line.valueSpan, newText, { preferred: true })] : [],
      },
    ];
  });
}
