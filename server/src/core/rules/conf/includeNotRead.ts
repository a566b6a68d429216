/** An `include` whose file is not read here: what it sets is not known, and where it is missing the server does not start. */
import { parseConf, type Word } from "../../conf/index.ts";
import { holdsPlaceholder } from "../../conf/template.ts";
import type { SourceText } from "../../documents/extraction.ts";
import type { FileSource } from "../../files.ts";
import { confPath, isPattern } from "../../model/confPaths.ts";
import { type ConfLoading, isServerKnown } from "../../model/confTarget.ts";
import { basename, dirname, isInside } from "../../paths.ts";
import type { PiecedText } from "../../pieces.ts";
import type { Draft, RuleMeta } from "../rule.ts";

export const INCLUDE_NOT_READ: RuleMeta = {
  id: "conf/include-not-read",
  title: "Included file is not read",
  severity: "information",
  sources: [
    { source: "https://github.com/redis/redis/blob/7.2.6/src/config.c", asOf: "2024-10-02" },
    { source: "https://github.com/valkey-io/valkey/blob/8.0.1/src/config.c", asOf: "2024-10-02" },
  ],
};

interface Include {
  readonly argument: Word;
  /** The line as it is written. */
  readonly line: string;
}

function includesIn(text: string): readonly Include[] {
  if (!/^[ \t]*["']?include\b/im.test(text)) return [];
  return parseConf(text).lines.flatMap(({ words: [name, argument, ...rest], span }) => {
    if (name?.value.toLowerCase() !== "include" || argument === undefined || rest.length > 0) return [];
    return argument.value === "" ? [] : [{ argument, line: text.slice(span.start, span.end) }];
  });
}

export function includeDrafts(
  { path }: SourceText,
  text: PiecedText,
  loading: ConfLoading,
  files: FileSource,
): Draft[] {
  if (loading.isAcl) return [];
  const root = files.root(path);
  // A file that is opened alone is judged alone.
  if (root === undefined) return [];
  return text.placed.flatMap(({ piece, start }) =>
    piece.fact(includesIn).flatMap(({ argument, line }): Draft[] => {
      if (!isServerKnown(loading) && holdsPlaceholder(line)) return [];
      const told = whyNotRead(path, argument.value, loading, root, files);
      return told === null ? [] : [{ span: { start: start + argument.start, end: start + argument.end }, ...told }];
    }),
  );
}

type Why = Pick<Draft, "message" | "severity">;

function whyNotRead(
  conf: string,
  written: string,
  { mounts }: ConfLoading,
  root: string,
  files: FileSource,
): Why | null {
  const file = confPath(conf, written, mounts);
  if (file === null) {
    return {
      message:
        "This is a path on the server's machine, to which no mount of a service leads. The file is not read, so what it sets is not known here.",
      severity: "hint",
    };
  }
  const folder = dirname(file);
  if (!isInside(root, isPattern(written) ? folder : file)) {
    return {
      message:
        "This file lies outside of the workspace and is not read, so what it sets is not known here. Open the folder above it, or move it into the workspace.",
    };
  }
  if (!written.startsWith("/") || isPattern(written)) return null;
  const names = files.list(folder);
  if (names === undefined || names?.includes(basename(file))) return null;
  return {
    message:
      "The service mounts a place of this workspace there, and it holds no such file. Without it the server does not start: add the file, or correct its name.",
    severity: "warning",
  };
}
