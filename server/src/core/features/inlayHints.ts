import type { Catalog } from "../catalog/catalog.ts";
import { movingTarget } from "../model/replacement.ts";
import type { Report } from "../report.ts";

export interface InlayHint {
  readonly offset: number;
  readonly label: string;
  readonly tooltip: string;
}

/** Behind a floating tag, what it stood for on the day of the data. */
export function inlayHints(report: Report, catalog: Catalog): InlayHint[] {
  return report.recognised.flatMap((image) => {
    const meant = image.pinned ? null : movingTarget(image, catalog);
    if (meant === null) return [];
    return [
      {
        offset: image.span.end,
        label: `= ${meant.version}`,
        tooltip: `On ${meant.asOf} this tag meant ${meant.version}. It can mean another release at the next pull.`,
      },
    ];
  });
}
