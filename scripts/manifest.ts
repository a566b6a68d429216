/** Writes the editor's settings and the schema of `cache-compat.json` from the one table of settings. `--check` only compares. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { builtInCatalog, RULE_METAS, ruleDocs, SETTINGS } from "../server/src/core/index.ts";

const root = join(__dirname, "..");

/** Settings that only an editor has. */
const EDITOR_ONLY = {
  "cacheCompat.inlayHints.enabled": {
    type: "boolean",
    default: false,
    scope: "resource",
    order: 9,
    markdownDescription:
      "Show behind a floating tag such as `latest` or `7-alpine` what it stood for on the day of the data.",
  },
};

/** Completion and descriptions for rule ids in the object of severities. */
function detailed(key: string, schema: Readonly<Record<string, unknown>>): Record<string, unknown> {
  if (key === "rules") {
    const severity = schema.additionalProperties;
    const families = [...new Set(RULE_METAS.map(({ id }) => `${id.split("/")[0]}/*`))];
    const properties = Object.fromEntries([
      ...RULE_METAS.map(({ id, title, severity: usual, offByDefault }) => [
        id,
        { ...(severity as object), description: `${title} (${offByDefault ? "off" : usual})` },
      ]),
      ...families.map((family) => [
        family,
        { ...(severity as object), description: `All rules of the family ${family.slice(0, -2)}` },
      ]),
    ]);
    return { ...schema, properties, additionalProperties: false };
  }
  if (key === "apps")
    return {
      ...schema,
      properties: {
        mastodon: {
          type: ["string", "null"],
          description: 'Version of Mastodon, such as "4.5"; null detects it, "off" stops judging.',
        },
        postiz: {
          type: ["string", "null"],
          description: 'Version of Postiz, such as "2.20"; null detects it, "off" stops judging.',
        },
      },
      additionalProperties: {
        type: ["string", "null"],
        description: "Version of an app of your organisation's own tables (`data`).",
      },
    };
  return { ...schema };
}

function inFull(description: string, more = ""): string {
  return `${description} ${more}`.trimEnd();
}

/**
 * What VS Code's page of settings makes a field of: texts that may be left empty, and words for the values of a list. Whatever may be `null` is no field
 * there, and what is chosen from a list would be called "null".
 */
const AS_FIELDS: Readonly<Record<string, object>> = {
  platform: { enumItemLabels: ["Self-hosted", "Aptible", "Amazon ElastiCache", "Detect"] },
  engine: { type: "string", default: "" },
  asOf: { type: "string", default: "" },
};

/** What an editor can say beside what every program says. */
const BESIDE: Readonly<Record<string, string>> = {
  apps: "[Set the version of Mastodon](command:cacheCompat.setMastodonVersion).",
};

/** In the order in which a newcomer may want them. */
const ORDER = ["apps", "platform", "rules", "noticeDays", "ignore", "engine", "asOf", "data"];

export function editorSettings(): Record<string, unknown> {
  const shared = SETTINGS.map(({ key, schema, description, more }) => [
    `cacheCompat.${key}`,
    {
      ...detailed(key, schema),
      ...AS_FIELDS[key],
      scope: "resource",
      order: ORDER.indexOf(key) + 1,
      markdownDescription: [inFull(description, more), BESIDE[key]].filter(Boolean).join(" "),
    },
  ]);
  return { ...Object.fromEntries(shared), ...EDITOR_ONLY };
}

/** Values that a person may want to write there, for completion. */
function examplesOf(name: string): { readonly examples?: readonly unknown[] } {
  const { apps, lifecycles } = builtInCatalog();
  if (name === "engine") {
    const lines = lifecycles.products.flatMap(({ product, releases }) =>
      ["redis", "valkey"].includes(product) ? releases.map(({ cycle }) => `${product}@${cycle}`) : [],
    );
    return { examples: lines };
  }
  const versions = apps.find(({ app }) => app === name)?.matrix?.columns;
  return versions === undefined ? {} : { examples: [...versions, "off"] };
}

/** The same as in the editor's settings, with more to read: this schema is all that editors of JSON have. */
function inProjectFile(key: string, schema: Record<string, unknown>): Record<string, unknown> {
  const properties = schema.properties as Record<string, object> | undefined;
  if (properties === undefined) return { ...schema, ...examplesOf(key) };
  const more = Object.entries(properties).map(([name, property]) => {
    const meta = RULE_METAS.find(({ id }) => id === name);
    if (meta === undefined) return [name, { ...property, ...examplesOf(name) }];
    const usual = meta.offByDefault ? "Off unless you switch it on" : `Usually \`${meta.severity}\``;
    const markdownDescription = `${meta.title}. ${usual}. [What it finds, why, what to do](${ruleDocs(name)})`;
    return [name, { ...property, markdownDescription }];
  });
  return { ...schema, properties: Object.fromEntries(more) };
}

export function projectFileSchema(): Record<string, unknown> {
  const properties = Object.fromEntries(
    SETTINGS.map(({ key, schema, description, more }) => [
      key,
      {
        ...inProjectFile(key, detailed(key, schema)),
        description: description.replaceAll("`", ""),
        markdownDescription: inFull(description, more),
      },
    ]),
  );
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Cache Compat: settings of a project (cache-compat.json)",
    type: "object",
    properties: { $schema: { type: "string" }, ...properties },
    additionalProperties: false,
  };
}

function main(): void {
  const manifestPath = join(root, "package.json");
  const manifest = JSON.parse(readFileSync(manifestPath, "utf8"));
  manifest.contributes.configuration = { title: "Cache Compat", properties: editorSettings() };
  const outputs: [string, string][] = [
    [manifestPath, `${JSON.stringify(manifest, null, 2)}\n`],
    [join(root, "data/schema/cache-compat.schema.json"), `${JSON.stringify(projectFileSchema(), null, 2)}\n`],
  ];
  let isCurrent = true;
  for (const [path, text] of outputs) {
    if (JSON.stringify(tryParse(path)) === JSON.stringify(JSON.parse(text))) continue;
    isCurrent = false;
    if (!process.argv.includes("--check")) writeFileSync(path, text);
  }
  if (!isCurrent && process.argv.includes("--check")) {
    console.error(
      "package.json or the schema of cache-compat.json differs from the table of settings: npm run manifest",
    );
    process.exitCode = 1;
  }
}

function tryParse(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return null;
  }
}

if (require.main === module) main();
