import type { EnvContext } from "../../../env/context.ts";
import { DIALECTS } from "../../../env/dialect.ts";
import type { EnvLine } from "../../../env/entry.ts";
import { deleteLines, insert, replace } from "../../../env/fixes.ts";
import type { Fix } from "../../../finding.ts";
import { type Span, spanOf } from "../../../text.ts";
import type { Draft } from "../../rule.ts";
import type { EnvRule } from "../rule.ts";
import { COMPOSE_DOTENV, NODE_DOTENV, PHP_DOTENV, RUBY_DOTENV } from "../sources.ts";
import { undefinedVariables } from "./undefinedVariables.ts";

/** Lines that the reader drops, cuts or takes for something else than a person does. */
export const envSyntax: EnvRule = {
  meta: {
    id: "env/syntax",
    title: "The reader misreads the line",
    severity: "warning",
    sources: [COMPOSE_DOTENV, RUBY_DOTENV, NODE_DOTENV, PHP_DOTENV],
  },
  check: (context) => [
    ...context.cacheLines
      .filter((line) => context.concernsCaches(line.key))
      .flatMap((line) => [
        ...brokenQuote(context, line),
        ...behindQuote(context, line),
        ...cutByComment(context, line),
        ...commentAsValue(context, line),
        ...blankInside(context, line),
        ...cutByHash(context, line),
        ...undefinedVariables(context, line),
      ]),
    ...unreadLines(context),
  ],
};

function brokenQuote(context: EnvContext, line: EnvLine): Draft[] {
  const span = line.entry.unterminated ?? swallowed(context, line);
  if (span === null) return [];
  if (line.entry.unterminated === null) {
    return [
      {
        span,
        message: `The quote that opens the value of ${line.key} is closed on a later line only. The lines up to there become a part of the value, and the variables on them are lost. Close the quote on its own line.`,
      },
    ];
  }
  const refuses = DIALECTS[context.dialect].brokenQuote === "refuses";
  const quote = context.text[span.start] as string;
  return [
    {
      span,
      message: `The quote that opens the value of ${line.key} is never closed. ${context.reader} ${refuses ? "refuses the whole file" : "takes the quote for a part of the value"}. Close it, or remove it.`,
      fixes: [insert(context, "Close the quote", [[span.end, quote]], { preferred: true })],
    },
  ];
}

/** A value of several lines that holds what looks like the next variable: no cache variable is meant so. */
function swallowed(context: EnvContext, line: EnvLine): Span | null {
  if (!/[\r\n][ \t]*(?:export[ \t]+)?[A-Z][A-Z0-9_]*=/.test(line.text)) return null;
  const { start } = line.entry.writtenSpan;
  const length = context.text.slice(start).search(/[\r\n]/);
  return spanOf(start, start + length);
}

function behindQuote(context: EnvContext, line: EnvLine): Draft[] {
  const span = line.entry.trailing;
  if (span === null) return [];
  return [
    {
      span,
      message: `Text stands behind the closing quote of ${line.key}. ${context.reader} does not take it as a part of the value as it stands there. Put all of the value between the quotes, or a blank and # before a comment.`,
    },
  ];
}

/** A comment behind a secret is one only when it looks like one: `# note`, not `#more-of-the-password`. */
function cutByComment(context: EnvContext, line: EnvLine): Draft[] {
  const span = line.entry.comment;
  if (span === null || !looksLikeValue(context, line)) return [];
  const fix = quoteAll(context, line);
  return [
    {
      span,
      message: `${context.reader} takes everything from here on for a comment, so the value of ${line.key} ends before it. The rest never reaches the program. Put the whole value into quotes, or, if it is a comment, a blank behind the #.`,
      fixes: fix === null ? [] : [fix],
    },
  ];
}

function looksLikeValue(context: EnvContext, line: EnvLine): boolean {
  const { comment } = line.entry;
  if (comment === null || line.isBlank) return false;
  const text = context.text.slice(comment.start, comment.end).trimStart();
  const types = context.variables.named(line.key).map(({ type }) => type);
  if (types.includes("password")) return /^#[^\s#]/.test(text);
  return types.includes("url") && /^#[^\s]*@/.test(text) && /:\/\/[^@]*$/.test(line.text);
}

/** Quotes that change nothing else: single ones where the value has none, else double ones without escapes. */
function quoteAll(context: EnvContext, line: EnvLine): Fix | null {
  const start = line.entry.writtenSpan.start;
  const end = line.entry.comment?.end ?? line.entry.writtenSpan.end;
  const text = context.text.slice(start, end);
  const quote = !text.includes("'") ? "'" : /["\\$`]/.test(text) ? null : '"';
  if (quote === null || (quote === "'" && line.expressions.length > 0)) return null;
  return insert(
    context,
    "Put the whole value into quotes",
    [
      [start, quote],
      [end, quote],
    ],
    { preferred: true },
  );
}

/** compose-go looks for a blank and `#` behind the first character of the value only. */
function commentAsValue(context: EnvContext, line: EnvLine): Draft[] {
  if (context.dialect !== "compose" || line.entry.quote !== null || !/^#(?:\s|$)/.test(line.text)) return [];
  const span = line.valueSpan;
  // An empty URL is no URL: without the line another one, or the default, comes into effect.
  const isUrl = context.variables.named(line.key).some(({ type }) => type === "url");
  const fix = isUrl
    ? deleteLines(context, `Remove ${line.key}`, [line], { preferred: true })
    : replace(context, "Remove the comment", span, "", { preferred: true });
  return [
    {
      span,
      message: `${context.reader} takes this for the value of ${line.key}: a comment counts only behind a value. The program gets the text with its #. Put the comment on a line of its own.`,
      fixes: [fix],
    },
  ];
}

/** phpdotenv stops at a word behind a blank: `KEY=a b`. */
function blankInside(context: EnvContext, line: EnvLine): Draft[] {
  if (context.dialect !== "laravel" || line.entry.quote !== null || line.entry.unterminated !== null) return [];
  if (!/\S\s+\S/.test(line.text.split("#")[0] as string)) return [];
  const fix = quoteAll(context, line);
  return [
    {
      span: line.valueSpan,
      message: `There is a blank in the value of ${line.key}, without quotes. ${context.reader} refuses the whole file. Put the value into quotes.`,
      fixes: fix === null || line.entry.comment !== null ? [] : [fix],
    },
  ];
}

/** Two readers disagree: the one of the app cuts at every `#`, Compose only behind a blank. */
function cutByHash(context: EnvContext, line: EnvLine): Draft[] {
  const { hash } = line.entry;
  const isTold = line.entry.unterminated !== null || looksLikeValue(context, line);
  if (hash === null || isTold) return [];
  const fix = quoteAll(context, line);
  return [
    {
      span: spanOf(hash, line.valueSpan.end),
      severity: "hint",
      message: `${context.reader} ends the value of ${line.key} at the #, Docker Compose does not. Which of them reads this file decides what counts. Put the value into quotes.`,
      fixes: fix === null ? [] : [fix],
    },
  ];
}

/** `REDIS_PORT 6379`: a known name, and no equals sign. */
function unreadLines(context: EnvContext): Draft[] {
  return context.unread.flatMap((span) => {
    const [name = "", gap = ""] = /^[A-Z][A-Z0-9_]*([ \t]+)(?=\S)/.exec(context.text.slice(span.start, span.end)) ?? [];
    const key = name.trimEnd();
    if (gap === "" || !context.concernsCaches(key)) return [];
    const at = span.start + key.length;
    // Several words are a sentence rather than a value.
    const isWord = /^\S+$/.test(context.text.slice(at + gap.length, span.end));
    const fix = replace(context, "Put an equals sign in", spanOf(at, at + gap.length), "=", { preferred: true });
    return [
      {
        span,
        message: `There is no equals sign behind ${key}. ${context.reader} ${context.dialect === "compose" || context.dialect === "laravel" ? "refuses the whole file" : "drops the line"}. Write ${key}= before the value.`,
        fixes: isWord ? [fix] : [],
      },
    ];
  });
}
