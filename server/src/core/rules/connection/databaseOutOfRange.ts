/** A database number that the server does not have. */
import { isKnown, related, rewriting, serverOf } from "../stack/parts.ts";
import type { StackDraft, StackRule } from "../stack/rule.ts";

export const databaseOutOfRange: StackRule = {
  meta: {
    id: "connection/database-out-of-range",
    severity: "error",
    title: "Database number too high",
    sources: [
      {
        source:
          "https://github.com/dragonflydb/documentation/blob/61b24fcbf3eb4d2b6d57e3139ed71fd57d2998a1/docs/managing-dragonfly/flags.md",
        asOf: "2026-06-22",
      },
      { source: "local check with redis-server 7.0.15 / redis-cli 7.0.15 (Debian 12)", asOf: "2026-11-20" },
    ],
  },
  check: ({ connections }) =>
    connections.flatMap((connection): StackDraft[] => {
      const { database } = connection;
      const server = serverOf(connection);
      const count = server?.settings.databases ?? null;
      if (server === null || count === null || !isKnown(database)) return [];
      const [, number] = /^\/?(\d{1,9})$/.exec(database.text) ?? [];
      if (number === undefined || Number(number) < count.value) return [];
      const which = count.value === 1 ? "only database 0" : `databases 0 to ${count.value - 1}`;
      const message = `Service ${server.name} has ${which}, so database ${number} does not exist and every connection ends with an error. Use a lower number, or raise \`databases\` of the server.`;
      const wanted = database.text.startsWith("/") ? "/0" : "0";
      return [
        {
          at: database.place,
          message,
          related: related(count.place, `Service ${server.name} has this many`),
          fixes: rewriting("Change to database 0", database.written, database.range, wanted).map((fix) => ({
            ...fix,
            preferred: false,
          })),
        },
      ];
    }),
};
