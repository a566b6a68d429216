import type { Fix } from "../../finding.ts";
import { releaseOf } from "../../platform/engineUse.ts";
import type { CreatedDatabase } from "../../platform/scriptUse.ts";
import { APTIBLE_PAGE } from "../platform/sources.ts";
import type { Draft, RuleMeta } from "../rule.ts";

/** Rules about a database that a command makes. */
export interface DatabaseRule {
  readonly meta: RuleMeta;
  readonly check: (database: CreatedDatabase, path: string) => Draft | null;
}

export const nordbWithQueue: DatabaseRule = {
  meta: {
    id: "aptible/nordb-with-queue",
    title: "Memory-only flavour under a queue",
    severity: "warning",
    sources: [APTIBLE_PAGE],
  },
  check: ({ use, holdsJobs }) => {
    if (use?.suffix !== "-nordb" || !holdsJobs) return null;
    return {
      span: use.span,
      message: `${use.line}-nordb keeps nothing on disk, and an app here keeps its jobs in this database. They are lost on a restart, on a resize, and when memory runs out. Use ${use.line}-aof.`,
      fixes: flavourFixes(use, "-aof", "append-only file and snapshots"),
    };
  },
};

export const bareVersionIsRdbOnly: DatabaseRule = {
  meta: {
    id: "aptible/bare-version-is-rdb-only",
    title: "Bare version means RDB only",
    severity: "warning",
    sources: [APTIBLE_PAGE],
  },
  check: ({ use, holdsJobs }) => {
    if (use === null || use.suffix !== "" || use.version.minor === null || !holdsJobs) return null;
    return {
      span: use.span,
      message: `The bare version ${use.line} keeps snapshots only, and an app here keeps its jobs in this database: what came after the last snapshot is lost on a restart. ${use.line}-aof adds the append-only file, which is the default of the dashboard. Use ${use.line}-aof.`,
      fixes: flavourFixes(use, "-aof", "append-only file and snapshots"),
    };
  },
};

/** Another flavour is another way to keep data: never applied unseen. */
function flavourFixes(use: NonNullable<CreatedDatabase["use"]>, suffix: string, why: string): Fix[] {
  if (use.replace === null || releaseOf(use) === null) return [];
  return [use.replace(`Use ${use.line}${suffix} (${why})`, `${use.line}${suffix}`, { safe: false, preferred: true })];
}

export const nordbDiskSize: DatabaseRule = {
  meta: {
    id: "aptible/nordb-disk-size",
    title: "Memory-only needs little disk",
    severity: "hint",
    sources: [APTIBLE_PAGE],
  },
  check: ({ use, command: { diskSize } }, path) => {
    const recommended = use?.table.flavours?.find(({ suffix }) => suffix === use.suffix)?.recommendedDiskSizeGb;
    if (recommended === undefined || diskSize?.span == null || !/^\d{1,6}$/.test(diskSize.text)) return null;
    if (Number(diskSize.text) <= recommended) return null;
    const newText = String(recommended);
    return {
      span: diskSize.span,
      message: `A database without persistence holds nothing but its configuration on disk. ${diskSize.text} GB are paid for and stay empty. ${recommended} GB is enough.`,
      fixes: [
        {
          title: `Use ${recommended} GB`,
          safe: false,
          preferred: true,
          edits: [{ path, span: diskSize.span, newText }],
        },
      ],
    };
  },
};

export const REPLICAOF: RuleMeta = {
  id: "aptible/replicaof-not-persisted",
  title: "Promotion is undone at restart",
  severity: "information",
  sources: [APTIBLE_PAGE],
};

export const PROMOTION =
  "At Aptible a replica that is promoted by hand goes back to following its source at the next start. Apps would then write to a replica again. Ask Aptible support to make the promotion permanent, and do not use the old primary again.";

export const DATABASE_RULES: readonly DatabaseRule[] = [bareVersionIsRdbOnly, nordbDiskSize, nordbWithQueue];
