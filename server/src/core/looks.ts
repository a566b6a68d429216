/** What somebody saw of the files while finding something out: it holds for as long as all of it looks the same. */
import { type FileSource, RecordingFiles } from "./files.ts";

export interface Looks {
  /** Files that never change, of which nobody notes anything: it holds for these alone. */
  readonly of?: FileSource;
  readonly reads: readonly (readonly [string, string | null | undefined])[];
  readonly lists: readonly (readonly [string, readonly string[] | null | undefined])[];
}

export const NO_LOOKS: Looks = { reads: [], lists: [] };

/** Finds something out, and tells by what. */
export function lookingOn<V>(files: FileSource, findOut: (files: FileSource) => V): { value: V; looks: Looks } {
  if (files.isStill === true) return { value: findOut(files), looks: { ...NO_LOOKS, of: files } };
  const recording = new RecordingFiles(files);
  const value = findOut(recording);
  if (recording.files.size + recording.folders.size === 0) return { value, looks: NO_LOOKS };
  const reads = [...recording.files].map((path) => [path, files.read(path)] as const);
  const lists = [...recording.folders].map((folder) => [folder, files.list(folder)] as const);
  return { value, looks: { reads, lists } };
}

/** Asks again for everything, so that whoever records around us notes it, too. */
export function looksSame({ reads, lists, of }: Looks, files: FileSource): boolean {
  let isSame = of === undefined || of === files;
  for (const [path, text] of reads) if (files.read(path) !== text) isSame = false;
  for (const [folder, names] of lists) if (files.list(folder) !== names) isSame = false;
  return isSame;
}
