import { compareVersions } from "../../catalog/version.ts";
import type { DirectiveRecord, KnownDirective } from "../directiveTable.ts";
import { parseVersionSet, versionsIn } from "../target.ts";
import type { ServerState } from "./state.ts";

/** The server of which is asked. */
export type AskedServer = Pick<ServerState, "version" | "patch" | "table">;

/**
 * The directive behind a name, as the server of this very version knows it. Some came within a release line: there the patch release
 * decides. Where it is not known, the directive is taken as there: only what every patch release refuses is an error.
 */
export function findInVersion(name: string, state: AskedServer): KnownDirective | null {
  const { version, patch, table } = state;
  const known = table.find(name, version);
  const anywhere = known?.directive ?? table.findAnywhere(name)?.directive;
  const since = anywhere?.sincePatch?.[name]?.[`${version.engine} ${version.line}`];
  if (known !== null) {
    const isTooOld = since !== undefined && patch !== null && isBelow(patch, since) && isNewIn(name, state);
    return isTooOld ? null : known;
  }
  if (anywhere === undefined) return null;
  if (since !== undefined) {
    return patch !== null && isBelow(patch, since) ? null : borrowed(name, anywhere, state);
  }
  if (
    anywhere.laterPatchesMayKnow !== undefined &&
    (parseVersionSet(anywhere.laterPatchesMayKnow) & version.bit) !== 0
  ) {
    return patch !== null && patch <= table.testedPatch(version) ? null : borrowed(name, anywhere, state);
  }
  return null;
}

function isBelow(patch: number, since: string): boolean {
  return compareVersions(String(patch), since.split(".")[2] ?? "0") < 0;
}

/** No earlier line of the engine knows the name. Where one does, the patch only changed how it is read. */
function isNewIn(name: string, state: AskedServer): boolean {
  const found = state.table.findAnywhere(name);
  const first = versionsIn(found?.versions ?? 0).find((one) => one.engine === state.version.engine);
  return first?.bit === state.version.bit;
}

/** A directive that came with a patch works as in the next line that has it, and under the names that it has there. */
function borrowed(name: string, directive: DirectiveRecord, state: AskedServer): KnownDirective | null {
  const { engine, bit } = state.version;
  for (const variant of directive.variants) {
    const next = versionsIn(parseVersionSet(variant.in)).find((one) => one.engine === engine && one.bit > bit);
    const newest = variant.name ?? directive.name;
    const isNamed = name === newest || variant.aliases?.includes(name) === true;
    if (next !== undefined && isNamed) return { directive, variant, name: newest };
  }
  return null;
}
