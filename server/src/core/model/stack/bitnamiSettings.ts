/** Settings that the Bitnami images make of their variables (bitnami/containers, README of redis and valkey). */
import type { ServiceEnvironment, ServiceVariable } from "../../documents/serviceVariables.ts";
import { placeOf } from "../../documents/written.ts";
import { portNumber, type ServerSettings, type Setting, UNKNOWN_SETTINGS, USUAL_PORT } from "./settings.ts";

const BITNAMI = /\/bitnami(?:legacy|secure)?\/(redis|valkey)$/;
/** Whatever these say is not read here. */
const OPEN = ["EXTRA_FLAGS", "CONF_FILE", "OVERRIDES_FILE", "BASE_DIR", "MASTER_HOST", "PRIMARY_HOST"];
const YES = /^(?:yes|true|1)$/i;

export function isBitnami(repository: string): boolean {
  return BITNAMI.test(repository);
}

/** Where the images keep their data. */
export function bitnamiDataPath(repository: string): string | null {
  const engine = BITNAMI.exec(repository)?.[1];
  return engine === undefined ? null : `/bitnami/${engine}/data`;
}

export function bitnamiSettings(repository: string, environment: ServiceEnvironment): ServerSettings {
  const prefix = BITNAMI.exec(repository)?.[1] === "valkey" ? "VALKEY_" : "REDIS_";
  const { variables, isComplete } = environment;
  if (!isComplete || OPEN.some((name) => variables.has(prefix + name))) return UNKNOWN_SETTINGS;
  const variable = (name: string): ServiceVariable | undefined => variables.get(prefix + name);
  const isOn = (name: string, usual: boolean): boolean | null => {
    const found = variable(name);
    return found === undefined ? usual : found.value === null ? null : YES.test(found.value);
  };
  const port = (name: string): Setting<number> | null => {
    const found = variable(name);
    if (found === undefined) return { value: USUAL_PORT, place: null };
    const value = found.value === null ? null : portNumber(found.value);
    return value === null ? null : { value, place: placeOfVariable(found) };
  };
  const tls = isOn("TLS_ENABLED", false);
  const hasUsers = variables.has(`${prefix}ACLFILE`) || variables.has(`${prefix}ACLFILE_FILE`);
  return {
    ...UNKNOWN_SETTINGS,
    // With TLS and one port for both the plain one goes away.
    port: tls === false ? port("PORT_NUMBER") : null,
    tlsPort: tls === null ? null : tls ? port("TLS_PORT_NUMBER") : { value: 0, place: null },
    password: passwordOf(variable("PASSWORD"), variables.has(`${prefix}PASSWORD_FILE`)),
    hasUsers: hasUsers ? null : false,
    databases: { value: 16, place: null },
    appendOnly: isOn("AOF_ENABLED", true),
    snapshots: variables.has(`${prefix}RDB_POLICY`) || variables.has(`${prefix}RDB_POLICY_DISABLED`) ? null : true,
  };
}

function placeOfVariable({ written, key }: ServiceVariable): Setting<unknown>["place"] {
  return written === null ? key : placeOf(written);
}

function passwordOf(variable: ServiceVariable | undefined, isInFile: boolean): Setting<string> | null {
  if (isInFile) return null;
  if (variable === undefined) return { value: "", place: null };
  return variable.value === null ? null : { value: variable.value, place: placeOfVariable(variable) };
}
