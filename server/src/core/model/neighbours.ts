/** Which files of a folder may speak for each other. */
import { kindOfName } from "../documents/kind.ts";

/** Databases, proxies and helpers that stand beside a cache in anybody's stack: they tell nothing about the app. */
export const COMPANIONS =
  /(?:^|[/_-])(?:postgres(?:ql)?|pgbouncer|pgvector|mariadb|mysql|elasticsearch|opensearch|meilisearch|nginx|caddy|traefik|haproxy|envoy|minio|tor|privoxy|libretranslate|busybox|alpine|certbot|watchtower|prometheus|grafana|node-exporter|statsd-exporter|cadvisor|pgadmin4?|adminer)(?:$|[:/_-])/;

const DISCOVERED = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"];

/** Files of a folder that may name the app's image: what Compose discovers first, then the other kinds by name. */
export function neighbourNames(names: readonly string[]): string[] {
  const candidates = names.filter((name) => {
    const kind = kindOfName(`/${name}`);
    return (
      kind === "compose" || kind === "dockerfile" || kind === "helm-values" || (kind === null && /\.ya?ml$/i.test(name))
    );
  });
  const rank = (name: string): number => {
    const at = DISCOVERED.indexOf(name);
    if (at >= 0) return at;
    return kindOfName(`/${name}`) === "compose" ? DISCOVERED.length : DISCOVERED.length + 1;
  };
  return candidates.sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}
