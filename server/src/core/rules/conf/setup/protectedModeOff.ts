/**
 * `protected-mode no` with nothing else in front of the data: no password, no users, and an address that others reach. Silent where a
 * service publishes no port: that is the usual way inside a network of containers.
 */
import type { Effective, SettingLine } from "../../../conf/effective.ts";
import { isPublishedOnAll } from "../../../documents/serviceNetwork.ts";
import type { ServerSetup } from "../../../model/serverSetup.ts";
import { type Span, spanOf } from "../../../text.ts";
import { linesSpan } from "./lines.ts";
import type { SetupRule } from "./rule.ts";

const LOOPBACK = /^-?(?:127\.\d+\.\d+\.\d+|::1|localhost)$/i;
const ANY_ADDRESS = /^-?(?:\*|0\.0\.0\.0|::|::\*)$/;

export const protectedModeOff: SetupRule = {
  meta: {
    id: "conf/protected-mode-off",
    severity: "warning",
    title: "protected-mode no without password",
    sources: [
      {
        source:
          "https://github.com/valkey-io/valkey-doc/blob/fe8f96a2985efbae06a03805cd3f86811907d26a/topics/security.md",
        asOf: "2026-06-18",
      },
    ],
  },
  check: (setup, isTold) => {
    const { conf } = setup;
    const found = openMode(setup);
    if (found === null || conf === null) return [];
    const { mode, isReached } = found;
    if (isReached === "unknown" || isReached === "nobody") return [];
    if (isReached === "everybody" && isTold("connection/exposed-server")) return [];
    return [
      {
        at: mode.place,
        message:
          "Protected mode is off, and neither a password nor a user is set: whoever reaches the port can read and delete everything. Remove the line, or set a password with `requirepass`.",
        fix: {
          title: "Remove the line",
          preferred: true,
          edits: removals(mode, conf.text).map((span) => ({ span, newText: "" })),
        },
      },
    ];
  },
};

/** The line, and those above it that say the same: they would come into effect. */
function removals(mode: SettingLine, text: string): readonly Span[] {
  if (mode.whole.origin !== "file") return [];
  const { start } = mode.whole;
  const others = [...text.slice(0, start).matchAll(/^[ \t]*protected-mode[ \t].*\n/gim)].map(({ index, 0: line }) =>
    spanOf(index, index + line.length),
  );
  if (others.length === 0) return [linesSpan(mode.whole, text)];
  const lineFeed = text.indexOf("\n", start);
  return [...others, spanOf(text.lastIndexOf("\n", start - 1) + 1, lineFeed < 0 ? text.length : lineFeed + 1)];
}

/** The line that turns protected mode off, of a server that listens on every address and has no password. */
export function isOpenToEverybody(setup: ServerSetup): SettingLine | null {
  const found = openMode(setup);
  return found?.isReached === "everybody" ? found.mode : null;
}

function openMode(setup: ServerSetup): { readonly mode: SettingLine; readonly isReached: Reach } | null {
  const { values, conf } = setup;
  const mode = values.of("protected-mode");
  if (mode === "default" || mode === "unknown" || mode.place.origin !== "file" || conf === null) return null;
  if (values.value("protected-mode") !== "no" || values.hasPassword !== false) return null;
  const addresses = addressesOf(values.of("bind"));
  if (addresses === null || values.value("port") === "0" || values.value("port") === null) return null;
  if (addresses.length > 0 && addresses.every((address) => LOOPBACK.test(address))) return null;
  return { mode, isReached: reach(setup, addresses) };
}

/** The addresses of `bind`, none where the line is missing; `null` = unknown, or it listens nowhere. */
function addressesOf(bind: Effective): readonly string[] | null {
  if (bind === "unknown") return null;
  if (bind === "default") return [];
  const addresses = bind.args.flatMap(({ value }) => value.split(/\s+/)).filter((address) => address !== "");
  return addresses.length === 0 ? null : addresses;
}

type Reach = "unknown" | "nobody" | "somebody" | "everybody";

function reach({ service }: ServerSetup, addresses: readonly string[]): Reach {
  const isOpen = addresses.length === 0 || addresses.some((address) => ANY_ADDRESS.test(address));
  if (service === null) return isOpen ? "everybody" : "somebody";
  const { ports, networkMode } = service;
  if (networkMode === "host") return "everybody";
  if (networkMode !== undefined || ports === null) return "unknown";
  if (ports.length === 0) return "nobody";
  return ports.some(isPublishedOnAll) ? "everybody" : "somebody";
}
