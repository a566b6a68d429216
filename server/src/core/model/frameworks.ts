/** Frameworks that read cache variables by convention, told by the files of an app beside its `.env`. */
import { type EnvApp, type LaravelFacts, readLaravel, usesDjangoEnviron } from "../env/index.ts";
import type { FileSource } from "../files.ts";
import { resolvePath } from "../paths.ts";

/** `null`: no Laravel app here. */
export function laravelAt(folder: string, files: FileSource): LaravelFacts | null {
  if (!(files.list(folder) ?? []).includes("composer.json")) return null;
  const read = (path: string): string | null => files.read(resolvePath(folder, path)) ?? null;
  return readLaravel({
    composerJson: read("composer.json"),
    composerLock: read("composer.lock"),
    cacheConfig: read("config/cache.php"),
  });
}

export function frameworksAt(folder: string, files: FileSource, laravel: LaravelFacts | null): EnvApp[] {
  const names = new Set(files.list(folder) ?? []);
  const read = (name: string): string => (names.has(name) ? (files.read(resolvePath(folder, name)) ?? "") : "");
  const apps: EnvApp[] = [];
  const add = (app: string, version: string | null = null): void => {
    apps.push({ app, version });
  };
  if (laravel !== null) add("laravel", laravel.major === null ? null : String(laravel.major));
  if (dependsOn(read("package.json"), "bullmq")) add("bullmq");
  const gems = read("Gemfile");
  if (/^[^\S\r\n]*gem\s+["']sidekiq["']/m.test(gems)) add("sidekiq");
  if (/^[^\S\r\n]*gem\s+["']rails["']/m.test(gems)) add("rails");
  if (/^[^\S\r\n]*gem\s+["']dalli["']/m.test(gems)) add("rails (dalli)");
  const python = read("requirements.txt") + read("pyproject.toml") + read("Pipfile");
  if (/^\W*django\b/im.test(python)) add("django (settings convention)");
  if (/^\W*celery\b/im.test(python)) add("django/celery");
  return apps;
}

/** What only developers use does not count: it does not run where the file is read. */
function dependsOn(packageJson: string, name: string): boolean {
  if (!packageJson.includes(name)) return false;
  try {
    const read: unknown = JSON.parse(packageJson);
    const dependencies: unknown =
      typeof read === "object" && read !== null && "dependencies" in read && read.dependencies;
    return typeof dependencies === "object" && dependencies !== null && Object.hasOwn(dependencies, name);
  } catch {
    return false;
  }
}

/** True when the settings of a Django app here hand `CACHE_URL` to django-environ: `settings.py`, or what `manage.py` names. */
export function djangoEnvironAt(folder: string, files: FileSource): boolean {
  const names = new Set(files.list(folder) ?? []);
  const read = (path: string): string => files.read(resolvePath(folder, path)) ?? "";
  if (names.has("settings.py") && usesDjangoEnviron(read("settings.py"))) return true;
  if (!names.has("manage.py")) return false;
  const module = /DJANGO_SETTINGS_MODULE["'],\s*["']([\w.]+)["']/.exec(read("manage.py"))?.[1];
  if (module === undefined) return false;
  const path = module.replaceAll(".", "/");
  return [`${path}.py`, `${path}/__init__.py`, `${path}/base.py`].some((candidate) =>
    usesDjangoEnviron(read(candidate)),
  );
}
