// One server with an edited file open, others beside it; and a fresh server with the same texts, to be compared with.
import { type Answers, type Ask, answersOf } from "./answers.ts";
import { type Change, Hand, type Turn } from "./hand.ts";
import { BESIDE, KINDS, type Kind } from "./samples.ts";

export interface Server {
  readonly ask: Ask;
  readonly notify: (method: string, params: unknown) => void;
  readonly uriOf: (file: string) => string;
  /** All that it wrote to its log. */
  readonly logged: () => readonly string[];
  /** What of it is a complaint. */
  readonly complaints: () => readonly string[];
  readonly stop: () => Promise<void>;
}

interface Sheet {
  readonly kind: Kind;
  readonly hand: Hand;
  version: number;
}

export class Desk {
  readonly #server: Server;
  readonly #sheets: readonly Sheet[];
  #near = 0;

  constructor(server: Server, kind: Kind, text: string) {
    this.#server = server;
    const beside = ["compose.yaml", ".env", "redis.conf"].filter((file) => file !== kind.file).slice(0, 2);
    const others = beside.flatMap((file) => KINDS.filter((other) => other.file === file));
    this.#sheets = [
      { kind, hand: new Hand(kind, text), version: 1 },
      ...others.map((other) => ({ kind: other, hand: new Hand(other, BESIDE[other.file] ?? ""), version: 1 })),
    ];
    open(server, this.#sheets);
  }

  get text(): string {
    return this.#sheets[0]?.hand.text ?? "";
  }

  /** One notification; the number of changes it carried. */
  take({ file, steps }: Turn): number {
    const sheet = this.#sheets[file];
    if (sheet === undefined) return 0;
    const changes: readonly Change[] = sheet.hand.play(steps);
    if (changes.length === 0) return 0;
    if (file === 0) this.#near = sheet.hand.place;
    sheet.version++;
    this.#server.notify("textDocument/didChange", {
      textDocument: { uri: this.#server.uriOf(sheet.kind.file), version: sheet.version },
      contentChanges: changes,
    });
    return changes.length;
  }

  /** What this server answers otherwise than `fresh`, which has not seen anything yet; empty where they agree. */
  async differences(fresh: Server, places: number): Promise<string[]> {
    open(fresh, this.#sheets);
    const own = await this.#answers(this.#server, places);
    const expected = await this.#answers(fresh, places);
    const told = [...this.#server.complaints(), ...fresh.complaints()];
    const names = new Set([...Object.keys(own), ...Object.keys(expected)]);
    const different = [...names].filter((name) => JSON.stringify(own[name]) !== JSON.stringify(expected[name]));
    return [...told, ...different.map((name) => `${name}: ${difference(own[name], expected[name])}`)];
  }

  async #answers(server: Server, places: number): Promise<Answers> {
    const answers: Record<string, unknown> = {};
    for (const [at, { kind, hand }] of this.#sheets.entries()) {
      const uri = server.uriOf(kind.file);
      if (at === 0) Object.assign(answers, await answersOf(server.ask, uri, hand.text, this.#near, places));
      else
        answers[`diagnostics of ${kind.file}`] = await server.ask("textDocument/diagnostic", { textDocument: { uri } });
    }
    return answers;
  }
}

function open(server: Server, sheets: readonly Sheet[]): void {
  for (const { kind, hand, version } of sheets)
    server.notify("textDocument/didOpen", {
      textDocument: { uri: server.uriOf(kind.file), languageId: kind.languageId, version, text: hand.text },
    });
}

/** Two answers from where they part. */
function difference(own: unknown, expected: unknown): string {
  const [a, b] = [JSON.stringify(own) ?? "none", JSON.stringify(expected) ?? "none"];
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  const part = (text: string): string => text.slice(Math.max(0, at - 120), at + 240);
  return `\n  edited …${part(a)}\n  fresh  …${part(b)}`;
}
