/** Hover and completion in a file of 500 services, against a request that the server does not know. */
import { performance } from "node:perf_hooks";
import { Client } from "./client.mjs";
import { Typing } from "./keystroke.mjs";
import { cpuOf } from "./processes.mjs";
import { compare } from "./statistics.mjs";

const SERVICES = 500;
/** Requests of one round: as many as give each kind enough CPU time to be told apart from noise. */
const REQUESTS = { hover: 300, completion: 40, empty: 600 };

export async function requests({ dist, folder, rounds }) {
  const client = new Client(dist, folder);
  await client.initialize();
  const typing = new Typing(client, SERVICES);
  const textDocument = { uri: typing.uri };
  const position = (i) => {
    const marks = typing.editing.marks();
    const { line, start } = marks[i % marks.length];
    return { line, character: start + 2 };
  };
  const ask = {
    hover: (i) => ["textDocument/hover", { textDocument, position: position(i) }],
    completion: (i) => ["textDocument/completion", { textDocument, position: position(i) }],
    empty: () => ["$/bench/unknown", {}],
  };
  /** One of the same kind behind the other; the text stays as it is, as when a pointer moves over it. */
  const run = async (kind) => {
    const cpuBefore = cpuOf(client.child.pid);
    let wall = 0;
    for (let i = 0; i < REQUESTS[kind]; i++) {
      const [method, params] = ask[kind](i);
      const start = performance.now();
      const { result, at } = await client.request(method, params);
      wall += at - start;
      if (kind === "hover" && !result?.contents) throw new Error("the hover is empty");
      if (kind === "completion" && !(result?.items ?? result)?.length) throw new Error("the completion is empty");
    }
    return { wall: wall / REQUESTS[kind], cpu: (cpuOf(client.child.pid) - cpuBefore) / REQUESTS[kind] };
  };
  await typing.type();
  for (const kind of ["hover", "completion", "empty"]) await run(kind);
  const figures = { hover: [], completion: [], empty: [] };
  for (let round = 0; round < rounds; round++)
    for (const kind of ["hover", "empty", "completion"]) figures[kind].push(await run(kind));
  await client.close();
  return ["hover", "completion"].flatMap((kind) =>
    ["cpu", "wall"].map((figure) =>
      compare(
        `${kind}-${figure}`,
        `${kind}, ${SERVICES} services, ${figure === "cpu" ? "CPU" : "wall"}`,
        figures[kind].map((run) => run[figure]),
        figures.empty.map((run) => run[figure]),
      ),
    ),
  );
}
