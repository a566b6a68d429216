/** Sources that several rules about providers share. */
import type { Sourced } from "../../catalog/tables.ts";

const at = (source: string, asOf: string): Sourced => ({ source, asOf });

/** Versions, dates, flavours, TLS and credentials. */
export const APTIBLE_PAGE = at("Aptible documentation: managed databases, Redis", "2026-11-20");
export const APTIBLE_PROVIDER = at(
  "https://github.com/aptible/terraform-provider-aptible/blob/fa97460dac52aa1aed3249280e6ba9170892dbca/aptible/resource_database_test.go",
  "2026-04-30",
);
export const ELASTICACHE_RELEASES = at(
  "Amazon ElastiCache for Redis OSS release table (endoflife.date page)",
  "2026-11-20",
);
export const ELASTICACHE_VERSIONS = at(
  "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/engine-versions.html",
  "2026-11-20",
);
export const ELASTICACHE_PATCHES = at(
  "https://docs.aws.amazon.com/AmazonElastiCache/latest/red-ug/deprecated-engine-versions.html",
  "2026-11-20",
);
export const ELASTICACHE_ENDPOINTS = at(
  "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Endpoints.html",
  "2026-11-20",
);
export const ELASTICACHE_CONFIGURATION = at(
  "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/RedisConfiguration.html",
  "2026-11-20",
);
export const REPLICATION_GROUP = at(
  "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/elasticache_replication_group",
  "2026-11-20",
);
export const BULLMQ_ELASTICACHE = at(
  "https://github.com/taskforcesh/bullmq/blob/352d3c72bf2bc5ec851630a4cdcba7d44c313ed0/docs/gitbook/guide/redis-tm-hosting/aws-elasticache.md",
  "2026-08-21",
);
export const SIDEKIQ_ADAPTER = at(
  "https://github.com/sidekiq/sidekiq/blob/1bb4aa06e5aa178a114a5e855f9f3d5c24f6c61b/lib/sidekiq/redis_client_adapter.rb",
  "2026-08-17",
);
