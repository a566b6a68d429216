// What stops a server after it has read its configuration: the message then names no line, but a line is the cause.
import { sameIgnoringCase } from "./bytes.ts";
import type { ConfLine } from "./parser.ts";
import type { Trouble } from "./problem.ts";
import { argumentsSpan } from "./read/argument.ts";
import type { ServerState, Setting } from "./read/state.ts";
import type { AskedDirective } from "./read/traces.ts";
import { loadUser } from "./read/userLine.ts";
import { isBefore7, isFrom } from "./target.ts";

export interface Found {
  readonly line: ConfLine;
  readonly trouble: Trouble;
}

type Check = (state: ServerState) => readonly Found[];

/** In the order in which the server meets them. */
export function startupTroubles(state: ServerState): readonly Found[] {
  return CHECKS.flatMap((check) => check(state));
}

const checkReplicaInCluster: Check = (state) => {
  const replica = state.setting("replicaof");
  if (replica === undefined || state.hasInclude || !isYes(state, "cluster-enabled")) return [];
  const [host, port] = replica.args;
  if (sameIgnoringCase(host?.value ?? "", "no") && sameIgnoringCase(port?.value ?? "", "one")) return [];
  return [
    at(
      replica,
      "a node of a cluster cannot be told its master with replicaof",
      "Remove the line, or cluster-enabled yes.",
    ),
  ];
};

/** Redis 7.2 src/server.c: initListeners. Sentinel listens by the same rules. */
const checkListening: Check = (state) => {
  if (state.hasInclude) return [];
  const port = state.setting("port");
  const bind = state.setting("bind");
  const hasSocket = state.value("unixsocket") !== "";
  const isOff = isZero(state.value("port")) && port !== undefined && isZero(state.value("tls-port"));
  if (isOff && !hasSocket) return [at(port, "with port 0, no tls-port and no unixsocket the server listens nowhere")];
  const hasNoAddress =
    bind !== undefined && (bind.args.length === 0 || (bind.args.length === 1 && bind.args[0]?.value === ""));
  if (hasNoAddress && !hasSocket)
    return [at(bind, "without an address and without a unixsocket the server listens nowhere")];
  return [];
};

const LONGEST_SOCKET_PATH = 107;

/** Redis 7.0 src/anet.c: anetUnixServer. */
const checkSocketPath: Check = (state) => {
  const socket = state.setting("unixsocket");
  const path = socket?.args[0]?.value ?? "";
  if (socket === undefined || path.length <= LONGEST_SOCKET_PATH || isBefore7(state.version)) return [];
  return [at(socket, `the path has ${path.length} bytes, and a Unix socket takes at most ${LONGEST_SOCKET_PATH}`)];
};

const HIGHEST_CLUSTER_PORT = 55535;

/** Redis 7.2 src/cluster.c: clusterInit. The bus listens 10000 above the port. */
const checkClusterPort: Check = (state) => {
  if (state.mode === "sentinel" || state.hasInclude || !isYes(state, "cluster-enabled")) return [];
  if (!isBefore7(state.version) && !isZero(state.value("cluster-port"))) return [];
  const name = isYes(state, "tls-cluster") ? "tls-port" : "port";
  const port = state.setting(name);
  if (port === undefined || Number(state.value(name)) <= HIGHEST_CLUSTER_PORT) return [];
  return [
    at(port, `a cluster node needs a port of at most ${HIGHEST_CLUSTER_PORT}, because its bus listens 10000 higher`),
  ];
};

/** Redis 7.2 src/cluster.c: clusterLockConfig opens the file. Valkey refuses the empty name at its line. */
const checkClusterFile: Check = (state) => {
  const file = state.setting("cluster-config-file");
  if (file === undefined || state.mode === "sentinel" || state.hasInclude || !isYes(state, "cluster-enabled"))
    return [];
  return file.args[0]?.value === "" ? [at(file, "the name of the file for the state of the cluster is empty")] : [];
};

/** Redis 7.2 src/tls.c: tlsConfigure, as far as it looks at the settings and not at the files. */
const checkCertificates: Check = (state) => {
  if (state.hasInclude) return [];
  const tlsPort = state.setting("tls-port");
  const users = [
    tlsPort !== undefined && !isZero(state.value("tls-port")) ? tlsPort : undefined,
    isYes(state, "tls-replication") ? state.setting("tls-replication") : undefined,
    isYes(state, "tls-cluster") ? state.setting("tls-cluster") : undefined,
  ].filter((one) => one !== undefined);
  const cause = users[0];
  if (cause === undefined) return [];
  const needsCa =
    state.version.line === "6.0" ||
    users.length > 1 ||
    cause !== tlsPort ||
    !sameIgnoringCase(state.value("tls-auth-clients"), "no");
  const hasCa = state.value("tls-ca-cert-file") !== "" || state.value("tls-ca-cert-dir") !== "";
  const hasKeyPair = state.value("tls-cert-file") !== "" && state.value("tls-key-file") !== "";
  if (hasKeyPair && (hasCa || !needsCa)) return [];
  // The server names the first that is missing; all are told at once, so that mending one brings up no other.
  const needed = needsCa
    ? "tls-cert-file, tls-key-file, and tls-ca-cert-file or tls-ca-cert-dir"
    : "tls-cert-file and tls-key-file";
  return [at(cause, `TLS is switched on, but not all that it needs is set: ${needed}`)];
};

/** The official builds have no RDMA, and the process aborts. Valkey 8.1 src/server.c: initListeners. */
const checkRdma: Check = (state) => {
  const port = state.setting("rdma-port");
  if (port === undefined || isZero(state.value("rdma-port"))) return [];
  return [at(port, "the server is not built with RDMA")];
};

/** Redis 8.2 src/module.c: a bad value for the built-in vector sets fails an assertion. */
const checkBuiltInModules: Check = (state) => {
  const found: Found[] = [];
  for (const [directive, setting] of state.settings) {
    const known = state.table.find(directive.name, state.version);
    const value = setting.args[0]?.value ?? "";
    if (known?.variant.rule !== "built-in-module") continue;
    const isYesOrNo = sameIgnoringCase(value, "yes") || sameIgnoringCase(value, "no");
    if (state.mode === "sentinel" || (isYesOrNo && setting.args.length === 1)) continue;
    found.push(at(setting, "only yes and no are values of this setting, and the server aborts on others"));
  }
  return found;
};

const checkUnclaimed: Check = (state) => state.unclaimed;

/** Redis 7.2 src/acl.c: ACLLoadUsersAtStartup. */
const checkUsers: Check = (state) => {
  const found = state.userLines.flatMap((kept) => {
    const trouble = loadUser(kept, state);
    return trouble === null ? [] : [{ line: kept.line, trouble }];
  });
  const file = state.setting("aclfile");
  const user = state.userLines[0];
  if (file === undefined || user === undefined || file.args[0]?.value === "") return found;
  return [
    ...found,
    {
      line: file.line,
      trouble: {
        rule: "conf/invalid-value",
        span: argumentsSpan(file.line.words),
        what: "users stand in this file and in an aclfile, and only one of the two is possible",
        related: [{ span: user.line.span, line: user.line, message: "A user of this file" }],
      },
    },
  ];
};

const CHECKS: readonly Check[] = [
  checkReplicaInCluster,
  checkCertificates,
  checkSocketPath,
  checkListening,
  checkRdma,
  checkClusterPort,
  checkClusterFile,
  checkBuiltInModules,
  checkUnclaimed,
  checkUsers,
];

/** 6.x looks for replicaof in a cluster while reading, and names the line of replicaof. */
export function isNumberedLate(state: ServerState, found: Found): boolean {
  return !isFrom(state.version, { redis: "7.0", valkey: "7.2" }) && found.line === state.setting("replicaof")?.line;
}

function at(setting: Setting, what: string, advice?: string): Found {
  const trouble: Trouble = { rule: "conf/invalid-value", span: argumentsSpan(setting.line.words), what };
  return { line: setting.line, trouble: advice === undefined ? trouble : { ...trouble, advice } };
}

function isYes(state: ServerState, name: AskedDirective): boolean {
  return sameIgnoringCase(state.value(name), "yes");
}

/** Also where the version has no such directive. */
function isZero(value: string): boolean {
  return value === "" || /^0+$/.test(value);
}
