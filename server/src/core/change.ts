/** Where two texts differ: from `start` to `oldEnd` and to `newEnd`. */
export interface Change {
  readonly start: number;
  readonly oldEnd: number;
  readonly newEnd: number;
}

export function changeOf(before: string, after: string): Change {
  const shorter = Math.min(before.length, after.length);
  const start = sharedLength(shorter, (from, to) => before.slice(from, to) === after.slice(from, to));
  const [end, newLength] = [before.length, after.length];
  const same = sharedLength(
    shorter - start,
    (from, to) => before.slice(end - to, end - from) === after.slice(newLength - to, newLength - from),
  );
  return { start, oldEnd: end - same, newEnd: newLength - same };
}

/** Characters that are compared at once: the engine does that much faster than we could one by one. */
const CHUNK = 1 << 16;

/** How many of at most `most` characters are the same, counted from one side. */
function sharedLength(most: number, isSame: (from: number, to: number) => boolean): number {
  let from = 0;
  while (from < most && isSame(from, Math.min(most, from + CHUNK))) from = Math.min(most, from + CHUNK);
  let to = Math.min(most, from + CHUNK);
  while (from < to) {
    const middle = (from + to + 1) >> 1;
    if (isSame(from, middle)) from = middle;
    else to = middle - 1;
  }
  return from;
}
