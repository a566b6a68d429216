import type { EnvContext } from "../../../env/context.ts";
import type { EnvLine } from "../../../env/entry.ts";
import { insert, replace } from "../../../env/fixes.ts";
import type { Fix } from "../../../finding.ts";
import { type Span, spanOf } from "../../../text.ts";
import { isCredentialType } from "../../aptible/credentialTypeAsScheme.ts";
import { connectionUses } from "../../platform/connectionRule.ts";
import type { EnvRule } from "../rule.ts";
import { CONFIG_DOCS, POSTIZ_CACHE_PAGE, POSTIZ_CHECKER } from "../sources.ts";
import { appName, urlLines } from "./readers.ts";

/** Schemes that may stand in a message; any other text may be a part of a secret. */
const NAMED =
  /^(?:https?|tcp|tls|ssl|valkeys?|redis|rediss|unix|memcached?|amqps?|postgres(?:ql)?|mysql|redis\+ssl|redis\+tls|redis\+sentinel|sentinel|redis-sentinel|dragonfly|keydb)$/i;
/** Letters that ask for TLS under another name. */
const MEANS_TLS = /^(?:https|tls|ssl|valkeys|redis\+ssl|redis\+tls|amqps)$/i;

interface Fault {
  readonly span: Span;
  readonly what: string;
  readonly fixes: readonly Fix[];
  readonly isMissing: boolean;
}

export const urlScheme: EnvRule = {
  meta: {
    id: "env/url-scheme",
    title: "Scheme not allowed",
    severity: "error",
    sources: [CONFIG_DOCS, POSTIZ_CHECKER, POSTIZ_CACHE_PAGE],
  },
  check: (context) =>
    urlLines(context).flatMap(({ line, readers }) => {
      if (!line.isLiteral || line.isBlank) return [];
      const allowed = readers.flatMap(({ variable }) => variable.schemes ?? []);
      // A provider's name for a credential has a rule of its own.
      if (connectionUses(context).some((use) => use.name === line.key && isCredentialType(use, use))) return [];
      const fault = faultOf(context, line, allowed);
      if (fault === null) return [];
      const isPostiz = readers.every(({ app }) => app.app === "postiz");
      // Postiz has a word of its own for this one.
      if (isPostiz && line.url.scheme?.text.toLowerCase() === "memcached") return [];
      const who = readers.map(({ app }) => appName(app.app)).join(" and ");
      const works = isPostiz && fault.isMissing;
      const why = works ? "The connection works, but Postiz logs a warning" : `${who} cannot connect with it`;
      return [
        {
          span: fault.span,
          severity: works ? ("warning" as const) : ("error" as const),
          message: `${fault.what}. ${why}. Write ${allowed.map((scheme) => `${scheme}://`).join(" or ")} before the host.`,
          fixes: leadsSomewhere(line) ? fault.fixes : [],
        },
      ];
    }),
};

/** Behind the scheme stands a host: without one the URL would be refused all the same, and `/` in front of `@` cuts a password off. */
function leadsSomewhere({ text }: EnvLine): boolean {
  const behind = text.replace(/^(?:[a-z][a-z+.-]*)?:?\/\/?|^unix:/i, "");
  return text.startsWith("/") || /^(?:[^/?#]*@)?[\w[$][^/?#:@\s]*(?::\d*)?(?:[/?#][^@]*)?$/.test(behind);
}

function faultOf(context: EnvContext, line: EnvLine, allowed: readonly string[]): Fault | null {
  const { scheme, separator } = line.url;
  const written = scheme?.text.toLowerCase() ?? "";
  if (separator === null) {
    if (written === "" && /^unix:/i.test(line.text) && allowed.includes("unix")) return null;
    const scheme = line.text.startsWith("/") && allowed.includes("unix") ? "unix://" : "redis://";
    return {
      span: line.valueSpan,
      what: "This URL has no scheme",
      fixes: [insert(context, `Put ${scheme} before it`, [[line.valueSpan.start, scheme]], { preferred: true })],
      isMissing: true,
    };
  }
  const isKnown = allowed.includes(written);
  if (separator.text === "://" && isKnown) return null;
  if (separator.text === ":/" && written === "unix" && isKnown) return null;
  if (separator.text === "://" && scheme !== null) {
    const what = NAMED.test(scheme.text)
      ? `${written} is no scheme of a Redis URL`
      : "The letters before :// are no scheme of a Redis URL";
    return { span: scheme.span, what, fixes: schemeFixes(context, scheme.span, written, ""), isMissing: false };
  }
  const span = spanOf(scheme?.span.start ?? separator.span.start, separator.span.end);
  const what =
    scheme === null
      ? "The letters before // are missing"
      : separator.text === "//"
        ? "The colon before // is missing"
        : "A slash behind the colon is missing";
  return { span, what, fixes: schemeFixes(context, span, isKnown ? written : "redis", "://"), isMissing: false };
}

/** Plain where nothing asks for TLS: a step to TLS is never a correction. */
function schemeFixes(context: EnvContext, span: Span, written: string, end: string): Fix[] {
  const wantsTls = MEANS_TLS.test(written) || written === "rediss";
  const order = wantsTls ? ["rediss", "redis"] : ["redis"];
  return order.map((scheme, at) =>
    replace(context, `Use ${scheme}://${scheme === "rediss" ? " (TLS)" : ""}`, span, scheme + end, {
      preferred: at === 0,
    }),
  );
}
