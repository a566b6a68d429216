/** An organisation's own table: read from its text, held against its schema and against what is known, and put beside the built-in tables. */
import organisationSchema from "../../../../data/schema/organisation.schema.json" with { type: "json" };
import { fullName, parseImageReference } from "../parse/imageReference.ts";
import type { Catalog } from "./catalog.ts";
import {
  appTable,
  collecting,
  days,
  engine,
  productTable,
  repositoryNames,
  repositoryTable,
  type Tell,
  uniqueNames,
} from "./consistency.ts";
import { type JsonProblem, schemaProblems } from "./jsonSchema.ts";
import type { AppTable, Product, Release, Repository, TagGrammar } from "./tables.ts";

export interface OwnTable {
  /** Who says it: `Example Corp`. */
  readonly organisation: string;
  readonly apps: readonly AppTable[];
  readonly products: readonly Product[];
  readonly repositories: readonly Repository[];
}

export type OwnTableReading =
  | { readonly kind: "table"; readonly table: OwnTable }
  | { readonly kind: "wrong"; readonly problems: readonly JsonProblem[] }
  | { readonly kind: "no-json" };

type Given<T, K extends keyof T> = Pick<T, K> & Partial<T>;

/** The records as they may be written: what is left out gets its usual value. */
interface WrittenTable {
  readonly organisation: string;
  readonly apps?: readonly (Given<AppTable, "app" | "name" | "matrix"> & {
    readonly detection?: Given<AppTable["detection"], "image" | "source" | "asOf">;
  })[];
  readonly products?: readonly {
    readonly product: string;
    readonly releases: readonly Given<Release, "cycle" | "endOfLife" | "source" | "asOf">[];
  }[];
  readonly repositories?: readonly Given<Repository, "repository" | "engine" | "source" | "asOf">[];
}

/** `7.2`, `7.2.4`, `v7.2.4-rc1`, `7.2.4-build.3`. */
const USUAL_TAGS: TagGrammar = {
  pattern:
    "^(?:v?(?<version>[1-9]\\d{0,3}(?:\\.(?:0|[1-9]\\d{0,5})){0,2})(?:-(?<pre>(?:rc|alpha|beta)[.-]?\\d*))?)(?:-(?<variant>[\\w.-]+))?$",
  floating: ["latest"],
};

/** `1.2`, `v1.2.3`, `1.2.3-rc.1`. */
const USUAL_APP_TAG =
  "^v?(?<major>\\d{1,4})\\.(?<minor>\\d{1,4})(?:\\.(?<patch>\\d{1,6}))?(?:-(?<pre>(?:rc|alpha|beta)[.-]?\\d*))?$";

/** Matches nothing: an app that is only declared. */
const NEVER = "(?!)";

/** Names that mean something else where apps are named. */
const RESERVED: Readonly<Record<string, string>> = { engine: "a setting", platform: "a setting" };

/** `catalog`: what is known so far, earlier tables included. */
export function readOwnTable(text: string, catalog: Catalog): OwnTableReading {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return { kind: "no-json" };
  }
  const misfits = schemaProblems(organisationSchema, raw);
  if (misfits.length > 0) return { kind: "wrong", problems: misfits };
  const table = completed(raw as WrittenTable);
  const problems = collecting((tell) => tellContradictions(table, raw, catalog, tell));
  return problems.length > 0 ? { kind: "wrong", problems } : { kind: "table", table };
}

function completed({ organisation, apps = [], products = [], repositories = [] }: WrittenTable): OwnTable {
  return {
    organisation,
    apps: apps.map(({ detection, homepage = "", ...app }) => ({
      ...app,
      homepage,
      minimums: [],
      notes: [],
      detection:
        detection === undefined
          ? { image: NEVER, tag: USUAL_APP_TAG, source: "", asOf: "" }
          : { ...detection, tag: detection.tag ?? USUAL_APP_TAG },
    })),
    products: products.map(({ product, releases }) => ({
      product,
      name: organisation,
      source: releases[0]?.source ?? "",
      asOf: releases[0]?.asOf ?? "",
      releases: releases.map((release) => ({
        releaseDate: null,
        activeSupportEnds: null,
        latest: "",
        latestReleaseDate: null,
        ...release,
      })),
    })),
    repositories: repositories.map((repository) => ({
      status: "current",
      aliases: [],
      tags: USUAL_TAGS,
      ...repository,
    })),
  };
}

function tellContradictions(table: OwnTable, raw: unknown, catalog: Catalog, tell: Tell): void {
  const engines = new Set(catalog.engines.map((one) => one.engine));
  const { apps, products, repositories } = table;
  days(raw, [], tell);
  for (const [at, app] of apps.entries()) appTable(app, engines, ["apps", at], tell);
  uniqueNames(
    apps.map(({ app }, at) => ({ name: app, path: ["apps", at, "app"] })),
    (name) => RESERVED[name] ?? (catalog.app(name) === undefined ? null : `the app ${catalog.appName(name)}`),
    tell,
  );
  for (const [at, { product }] of products.entries()) engine(product, engines, ["products", at, "product"], tell);
  uniqueNames(
    products.map(({ product }, at) => ({ name: product, path: ["products", at, "product"] })),
    () => null,
    tell,
  );
  productTable(products, ["products"], tell);
  repositoryTable(repositories, engines, ["repositories"], tell);
  const names = repositoryNames(repositories, [], []);
  for (const { name, path } of names) {
    const normal = normalName(name);
    if (normal !== name)
      tell(
        path,
        normal === null ? "This is no name of an image without a tag." : `Write the normalised name: ${normal}`,
      );
  }
  uniqueNames(
    names,
    (name) =>
      catalog.repositories.find(name) !== undefined || catalog.repositories.lookAlike(name) !== undefined
        ? "an image that is known already"
        : null,
    tell,
  );
}

/** Registry and path; `null` for what is no name alone. */
function normalName(name: string): string | null {
  const parsed = parseImageReference(name);
  return parsed.valid && parsed.tag === null && parsed.digest === null ? fullName(parsed) : null;
}
