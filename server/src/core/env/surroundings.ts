/**
 * What is known around one `.env` file. Everything comes from outside and everything may be unknown: an unknown fact makes
 * the rules that need it silent, never louder.
 */
import type { Platforms } from "../catalog/platforms.ts";
import type { Place } from "../finding.ts";
import type { Platform } from "../settingValues.ts";
import type { Dialect } from "./dialect.ts";
import type { Process } from "./variables.ts";

/** Somebody who reads the file: a declared or detected app, a framework, or the image of a server (`docker:bitnami/redis`). */
export interface EnvApp {
  readonly app: string;
  /** As declared, without `v`; build metadata of a fork stays (`4.2.10+glitch`). `null`: not known. */
  readonly version: string | null;
}

/** A value that the same process gets from another source: `environment`, another `env_file`. */
export interface OutsideValue {
  /** `null`: set, but nobody can read to what. */
  readonly value: string | null;
  readonly place: Place | null;
}

/** A variable in `environment` of a service that gets this file, too. */
export interface Overruling {
  readonly service: string;
  readonly value: string;
  readonly place: Place;
}

/** A cache server of the same compose project. */
export interface EngineHost {
  readonly host: string;
  readonly engine: string;
  /** Inside the network; `null` where it is not certain. */
  readonly port: number | null;
  /** Where the service begins. */
  readonly place?: Place;
}

export interface LaravelFacts {
  /** From `composer.lock`, else the constraint of `composer.json`; `null`: not readable. */
  readonly major: number | null;
  /** The variable that `config/cache.php` reads for the default store; `null`: not readable. */
  readonly cacheVariable: "CACHE_STORE" | "CACHE_DRIVER" | null;
  /** `config/cache.php` falls back to 127.0.0.1 for Memcached, as the skeleton does. */
  readonly stockMemcachedHost: boolean;
}

export interface EnvSurroundings {
  /** Who certainly reads the file, when that is known; else it is derived from the apps. */
  readonly dialect?: Dialect;
  /** Processes of Mastodon that get this file; `null` or absent: no compose service names it. */
  readonly processes?: ReadonlySet<Process> | null;
  /** A compose service names the file, or it is the `.env` beside a compose file. */
  readonly composeReads?: boolean;
  /** Every source of the processes that get this file was read: what is absent here and there is absent. */
  readonly complete?: boolean;
  /** What those processes get from elsewhere, by name. */
  readonly outside?: ReadonlyMap<string, OutsideValue>;
  /** What `environment` of the services that name the file sets as well, by name: it wins there. */
  readonly overruled?: ReadonlyMap<string, readonly Overruling[]>;
  /** The services that name the file by `env_file`. */
  readonly services?: readonly string[];
  /** Names that compose files fed by this file use in `${...}`. */
  readonly interpolated?: ReadonlySet<string>;
  /** Names that a service of somebody else reads from this very file. */
  readonly readByOthers?: ReadonlySet<string>;
  readonly hosts?: readonly EngineHost[];
  /** docker-compose 1 runs the project, or its file has a `version: '2'` or `'3'` key. */
  readonly oldCompose?: boolean;
  /** `null` or absent: no Laravel app beside the file. */
  readonly laravel?: LaravelFacts | null;
  /** Who runs the cache; absent: nobody knows. */
  readonly platform?: Platform;
  /** Whose hosts are whose; absent: as the tables that come with the program say. */
  readonly hostTable?: Platforms;
  /** A settings module of the workspace calls `env.cache(` or `env.cache_url(` of django-environ. */
  readonly djangoEnviron?: boolean;
}

/** What `config/cache.php` and Composer's files of a Laravel app tell; each text is `null` where it cannot be read. */
export function readLaravel(files: {
  readonly composerJson: string | null;
  readonly composerLock: string | null;
  readonly cacheConfig: string | null;
}): LaravelFacts | null {
  const locked = /"name":\s*"laravel\/framework",\s*"version":\s*"v?(\d+)\./.exec(files.composerLock ?? "")?.[1];
  const asked = /"laravel\/framework"\s*:\s*"[\^~>=\s]*v?(\d+)/.exec(files.composerJson ?? "")?.[1];
  if (locked === undefined && asked === undefined) return null;
  const config = files.cacheConfig;
  const read = /['"]default['"]\s*=>\s*env\(\s*['"](CACHE_STORE|CACHE_DRIVER)['"]/.exec(config ?? "")?.[1];
  return {
    major: Number(locked ?? asked),
    cacheVariable: read === "CACHE_STORE" || read === "CACHE_DRIVER" ? read : null,
    stockMemcachedHost: /env\(\s*['"]MEMCACHED_HOST['"]\s*,\s*['"]127\.0\.0\.1['"]/.test(config ?? ""),
  };
}

/** True for a Python module that hands `CACHE_URL` to django-environ. */
export function usesDjangoEnviron(text: string): boolean {
  return /^[^\S\r\n]*(?:import environ\b|from environ\b)/m.test(text) && /\benv\.cache(?:_url)?\(/.test(text);
}
