// The official validator of SARIF, and the parts of a SARIF log that the tests look at.
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

export interface SarifLocation {
  readonly artifactLocation: { readonly uri: string; readonly uriBaseId?: string };
  readonly region: {
    readonly startLine: number;
    readonly startColumn: number;
    readonly endLine: number;
    readonly endColumn: number;
  };
}

export interface SarifResult {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly { readonly physicalLocation: SarifLocation }[];
  readonly relatedLocations?: readonly {
    readonly physicalLocation: SarifLocation;
    readonly message: { readonly text: string };
  }[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly fixes?: readonly {
    readonly description: { readonly text: string };
    readonly artifactChanges: readonly {
      readonly artifactLocation: SarifLocation["artifactLocation"];
      readonly replacements: readonly {
        readonly deletedRegion: SarifLocation["region"];
        readonly insertedContent?: { readonly text: string };
      }[];
    }[];
  }[];
}

export interface SarifRule {
  readonly id: string;
  readonly helpUri: string;
  readonly help: { readonly text: string; readonly markdown: string };
  readonly fullDescription: { readonly text: string };
}

export interface SarifLog {
  readonly version: string;
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly SarifRule[] } };
    readonly columnKind: string;
    readonly results: readonly SarifResult[];
    readonly invocations: readonly {
      readonly executionSuccessful: boolean;
      readonly toolExecutionNotifications?: readonly { readonly message: { readonly text: string } }[];
    }[];
  }[];
}

const SYSTEM = { linux: "linux", darwin: "darwin", win32: "win32" }[process.platform as string];

function multitool(): string {
  const require = createRequire(import.meta.url);
  const folder = path.dirname(require.resolve(`@microsoft/sarif-multitool-${SYSTEM}/package.json`));
  const program = ["Sarif.Multitool", "Sarif.Multitool.exe"]
    .map((name) => path.join(folder, name))
    .find((file) => existsSync(file));
  if (program === undefined) throw new Error(`no Sarif.Multitool in ${folder}`);
  // What its own install script does; `npm ci` runs none.
  chmodSync(program, 0o755);
  return program;
}

/** The validator's complaints, one a line: `error SARIF1002: …`. `more`: further options. */
export function complaints(file: string, ...more: string[]): string[] {
  const { stdout, stderr, status } = spawnSync(multitool(), ["validate", file, ...more], {
    encoding: "utf8",
    env: { ...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: "1" },
  });
  if (status !== 0 || !stdout.includes("1 files scanned"))
    throw new Error(`the validator did not run (${status}): ${stdout}${stderr}`);
  return stdout.split("\n").flatMap((line) => /: ((?:error|warning|note) [A-Za-z]+\d+: .*)$/.exec(line)?.[1] ?? []);
}
