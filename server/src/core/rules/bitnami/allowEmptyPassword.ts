/** A Bitnami image that was told to start without a password. */
import { isPublishedOnAll, publishedPorts } from "../../documents/serviceFacts.ts";
import type { ServiceRule } from "../services/rule.ts";

const BITNAMI = /\/bitnami(?:legacy|secure)?\/(?:redis|valkey)$/;
const GUARDS = ["PASSWORD", "PASSWORD_FILE", "ACLFILE", "ACLFILE_FILE"].flatMap((name) => [
  `REDIS_${name}`,
  `VALKEY_${name}`,
]);

export const allowEmptyPassword: ServiceRule = {
  meta: {
    id: "bitnami/allow-empty-password",
    severity: "warning",
    title: "Empty password allowed",
    sources: [
      { source: "https://github.com/bitnami/containers/blob/main/bitnami/redis/README.md", asOf: "2026-11-20" },
    ],
  },
  check: ({ image, service, own, environment, lookup, isAlone }, isTold) => {
    const variable = own.get("ALLOW_EMPTY_PASSWORD");
    if (!BITNAMI.test(image.repository.repository) || variable === undefined || environment === null || !isAlone)
      return [];
    if (!/^(?:yes|true|1)$/i.test(variable.value ?? "")) return [];
    // A password that comes from elsewhere is one, too.
    if (GUARDS.some((name) => environment.has(name) && environment.get(name) !== "")) return [];
    const isOpen = publishedPorts(service, lookup)?.some(isPublishedOnAll) ?? true;
    if (isOpen && isTold("connection/exposed-server")) return [];
    const message =
      "The server starts without a password, which is meant for development only. Set REDIS_PASSWORD (Valkey: VALKEY_PASSWORD) and remove this line.";
    return [{ span: variable.written ?? variable.key, message }];
  },
};
