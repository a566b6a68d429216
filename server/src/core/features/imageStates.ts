/** What is known about an image that stands in no file. */
import type { Catalog } from "../catalog/catalog.ts";
import { literalUse } from "../documents/imageUse.ts";
import type { DeclaredApp } from "../model/appVersion.ts";
import { type JudgedImage, judgeImage } from "../model/judgement.ts";
import { isJudged, type KnownImage, readImage, recogniseImage } from "../model/knownImage.ts";
import type { ImageAnswer, ImageState } from "../result.ts";
import type { AppSetting } from "../settingValues.ts";

export interface ImageQuestion {
  /** Versions to judge for, by app. */
  readonly apps: Readonly<Record<string, AppSetting>>;
  readonly asOf: string;
  readonly noticeDays: number;
}

export function imageStates(reference: string, question: ImageQuestion, catalog: Catalog): ImageAnswer {
  const use = literalUse(reference, 0, "");
  const read = readImage(use);
  if (read.kind !== "reference") return { kind: "invalid" };
  const image = recogniseImage(use, catalog);
  if (image === null) return { kind: "other" };
  const judge = (apps: readonly DeclaredApp[]): JudgedImage =>
    judgeImage(image, isJudged(image) ? apps : [], catalog, question.asOf, question.noticeDays);
  const { verdicts, lifecycle } = judge(
    Object.entries(question.apps).flatMap(([app, version]) =>
      version === null || version === "off" ? [] : [declare(app, version, catalog)],
    ),
  );
  return {
    kind: "cache",
    reference: image.name,
    engine: image.engine,
    releaseLine: image.line,
    states: Object.fromEntries(verdicts.map(({ app, state }) => [app.app, state])),
    tables: tablesOf(image, judge, catalog),
    lifecycle:
      lifecycle === null
        ? null
        : {
            state: lifecycle.state.kind,
            endsOn:
              lifecycle.state.kind === "maintained"
                ? lifecycle.state.until
                : "on" in lifecycle.state
                  ? lifecycle.state.on
                  : null,
          },
  };
}

/** The row of every app's table that the image belongs to. */
function tablesOf(
  image: KnownImage,
  judge: (apps: readonly DeclaredApp[]) => JudgedImage,
  catalog: Catalog,
): Record<string, Record<string, ImageState>> {
  if (!isJudged(image)) return {};
  const tables: Record<string, Record<string, ImageState>> = {};
  for (const { app, matrix } of catalog.apps) {
    if (matrix === undefined) continue;
    const { verdicts } = judge(matrix.columns.map((column) => declare(app, column, catalog)));
    tables[app] = Object.fromEntries(verdicts.map((verdict) => [verdict.app.version, verdict.state]));
  }
  return tables;
}

function declare(app: string, version: string, catalog: Catalog): DeclaredApp {
  return { app, version, column: catalog.column(app, version), from: "flag", place: null, origin: "" };
}
