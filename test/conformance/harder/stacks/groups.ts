// All stacks, by what they are about.
import { EXPOSURE } from "./exposure.ts";
import { LOOPBACK, NAMES, NOWHERE } from "./hosts.ts";
import { SENT, UNWANTED, WANTED } from "./passwords.ts";
import { DATABASES, PORTS, PUBLISHED_PORTS, TLS } from "./ports.ts";
import { AGES, POLICIES } from "./postiz.ts";
import { CACHES, JOBS, PROCESSES, SCRIPTS, TWO_SERVERS } from "./roles.ts";
import { CONFIGURATIONS, HEALTH, LIMITS, OVERRULED, VOLUMES, WAITING } from "./services.ts";
import { SHARED_DATA } from "./sharedData.ts";
import type { StackCase } from "./stackCase.ts";
import { ENV_FILES, INTERPOLATION, MERGED } from "./values.ts";

export const STACK_GROUPS: Readonly<Record<string, readonly StackCase[]>> = {
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
