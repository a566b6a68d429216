import { replace } from "../../../env/fixes.ts";
import type { EnvRule } from "../rule.ts";
import { DJANGO_ENVIRON } from "../sources.ts";

const APP = "django (django-environ)";

export const cacheUrlScheme: EnvRule = {
  meta: {
    id: "django/cache-url-scheme",
    title: "Unknown cache scheme",
    severity: "warning",
    sources: [DJANGO_ENVIRON],
  },
  check: (context) => {
    const line = context.line("CACHE_URL");
    if (context.around.djangoEnviron !== true || line === undefined || line.isBlank || !line.isLiteral) return [];
    const schemes = context.variables.of(APP, "CACHE_URL")?.schemes ?? [];
    const { scheme } = line.url;
    if (scheme === null || schemes.includes(scheme.text.toLowerCase())) return [];
    const wanted = /^mem/i.test(scheme.text) ? ["pymemcache", "memcache"] : ["redis", "rediss"];
    return [
      {
        span: scheme.span,
        message: `django-environ knows no cache of this scheme and raises an error. Django does not start. Write one of ${schemes.join(", ")}.`,
        fixes: wanted.map((name) => replace(context, `Use ${name}://`, scheme.span, name)),
      },
    ];
  },
};
