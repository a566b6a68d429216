/** A Bitnami image that was told to start without a password. */
import { isPublishedOnAll } from "../../documents/serviceNetwork.ts";
import { placeOf } from "../../documents/written.ts";
import { isBitnami } from "../../model/stack/bitnamiSettings.ts";
import type { StackDraft, StackRule } from "../stack/rule.ts";

const GUARDS = ["PASSWORD", "PASSWORD_FILE", "ACLFILE", "ACLFILE_FILE"].flatMap((name) => [
  `REDIS_${name}`,
  `VALKEY_${name}`,
]);

export const allowEmptyPassword: StackRule = {
  meta: {
    id: "bitnami/allow-empty-password",
    severity: "warning",
    title: "Empty password allowed",
    sources: [
      { source: "https://github.com/bitnami/containers/blob/main/bitnami/redis/README.md", asOf: "2026-11-20" },
    ],
  },
  ofServer: ({ image, environment, ports, service }, isTold): StackDraft[] => {
    const { variables, isComplete } = environment;
    const variable = variables.get("ALLOW_EMPTY_PASSWORD");
    if (!isBitnami(image.repository.repository) || variable === undefined || !isComplete || !service.isWhole) return [];
    if (!/^(?:yes|true|1)$/i.test(variable.value ?? "")) return [];
    // A password that comes from elsewhere is one, too.
    if (GUARDS.some((name) => variables.has(name) && variables.get(name)?.value !== "")) return [];
    const isOpen = ports?.some(isPublishedOnAll) ?? true;
    if (isOpen && isTold("connection/exposed-server")) return [];
    const message =
      "The server starts without a password, which is meant for development only. Set REDIS_PASSWORD (Valkey: VALKEY_PASSWORD) and remove this line.";
    return [{ at: variable.written === null ? variable.key : placeOf(variable.written), message }];
  },
};
