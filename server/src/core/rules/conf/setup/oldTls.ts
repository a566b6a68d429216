/** TLS 1.0 and 1.1 are allowed by name. */
import type { SetupRule } from "./rule.ts";

const OLD = /^TLSv1(?:\.1)?$/i;

export const oldTls: SetupRule = {
  meta: {
    id: "conf/old-tls",
    severity: "warning",
    title: "Old TLS versions allowed",
    sources: [
      { source: "https://github.com/redis/redis/blob/unstable/redis.conf", asOf: "2026-11-20" },
      { source: "https://www.rfc-editor.org/rfc/rfc8996", asOf: "2021-03-31" },
    ],
  },
  check: ({ values, conf }) => {
    const protocols = values.of("tls-protocols");
    const port = values.value("tls-port");
    if (protocols === "default" || protocols === "unknown" || port === null || !/^[1-9]\d*$/.test(port)) return [];
    const argument = protocols.args[0];
    const words = protocols.args.flatMap(({ value }) => value.split(/\s+/));
    const old = words.filter((word) => OLD.test(word));
    if (argument === undefined || old.length === 0 || argument.place.origin !== "file" || conf === null) return [];
    const { start, end } = argument.place;
    const newText = '"TLSv1.2 TLSv1.3"';
    return [
      {
        at: argument.place,
        message: `${old.join(" and ")} ${old.length === 1 ? "is" : "are"} broken and withdrawn. Allow TLSv1.2 and newer only.`,
        fix: { title: "Allow TLSv1.2 and TLSv1.3 only", preferred: true, edits: [{ span: { start, end }, newText }] },
      },
    ];
  },
};
