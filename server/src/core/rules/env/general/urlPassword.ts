import { encodeOne, type UrlPart } from "../../../env/cacheUrl.ts";
import type { EnvContext } from "../../../env/context.ts";
import { replace } from "../../../env/fixes.ts";
import { Mastodon } from "../../../env/mastodon.ts";
import type { Severity } from "../../../finding.ts";
import type { EnvRule } from "../rule.ts";
import { URL_READERS } from "../sources.ts";
import { type ReadLine, urlLines } from "./readers.ts";

/** Every reader stops at these. */
const BREAKS_ALL = /[/#?]|%(?![0-9A-Fa-f]{2})/;
/** Ruby's URI refuses these, too; and what is not ASCII. */
const BREAKS_RUBY = /[@[\]^|\\{}<>"` \t]|[^\x20-\x7e]/;
const RUBY_APPS = ["mastodon", "sidekiq", "rails"];

export const urlPasswordEncoding: EnvRule = {
  meta: {
    id: "env/url-password-encoding",
    title: "Password must be percent-encoded",
    severity: "error",
    sources: [URL_READERS],
  },
  check: (context) => {
    if (context.isSample) return [];
    return urlLines(context).flatMap((read) => {
      const { line } = read;
      if (!line.isVerbatim || line.url.separator === null) return [];
      const { user, password, host } = line.url;
      const isRuby = readByRuby(context, read);
      for (const part of [password, user]) {
        const severity = part === null ? null : faultOf(part, isRuby);
        if (part === null || severity === null) continue;
        const what = part === password ? "password" : "user name";
        return [
          {
            span: part.span,
            severity,
            message: `The ${what} in ${line.key} holds characters that mean something in a URL. ${severity === "hint" ? "This reader copes, others do not" : "The URL ends or breaks at them, and nobody can connect"}. Write them percent-encoded, for example %40 for @.`,
            fixes: [
              replace(context, `Encode the ${what}`, part.span, encode(part.text, isRuby || severity === "hint"), {
                // What nobody can parse cannot get worse, when it is clear where the host begins.
                safe: severity === "error" && /^[\w.-]+$/.test(host.text),
                preferred: true,
              }),
            ],
          },
        ];
      }
      return [];
    });
  },
};

/** Rails and Sidekiq parse with Ruby; Postiz and streaming with Node. */
function readByRuby(context: EnvContext, { readers, line }: ReadLine): boolean {
  const mastodon = Mastodon.among(context);
  return readers.some(({ app }) =>
    app.app === "mastodon" ? mastodon?.railsReads === true || line.key !== "REDIS_URL" : RUBY_APPS.includes(app.app),
  );
}

function faultOf(part: UrlPart, isRuby: boolean): Severity | null {
  if (BREAKS_ALL.test(part.text) || (isRuby && BREAKS_RUBY.test(part.text))) return "error";
  return part.text.includes("@") ? "hint" : null;
}

/** What is encoded already stays. */
export function encode(text: string, withRuby: boolean): string {
  let encoded = "";
  for (let i = 0; i < text.length; ) {
    const char = String.fromCodePoint(text.codePointAt(i) as number);
    const isEscape = char === "%" && /^%[0-9A-Fa-f]{2}/.test(text.slice(i, i + 3));
    const isBad = !isEscape && (/[/#?%]/.test(char) || (withRuby && BREAKS_RUBY.test(char)));
    encoded += isBad ? encodeOne(char) : char;
    i += char.length;
  }
  return encoded;
}
