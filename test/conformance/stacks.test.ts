// Whole stacks, harder than those under `cases/workspace`, drawn into small texts.
import { EXPOSURE } from "./harder/stacks/exposure.ts";
import { LOOPBACK, NAMES, NOWHERE } from "./harder/stacks/hosts.ts";
import { SENT, UNWANTED, WANTED } from "./harder/stacks/passwords.ts";
import { DATABASES, PORTS, PUBLISHED_PORTS, TLS } from "./harder/stacks/ports.ts";
import { AGES, POLICIES } from "./harder/stacks/postiz.ts";
import { CACHES, JOBS, PROCESSES, SCRIPTS, TWO_SERVERS } from "./harder/stacks/roles.ts";
import { CONFIGURATIONS, HEALTH, LIMITS, OVERRULED, VOLUMES, WAITING } from "./harder/stacks/services.ts";
import { SHARED_DATA } from "./harder/stacks/sharedData.ts";
import { assertStack, type StackCase } from "./harder/stacks/stackCase.ts";
import { ENV_FILES, INTERPOLATION, MERGED } from "./harder/stacks/values.ts";

const GROUPS: Readonly<Record<string, readonly StackCase[]>> = {
  "names of servers": NAMES,
  "names of nothing": NOWHERE,
  localhost: LOOPBACK,
  "environment files": ENV_FILES,
  interpolation: INTERPOLATION,
  "merged files": MERGED,
  ports: PORTS,
  "published ports": PUBLISHED_PORTS,
  TLS,
  databases: DATABASES,
  "passwords of servers": WANTED,
  "passwords of clients": SENT,
  "passwords for nobody": UNWANTED,
  exposure: EXPOSURE,
  configurations: CONFIGURATIONS,
  "overruled lines": OVERRULED,
  "memory limits": LIMITS,
  "volumes for data": VOLUMES,
  "health checks": HEALTH,
  "waiting for servers": WAITING,
  caches: CACHES,
  "jobs on disk": JOBS,
  "queues of processes": PROCESSES,
  "two servers of Mastodon": TWO_SERVERS,
  "scripts in Dragonfly": SCRIPTS,
  "shared data": SHARED_DATA,
  "policies for Postiz": POLICIES,
  "ages for Postiz": AGES,
};

for (const [group, cases] of Object.entries(GROUPS)) {
  describe(`conformance, stacks: ${group}`, () => {
    for (const wanted of cases) it(`${wanted.id}: ${wanted.why}`, () => assertStack(wanted));
  });
}
