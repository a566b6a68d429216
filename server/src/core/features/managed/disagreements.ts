import type { Catalog } from "../../catalog/catalog.ts";
import { words } from "../markdown.ts";

/** What sources say differently of a release line, side by side with their days; never merged. `line` `null`: of all lines. */
export function disagreementsText(
  catalog: Catalog,
  engine: string,
  line: string | null,
  platform: string | null,
): string[] {
  return catalog.disagreementsOn(engine, line, platform).map(({ topic, says, judged }) => {
    const list = says.map(({ text, source, asOf }) => `- ${words(text)}: ${words(shortSource(source))} (${asOf})`);
    return `What sources say of the ${words(topic)}:\n\n${list.join("\n")}\n\n${words(judged)}`;
  });
}

/** A long address by its host and last part. */
function shortSource(source: string): string {
  const [, host, rest = ""] = /^https:\/\/([^/]+)\/(.*)$/.exec(source) ?? [];
  if (host === undefined) return source;
  const last =
    rest
      .split("/")
      .filter((part) => part !== "")
      .at(-1) ?? "";
  return host === "github.com" ? `${rest.split("/").slice(0, 2).join("/")}: ${last}` : `${host}: ${last}`;
}
