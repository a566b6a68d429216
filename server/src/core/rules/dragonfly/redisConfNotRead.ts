/** A file with directives of Redis for a server that takes flags. */
import type { StackServer } from "../../model/stack/servers.ts";
import type { StackDraft, StackRule } from "../stack/rule.ts";

const MESSAGE =
  "Dragonfly reads no redis.conf: none of its directives has an effect. Give them as flags, in a file for `--flagfile`, or as `DFLY_` variables.";

/** Flags whose value is a file of another kind. */
const FILE_FLAG = /^--?(?:flagfile|aclfile|tls_\w+)$/;

export const redisConfNotRead: StackRule = {
  meta: {
    id: "dragonfly/redis-conf-not-read",
    severity: "warning",
    title: "Dragonfly does not take a redis.conf",
    sources: [
      {
        source:
          "https://github.com/dragonflydb/documentation/blob/61b24fcbf3eb4d2b6d57e3139ed71fd57d2998a1/docs/managing-dragonfly/flags.md",
        asOf: "2026-06-22",
      },
    ],
  },
  ofServer: (server) => (server.image.judgedAs === "dragonfly" ? draftsOf(server) : []),
};

function draftsOf({ call, hasEntrypoint, mounts }: StackServer): StackDraft[] {
  // A script of one's own may turn directives into flags.
  if (call === null || hasEntrypoint) return [];
  const { args } = call;
  const used = new Set(args.flatMap(({ value }, at) => fileOfFlag(value, args[at + 1]?.value)));
  const named = args.filter(
    ({ value }, at) => !value.startsWith("-") && value.endsWith(".conf") && !FILE_FLAG.test(args[at - 1]?.value ?? ""),
  );
  const told = new Set(named.map(({ value }) => value));
  const mounted = (mounts ?? []).filter(
    ({ target }) => target.endsWith(".conf") && !used.has(target) && !told.has(target),
  );
  return [...named, ...mounted].map(({ place }) => ({ at: place, message: MESSAGE }));
}

function fileOfFlag(word: string, next: string | undefined): string[] {
  const [, value] = /^--?(?:flagfile|aclfile|tls_\w+)=(.*)$/.exec(word) ?? [];
  if (value !== undefined) return [value];
  return FILE_FLAG.test(word) && next !== undefined ? [next] : [];
}
