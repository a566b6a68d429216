// Texts to break a reader with. The same seed and number give the same text on every machine.
import fc from "fast-check";
import { Hand, turn } from "../edits/hand.ts";
import { KINDS, type Kind } from "../edits/samples.ts";
import { anyText } from "../property/texts.ts";

export interface Input {
  readonly kind: string;
  readonly text: string;
  /** What must not come out in words. */
  readonly secret: string | null;
}

/** Lines with a secret (`@@`), by the kind of file; the others take those of compose files. */
const SECRET_LINES: Readonly<Record<string, readonly string[]>> = {
  compose: [
    "REDIS_PASSWORD: @@",
    "- REDIS_URL=redis://:@@@cache:6379/0",
    "REDIS_URL: rediss://u:@@@cache",
    "command: redis-server --requirepass @@ --maxmemory 1mb --requirepas @@",
    'command: ["valkey-server", "--user", "a on >@@ ~* +@all", "--port", "@@"]',
    "healthcheck: { test: [CMD, redis-cli, -a, @@, ping] }",
    "entrypoint: sh -c 'exec redis-server --requirepass \"@@\"'",
    "x-@@: @@",
    "@@",
    '"x-@@": [@@',
    "*@@",
    "!@@ x",
    'x: "\\x@@"',
    "# @@",
    "args: [--requirepass, @@]",
    "value: @@",
  ],
  conf: [
    "requirepass @@",
    "requirepas @@",
    "masterauth @@ x",
    'masterauth "@@',
    "user a on >@@ ~* +@all",
    "user @@ on +@@",
    "maxmemory @@",
    "maxmemory-policy @@",
    "port @@",
    "rename-command CONFIG @@",
    "include /@@/x.conf",
    "replicaof @@ 6379",
    "sentinel auth-pass mymaster @@",
    "sentinel @@ mymaster",
    "@@",
    "@@ @@",
    "# @@",
  ],
  env: [
    "REDIS_PASSWORD=@@",
    "REDIS_URL=rediss://u:@@@h:6379/0",
    "REDIS_URL=redis://@@",
    "REDIS_URL=redis://h:@@/0",
    "REDIS_URL=redis://h/@@",
    "REDIS_HOST=@@",
    "REDIS_PORT=@@",
    "export REDISCLI_AUTH='@@",
    "CACHE_REDIS_URL=@@",
    "@@",
    "@@=1",
    "=@@",
    "# @@",
  ],
  dockerfile: [
    "ENV REDIS_PASSWORD=@@",
    "ARG TOKEN=@@",
    "RUN echo requirepass @@ > /x",
    'CMD ["redis-server", "--requirepass", "@@", "--maxmemory", "@@"]',
    "HEALTHCHECK CMD redis-cli -a @@ ping",
    "@@",
    'LABEL a="@@',
    "# @@",
  ],
  script: [
    "aptible config:set --app x REDIS_PASSWORD=@@",
    "aptible db:create @@ --type redis",
    "export REDISCLI_AUTH=@@",
    "redis-cli -a @@ ping",
    "@@",
    "# @@",
  ],
  "project-file": ['"@@": 1,', '"password": "@@",', '"ignore": ["@@"],', "@@", "// @@"],
};

const LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

const secret = fc
  .array(fc.constantFrom(...LETTERS), { minLength: 12, maxLength: 20 })
  .map((letters) => `Zq7${letters.join("")}`);

/** Every sample, edited by up to twelve turns. */
function edited(kind: Kind): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom(...kind.samples), fc.array(turn, { minLength: 1, maxLength: 12, size: "max" }))
    .map(([sample, turns]) => {
      const hand = new Hand(kind, sample);
      for (const { steps } of turns) hand.play(steps);
      return hand.text;
    });
}

function textsOf(kind: Kind): fc.Arbitrary<string> {
  const word = fc.constantFrom(
    ...kind.words,
    "\n",
    "\n  ",
    "\n    ",
    " ",
    "\t",
    "\r\n",
    "\r",
    "\0",
    "\uFEFF",
    "🦣",
    "\uD83E",
  );
  return fc.oneof(
    { arbitrary: edited(kind), weight: 12 },
    { arbitrary: fc.array(word, { maxLength: 60, size: "max" }).map((words) => words.join("")), weight: 3 },
    { arbitrary: anyText, weight: 1 },
    // Depth and repetition, of a size that a reader has no excuse for.
    {
      arbitrary: fc
        .tuple(fc.constantFrom(...kind.samples, ""), word, fc.integer({ min: 1, max: 1500 }), word)
        .map(([sample, one, count, other]) => sample + one.repeat(Math.min(count, 9000 / one.length)) + other),
      weight: 1,
    },
    // Two files of which one begins in the middle of the other.
    {
      arbitrary: fc
        .tuple(fc.constantFrom(...kind.samples), fc.constantFrom(...kind.samples), fc.nat(), fc.nat())
        .map(([a, b, from, to]) => a.slice(0, from % (a.length + 1)) + b.slice(to % (b.length + 1))),
      weight: 2,
    },
  );
}

function inputs(kind: Kind): fc.Arbitrary<Input> {
  const lines = SECRET_LINES[kind.name] ?? (kind.name === "sentinel" ? SECRET_LINES.conf : SECRET_LINES.compose) ?? [];
  return fc
    .tuple(textsOf(kind), fc.option(fc.tuple(secret, fc.constantFrom(...lines), fc.nat())))
    .map(([text, planted]) => {
      if (planted === null) return { kind: kind.name, text, secret: null };
      const [word, line, where] = planted;
      const written = text.split("\n");
      const at = where % (written.length + 1);
      const indent = /^ */.exec(written[at] ?? "")?.[0] ?? "";
      written.splice(at, 0, indent + line.replaceAll("@@", word));
      return { kind: kind.name, text: written.join("\n"), secret: word };
    });
}

const ARBITRARIES = KINDS.map(inputs);

export function inputOf(seed: number, index: number): Input {
  const arbitrary = ARBITRARIES[index % ARBITRARIES.length] as fc.Arbitrary<Input>;
  const [input] = fc.sample(arbitrary, {
    seed: (Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b)) | 0,
    numRuns: 1,
  });
  return input as Input;
}
