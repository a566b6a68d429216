/** A compose file of any size, and one-character edits spread over it whose effect on the findings is known. */

const MARKS = 10;
/** Judged cache images among the ordinary services; the marked services hold the old ones. */
const CACHES = ["redis:7.2.4", "valkey/valkey:8.0.1", "redis:6.2", "memcached:1.6"];

function service(i) {
  const isCache = i % 10 === 3;
  const image = isCache
    ? CACHES[((i / 10) | 0) % CACHES.length]
    : i % 7 === 0
      ? `\${REGISTRY:-registry.example.com}/team/app-${i}:1.${i % 30}.2`
      : `registry.example.com/team/app-${i}:1.${i % 30}.2`;
  return [
    `  service-${i}:`,
    `    image: ${image}`,
    "    restart: unless-stopped",
    "    environment:",
    `      REDIS_URL: redis://cache-${i % 10}:6379/${i % 16}`,
    `      TOKEN_${i}: "abc-${i}"`,
    "      LOG_LEVEL: info # quiet enough",
    "    ports:",
    `      - "${3000 + (i % 4000)}:3000"`,
    "    volumes:",
    `      - data-${i % 50}:/srv/data`,
    "    depends_on: [web]",
  ];
}

/** About twelve lines a service; ten marked services with an outdated image are spread over the file. */
export function composeLines(services) {
  const lines = ["name: bench", "services:", "  web:", "    image: ghcr.io/mastodon/mastodon:v4.5.1"];
  const marks = Math.min(MARKS, services);
  const every = Math.floor(services / marks);
  for (let i = 0; i < services - marks - 1; i++) {
    if (i % every === 0 && i / every < marks) lines.push(markLine(i / every));
    lines.push(...service(i));
  }
  for (let mark = 0; mark < marks; mark++) if (!lines.includes(markLine(mark))) lines.push(markLine(mark));
  return lines;
}

function markLine(mark) {
  return `  mark-${mark}: { labels: { note: "n" }, image: redis:6.2.1 }`;
}

/** What a person types: each edit is taken back when its turn comes again, so the file keeps its size. */
const KINDS = ["note", "value", "tag", "value", "enter", "value"];

export class Editing {
  #lines;
  #step = 0;
  #done = new Set();

  constructor(services) {
    this.#lines = composeLines(services);
  }

  get text() {
    return `${this.#lines.join("\n")}\n`;
  }

  /** Makes the next edit; answers it as a change of the protocol. */
  next() {
    const kind = KINDS[this.#step % KINDS.length];
    const mark = (this.#step * 7 + 3) % MARKS;
    this.#step++;
    const markAt = this.#lines.findIndex((line) => line.startsWith(`  mark-${mark}:`));
    const key = `${kind} ${mark}`;
    const isUndo = !this.#done.delete(key) ? !this.#done.add(key) : true;
    if (kind === "note") return this.#type(markAt, this.#lines[markAt].indexOf('"n') + 2, "x", isUndo);
    if (kind === "tag") return this.#type(markAt, this.#lines[markAt].indexOf("6.2.1") + 5, "1", isUndo);
    // In and behind the line above the marked one: it belongs to an ordinary service.
    if (kind === "value") {
      const at = this.#lines.findLastIndex((line, i) => i < markAt && /^ {6}TOKEN_/.test(line));
      if (at >= 0) return this.#type(at, this.#lines[at].indexOf('"abc') + 4, "x", isUndo);
      return this.#type(0, "name: ".length, "x", isUndo);
    }
    return this.#newLine(markAt, isUndo);
  }

  #type(line, character, typed, isUndo) {
    const before = this.#lines[line];
    const end = character + (isUndo ? 1 : 0);
    const text = isUndo ? "" : typed;
    this.#lines[line] = before.slice(0, character) + text + before.slice(end);
    return { range: { start: { line, character }, end: { line, character: end } }, text };
  }

  #newLine(markAt, isUndo) {
    const line = isUndo ? markAt - 2 : markAt - 1;
    const start = { line, character: this.#lines[line].length };
    if (isUndo) {
      this.#lines.splice(line + 1, 1);
      return { range: { start, end: { line: line + 1, character: 0 } }, text: "" };
    }
    this.#lines.splice(line + 1, 0, "");
    return { range: { start, end: start }, text: "\n" };
  }

  /** Where the tags of the marked images stand now: there, and nowhere else in these lines, the findings must be. */
  marks() {
    return this.#lines.flatMap((line, at) => {
      if (!line.startsWith("  mark-")) return [];
      const start = line.indexOf("redis:") + "redis:".length;
      return [{ line: at, start, end: line.indexOf(" }", start) }];
    });
  }
}
