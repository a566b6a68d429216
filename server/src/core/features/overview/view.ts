/** What a view shows of the tables and of the workspace: words and places, nothing to be computed any more. */
import type { CellState, Sourced } from "../../catalog/tables.ts";

/** A place in a file of the workspace. */
export interface ViewPlace {
  readonly path: string;
  /** From 0. */
  readonly line: number;
  readonly character: number;
  /** The image that stands there. */
  readonly text: string;
}

export interface ViewCell {
  readonly text: string;
  /** Gives the cell its sign; `null`: words alone. */
  readonly state: CellState | null;
  /** The workspace runs what row and column stand for. */
  readonly isYours: boolean;
}

export interface ViewRow {
  readonly label: string;
  readonly cells: readonly ViewCell[];
  readonly places: readonly ViewPlace[];
}

export interface ViewColumn {
  readonly label: string;
  /** Of the app; `null` for a column that speaks of something else. */
  readonly version: string | null;
  readonly isYours: boolean;
}

/** One table of rows and columns. */
export interface ViewGrid {
  readonly title: string;
  /** Over the labels of the rows. */
  readonly rowHeader: string;
  readonly columns: readonly ViewColumn[];
  readonly groups: readonly { readonly name: string; readonly rows: readonly ViewRow[] }[];
}

/** All that one publisher says: a tab of the view. */
export interface ViewTable {
  readonly id: string;
  readonly name: string;
  /** The workspace declares it, or was found to use it. */
  readonly isYours: boolean;
  readonly summary: string;
  readonly grids: readonly ViewGrid[];
  readonly notes: readonly ({ readonly text: string } & Sourced)[];
  readonly sources: readonly Sourced[];
}

/** Until `to` (`null`: nobody said) the publisher does `kind` for the line: everything, security fixes only, or that for money. */
export interface ViewPhase {
  readonly kind: "full" | "limited" | "paid";
  /** `null`: longer ago than anybody says. */
  readonly from: string | null;
  readonly to: string | null;
}

export interface ViewBar {
  readonly label: string;
  readonly from: string | null;
  readonly phases: readonly ViewPhase[];
  readonly state: "maintained" | "ends-soon" | "ended" | "open" | "unknown";
  /** The same in words. */
  readonly words: string;
  readonly isYours: boolean;
  /** Ended long ago and not in use: shown when asked for. */
  readonly isOld: boolean;
}

export interface ViewTimeline {
  /** First and last day of the axis. */
  readonly from: string;
  readonly to: string;
  readonly groups: readonly {
    readonly name: string;
    readonly bars: readonly ViewBar[];
    readonly sources: readonly Sourced[];
  }[];
}

export interface Overview {
  readonly asOf: string;
  readonly dataAsOf: string;
  readonly tables: readonly ViewTable[];
  readonly timeline: ViewTimeline;
  /** Caches of the workspace for which no row speaks, and why. */
  readonly elsewhere: readonly (ViewPlace & { readonly why: string })[];
  /** Id of the table that concerns this workspace most. */
  readonly first: string;
}
