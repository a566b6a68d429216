/** Read by the first who asks: what fails there fails only for those who ask. */
export function once<T extends object>(read: () => T): () => T {
  let known: T | null = null;
  return () => {
    known ??= read();
    return known;
  };
}
