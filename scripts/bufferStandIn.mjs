// For bundles that run without Node. dockerfile-ast looks for a byte order mark by the bytes of one character, and asks
// Node's Buffer for them: the only thing of Node that any of our libraries touches.
export const Buffer = {
  /** @param {string} character */
  from: (character) => (character === "\uFEFF" ? [0xef, 0xbb, 0xbf] : [0]),
};
