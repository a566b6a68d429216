// Loaded into a server by `--require`: answers `$/memory` and `$/collected`, which come among the messages of a client, with what memory it
// takes; before the second it collects garbage.
process.stdin.on("data", (chunk) => {
  for (const method of ["$/memory", "$/collected"])
    if (chunk.includes(`"method":"${method}"`)) setImmediate(() => tell(method));
});

/** @param {string} method */
function tell(method) {
  if (method === "$/collected") globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  const body = JSON.stringify({ jsonrpc: "2.0", method, params: { rss, heapUsed } });
  process.stdout.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}
