/** One text from the network, over https only, within limits of time and size. Needs nothing but `fetch`. */
import { REPOSITORY } from "../core/product.ts";

/** Where the tables of the newest state of the project are published. */
export const DATA_URL = `${REPOSITORY.replace("https://github.com/", "https://raw.githubusercontent.com/")}/published-data/data.json`;

export interface Limits {
  /** For everything together, from the first connection to the last byte. */
  readonly timeoutMs: number;
  /** Counted after decompression. */
  readonly maxBytes: number;
  readonly maxRedirects: number;
}

export const LIMITS: Limits = { timeoutMs: 30_000, maxBytes: 4 * 1024 * 1024, maxRedirects: 3 };

export type Download =
  | { readonly kind: "text"; readonly text: string }
  /** One sentence without a full stop; it names the host and nothing else of an address. */
  | { readonly kind: "failed"; readonly why: string };

class Failure extends Error {}

export async function download(address: string, limits: Limits = LIMITS): Promise<Download> {
  const signal = AbortSignal.timeout(limits.timeoutMs);
  let host = "the address";
  try {
    let url = asHttps(address, null);
    for (let redirects = 0; ; redirects++) {
      host = url.host;
      const response = await fetch(url, { redirect: "manual", signal, credentials: "omit" });
      if (response.status === 200) return { kind: "text", text: await readText(response, limits.maxBytes, host) };
      await response.body?.cancel();
      const location = response.headers.get("location");
      if (![301, 302, 303, 307, 308].includes(response.status) || location === null)
        throw new Failure(
          response.type === "opaqueredirect"
            ? `${host} redirects`
            : `${host} answered with the status ${response.status}`,
        );
      if (redirects >= limits.maxRedirects)
        throw new Failure(`${host} redirects once more after ${limits.maxRedirects} redirects`);
      url = asHttps(location, url);
    }
  } catch (error) {
    if (error instanceof Failure) return { kind: "failed", why: error.message };
    if (signal.aborted) return { kind: "failed", why: `${host} took longer than ${limits.timeoutMs / 1000} seconds` };
    return { kind: "failed", why: `${host} cannot be read (${reason(error)})` };
  }
}

function asHttps(address: string, base: URL | null): URL {
  if (!URL.canParse(address, base?.href))
    throw new Failure(base === null ? "this is no address" : `${base.host} redirects to something that is no address`);
  const url = new URL(address, base?.href);
  if (url.protocol !== "https:")
    throw new Failure(
      base === null ? "only https addresses are asked" : `${base.host} redirects to an address that is not https`,
    );
  // Names and passwords in an address would be sent, and could be told.
  if (url.username !== "" || url.password !== "") throw new Failure("the address holds a user name or a password");
  return url;
}

/** Counted while it arrives: a Content-Length may be missing or wrong, and compression hides the size. */
async function readText(response: Response, maxBytes: number, host: string): Promise<string> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let size = 0;
  let text = "";
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true as const, value: undefined };
    if (done) break;
    size += value.byteLength;
    if (size > maxBytes) {
      await reader?.cancel();
      throw new Failure(`${host} sends more than ${maxBytes / 1024 / 1024} MiB`);
    }
    text += decoded(() => decoder.decode(value, { stream: true }), host);
  }
  return text + decoded(() => decoder.decode(), host);
}

function decoded(decode: () => string, host: string): string {
  try {
    return decode();
  } catch {
    throw new Failure(`${host} sends a text that is not UTF-8`);
  }
}

/** The cause is what tells something: `fetch failed` is all that the outer error says. */
function reason(error: unknown): string {
  const inner = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = (inner as { readonly code?: unknown } | null)?.code;
  return typeof code === "string" ? code : inner instanceof Error ? inner.message : String(inner);
}
