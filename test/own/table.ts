// An organisation's own table, as small as it can be, and what tests change in it.
export interface TableOptions {
  readonly cell?: string;
  readonly end?: string | boolean | null;
  readonly engine?: string;
}

/** Web Shop 3.2 with Redis 7.2 and 8.2; a private repository; a calendar of its own for Valkey 8.1. */
export function ownTable({ cell = "unsupported", end = "2026-10-31", engine = "redis" }: TableOptions = {}): string {
  const read = { source: "https://wiki.example.com/caches", asOf: "2026-11-02" };
  return JSON.stringify(
    {
      organisation: "Example Corp",
      apps: [
        {
          app: "web-shop",
          name: "Web Shop",
          matrix: {
            columns: ["3.2"],
            rows: [
              { engine: "redis", label: "8.2", range: ">=8.2.0 <8.3.0", cells: { "3.2": "supported" }, ...read },
              { engine: "redis", label: "7.2", range: ">=7.2.0 <7.3.0", cells: { "3.2": cell }, ...read },
            ],
          },
          detection: { image: "^registry\\.example\\.com/team/front$", ...read },
        },
      ],
      products: [{ product: "valkey", releases: [{ cycle: "8.1", endOfLife: end, ...read }] }],
      repositories: [{ repository: "registry.example.com/base/cache", engine, ...read }],
    },
    null,
    2,
  );
}

export const PROJECT = JSON.stringify({ apps: { "web-shop": "3.2" }, data: ["tables/caches.json"] });
