/** How many slips of the pen are forgiven in a word of that length. Short words are too near to each other. */
function allowance(length: number): number {
  if (length < 4) return 0;
  return length < 8 ? 1 : 2;
}

/** The one known word within a few slips of the written one; nothing when two are equally near. */
export function nearest(written: string, known: Iterable<string>): string | undefined {
  const most = allowance(written.length);
  if (most === 0 || written.length > 64) return undefined;
  let best: string | undefined;
  let bestDistance = most + 1;
  let isTie = false;
  const letters = lettersOf(written);
  for (const word of known) {
    if (Math.abs(word.length - written.length) > most || differing(letters, lettersOf(word)) > 2 * most) continue;
    const distance = slips(written, word, most);
    if (distance > most || distance > bestDistance) continue;
    isTie = distance === bestDistance;
    bestDistance = distance;
    best = word;
  }
  return isTie ? undefined : best;
}

/** Which letters a word has, one bit each. */
function lettersOf(word: string): number {
  let letters = 0;
  for (let i = 0; i < word.length; i++) letters |= 1 << (word.charCodeAt(i) & 31);
  return letters;
}

/** How many letters stand in one of two words only: a slip of the pen changes two of them at most. */
function differing(a: number, b: number): number {
  let count = 0;
  for (let rest = a ^ b; rest !== 0; rest &= rest - 1) count++;
  return count;
}

/** Insertions, deletions, replacements and swaps of neighbours between two words (optimal string alignment). */
function slips(a: string, b: string, most: number): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let smallest = i;
    for (let j = 1; j <= b.length; j++) {
      const isSame = a.charCodeAt(i - 1) === b.charCodeAt(j - 1);
      let cost = Math.min(
        (last[j] as number) + 1,
        (row[j - 1] as number) + 1,
        (last[j - 1] as number) + (isSame ? 0 : 1),
      );
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (isSwap) cost = Math.min(cost, (beforeLast[j - 2] as number) + 1);
      row.push(cost);
      smallest = Math.min(smallest, cost);
    }
    if (smallest > most) return smallest;
    beforeLast = last;
    last = row;
  }
  return last[b.length] as number;
}
