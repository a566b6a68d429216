/** Files beside the configuration, behind directives that name one. */
import type { FileSource } from "../../files.ts";
import { basename, dirname, resolvePath } from "../../paths.ts";
import type { Choice, ValueQuestion } from "./valueCompletion.ts";

/** What the file behind a directive is called. */
const ENDINGS: Readonly<Record<string, RegExp>> = {
  include: /\.conf$/i,
  aclfile: /\.acl$/i,
  loadmodule: /\.so$/i,
};

/** `null` for a place where no file is named. */
export function pathsFor({ name, args, typed }: ValueQuestion, path: string, files: FileSource): Choice[] | null {
  const ending = ENDINGS[name];
  if (ending === undefined || args.length > 0) return null;
  const folder = typed.slice(0, typed.lastIndexOf("/") + 1);
  const names = folder.startsWith("/") ? [] : (files.list(resolvePath(dirname(path), folder)) ?? []);
  return names
    .filter((file) => ending.test(file) && (folder !== "" || file !== basename(path)))
    .toSorted()
    .map((file) => ({
      value: folder + file,
      detail: "beside this file",
      documentation: "The server takes the path from the folder that it is started in.",
    }));
}

/** The folder whose files are offered at the end of a line; `null` where none are. */
export function folderFor(before: string, path: string): string | null {
  const [, name = "", typed = ""] = /^[ \t]*(\S+)[ \t]+(\S*)$/.exec(before) ?? [];
  return ENDINGS[name.toLowerCase()] === undefined || typed.startsWith("/")
    ? null
    : resolvePath(dirname(path), typed.slice(0, typed.lastIndexOf("/") + 1));
}
