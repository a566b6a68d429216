import isLower from "semver/functions/lt.js";
import isWithin from "semver/functions/satisfies.js";

/** major[.minor[.patch]] of an engine or an app; numbers, so that 8.10 is newer than 8.2. */
export interface Version {
  readonly major: number;
  readonly minor: number | null;
  readonly patch: number | null;
  /** `rc1`, `M04`; `null` for a release. */
  readonly pre: string | null;
}

export function parseVersion(text: string, pre: string | null = null): Version | null {
  const match = /^(\d{1,9})(?:\.(\d{1,9}))?(?:\.(\d{1,9}))?$/.exec(text);
  if (match === null) return null;
  const number = (part: string | undefined): number | null => (part === undefined ? null : Number(part));
  return { major: Number(match[1]), minor: number(match[2]), patch: number(match[3]), pre };
}

/** `7.2`; `null` where only the major is known. */
export function releaseLine(version: Version): string | null {
  return version.minor === null ? null : `${version.major}.${version.minor}`;
}

/** As written, without the prerelease: `7`, `7.2`, `7.2.4`. */
export function versionText(version: Version): string {
  return [version.major, version.minor, version.patch].filter((part) => part !== null).join(".");
}

/** Missing parts count as 0. */
function full(version: Version): string {
  return `${version.major}.${version.minor ?? 0}.${version.patch ?? 0}`;
}

/** Compares two dotted numbers part by part: `8.10` is above `8.2`. */
export function compareVersions(a: string, b: string): number {
  const left = a.split(".").map(Number);
  const right = b.split(".").map(Number);
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return Math.sign(difference);
  }
  return 0;
}

export function satisfies(version: Version, range: string): boolean {
  return isWithin(full(version), range);
}

/** Below a three-part minimum, numerically; prereleases are not compared. */
export function isBelow(version: Version, minimum: string): boolean {
  return isLower(full(version), minimum);
}
