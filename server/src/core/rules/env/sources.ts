/** Sources that several rules about `.env` files share. */
import type { Sourced } from "../../catalog/tables.ts";

const MASTODON = "https://github.com/mastodon";
const at = (source: string, asOf: string): Sourced => ({ source, asOf });

/** The order of `environment`, `env_file` and what the image sets. */
export const COMPOSE_PRECEDENCE = at(
  "https://docs.docker.com/compose/how-tos/environment-variables/envvars-precedence/",
  "2025-07-02",
);
export const CONFIG_DOCS = at(
  `${MASTODON}/documentation/blob/2903485da54a20f1da5e7dfb8b34712e6196e8f7/content/en/admin/config.md`,
  "2026-07-02",
);
export const SCALING_DOCS = at(
  `${MASTODON}/documentation/blob/2903485da54a20f1da5e7dfb8b34712e6196e8f7/content/en/admin/scaling.md`,
  "2026-07-02",
);
/** The class of 4.4 and newer. */
export const CONFIGURATION = at(
  `${MASTODON}/mastodon/blob/e824178f60a52c32993362b22cf27d6775e7ad9b/lib/mastodon/redis_configuration.rb`,
  "2026-11-20",
);
/** The class of 4.3. */
export const CONFIGURATION_4_3 = at(
  `${MASTODON}/mastodon/blob/037e777698d9707f8166a32212d864f76168b65b/lib/mastodon/redis_configuration.rb`,
  "2026-11-20",
);
/** The code up to 4.2. */
export const CONFIG_4_2 = at(
  `${MASTODON}/mastodon/blob/041955aa72d9b295b0fa7d63871861ce24282771/lib/mastodon/redis_config.rb`,
  "2026-11-20",
);
export const STREAMING = at(`${MASTODON}/mastodon/blob/main/streaming/redis.js`, "2026-11-20");
export const CHANGELOG = at(`${MASTODON}/mastodon/blob/main/CHANGELOG.md`, "2026-06-25");
export const NAMESPACE_MIGRATION = at(
  `${MASTODON}/redis_namespace_migration/blob/47c6bd9757e7a40f7091b5692d78aef992ea8bf2/README.md`,
  "2025-05-05",
);
export const TLS_PULL = at(`${MASTODON}/mastodon/pull/30717`, "2024-06-14");
export const TLS_ISSUE = at(`${MASTODON}/mastodon/issues/19824`, "2022-11-06");
export const HIREDIS_PULL = at(`${MASTODON}/mastodon/pull/38624`, "2026-04-09");

const POSTIZ = "https://github.com/gitroomhq/postiz-app/blob/74b01ada154a177242d558bedc646fcfed100adf";
export const POSTIZ_REDIS = at(`${POSTIZ}/libraries/nestjs-libraries/src/redis/redis.service.ts`, "2026-08-21");
export const POSTIZ_CHECKER = at(
  `${POSTIZ}/libraries/helpers/src/configuration/configuration.checker.ts`,
  "2026-08-21",
);
export const POSTIZ_TREE = at(`${POSTIZ}/`, "2026-08-21");
export const POSTIZ_REFERENCE = at(
  "https://github.com/gitroomhq/postiz-docs/blob/f4a631a3a58ee1b084f8352cd55e960211380c21/self-host/configuration/reference.mdx",
  "2026-08-20",
);
/** The page that lists four cache backends. */
export const POSTIZ_CACHE_PAGE = at("Postiz documentation: caching (page of 2025-01-09)", "2025-01-09");

export const URL_READERS = at("Tried: Ruby 3.1 URI, addressable 2.8.1, Node 20 URL, redis-cli 7.0.15", "2026-11-20");
export const COMPOSE_DOTENV = at(
  "https://github.com/compose-spec/compose-go/blob/e70e961c3a3acebf0800b882f1afb3dbf1fb74a2/dotenv/parser.go",
  "2026-07-21",
);
export const RUBY_DOTENV = at(
  "https://github.com/bkeepers/dotenv/blob/34156bf400cd67387fa6ed9f146778f6a2f5f743/lib/dotenv/parser.rb",
  "2025-12-03",
);
export const NODE_DOTENV = at(
  "https://github.com/motdotla/dotenv/blob/2fc7eac8ad77cbd5f7814355c7fa352dbcf3c358/lib/main.js",
  "2026-08-04",
);
export const PHP_DOTENV = at(
  "https://github.com/vlucas/phpdotenv/blob/0fc66b3a1fe8a630d81052b4f0c2e06c86dfc1a9/src/Parser/EntryParser.php",
  "2026-11-20",
);
/** The last of two equal keys counts since phpdotenv 3.4. */
export const PHP_DUPLICATES = at("https://github.com/vlucas/phpdotenv/issues/386", "2019-11-29");

const LARAVEL = "https://github.com/laravel/laravel/blob/8a119d7f4461c73b47197b80f4cecb3c97796919";
export const LARAVEL_CACHE = at(`${LARAVEL}/config/cache.php`, "2026-01-29");
export const LARAVEL_ENV = at(`${LARAVEL}/.env.example`, "2026-01-29");
export const LARAVEL_PULL = at("https://github.com/laravel/laravel/pull/6188", "2023-11-28");
export const SIDEKIQ = at(
  "https://github.com/sidekiq/sidekiq/blob/1bb4aa06e5aa178a114a5e855f9f3d5c24f6c61b/lib/sidekiq/redis_connection.rb",
  "2026-08-17",
);
export const DJANGO_ENVIRON = at(
  "https://github.com/joke2k/django-environ/blob/df301b607f287df049b4efeda14717fcdbe123b1/environ/environ.py",
  "2023-09-01",
);
