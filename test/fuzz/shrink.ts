/** The smallest text that still breaks in the same way, as far as the tries reach: lines first, then characters. */
export async function shrunk(text: string, breaks: (text: string) => Promise<boolean>, tries: number): Promise<string> {
  let left = tries;
  let best = text;
  for (const separator of ["\n", ""]) {
    let parts = best.split(separator);
    for (let size = Math.ceil(parts.length / 2); size >= 1 && left > 0; size = Math.floor(size / 2)) {
      for (let at = 0; at < parts.length && left > 0; ) {
        const fewer = [...parts.slice(0, at), ...parts.slice(at + size)];
        left--;
        if (await breaks(fewer.join(separator))) parts = fewer;
        else at += size;
      }
    }
    best = parts.join(separator);
  }
  return best;
}
