import type { EnvContext } from "../../../env/context.ts";
import type { EnvLine } from "../../../env/entry.ts";
import { deleteLines } from "../../../env/fixes.ts";
import type { Draft } from "../../rule.ts";
import type { EnvRule } from "../rule.ts";
import { COMPOSE_PRECEDENCE } from "../sources.ts";

export const composeOverridesEnvFile: EnvRule = {
  meta: {
    id: "env/compose-overrides-env-file",
    title: "`environment` beats `env_file`",
    severity: "hint",
    sources: [COMPOSE_PRECEDENCE],
  },
  check: (context) =>
    context.cacheLines.flatMap((line) => {
      const draft = context.isEffective(line) && context.concernsCaches(line.key) ? overruled(context, line) : null;
      return draft === null ? [] : [draft];
    }),
};

function overruled(context: EnvContext, line: EnvLine): Draft | null {
  const all = context.around.overruled?.get(line.key) ?? [];
  const others = all.filter(({ value }) => !line.isLiteral || value !== line.meant);
  if (others.length === 0) return null;
  const services = [...new Set(others.map(({ service }) => service))];
  const isDead = (context.around.services ?? []).every((service) => services.includes(service));
  const names = services.length === 1 ? `the service ${services[0]}` : `the services ${services.join(", ")}`;
  const effect = isDead ? "This line has no effect." : "This line counts for the others only.";
  return {
    span: line.keySpan,
    message: `\`environment\` of ${names} sets ${line.key}, too, and wins over \`env_file\`. ${effect} Keep one of the two.`,
    related: others.map(({ place, service }) => ({ ...place, message: `This value counts for ${service}.` })),
    fixes:
      isDead && !context.isUsedElsewhere(line.key) ? [deleteLines(context, `Remove this ${line.key}`, [line], {})] : [],
    ...(isDead ? { tag: "unnecessary" as const } : {}),
  };
}
