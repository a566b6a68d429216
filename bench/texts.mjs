/** Texts of the tree, each as people write them: a number generator and a running number decide what stands in them. */
const CACHES = [
  "redis:7.2-alpine",
  "redis:6.2",
  "valkey/valkey:8.0",
  "redis:latest",
  "redis:7.4.1",
  "docker.dragonflydb.io/dragonflydb/dragonfly:v1.27.1",
];
const WORDS =
  "cache queue user order index session report const return await import value module request handler".split(" ");

const pick = (random, list) => list[Math.floor(random() * list.length)];
const times = (count, make) => Array.from({ length: count }, (_, i) => make(i)).join("");
/** Mostly near the middle, with a long tail. */
const skewed = (random, middle, most) =>
  Math.min(most, Math.max(1, Math.round(middle * Math.exp((random() + random() - 1) * 1.8))));

export function composeText(random, i) {
  const mastodon = i % 15 === 0;
  const services = times(
    skewed(random, 6, 60),
    (s) => `  app-${s}:
    image: ${mastodon && s === 0 ? "ghcr.io/mastodon/mastodon:v4.5.1" : `registry.example.com/team/app-${s}:\${TAG:-1.${s}.0}`}
    restart: unless-stopped
    env_file: .env
    environment:
      - NODE_ENV=production # as everywhere
      - REDIS_URL=redis://cache:6379/${s}
    ports:
      - "${3000 + s}:3000"
    depends_on:
      - cache
`,
  );
  return `# ${pick(random, WORDS)} stack
services:
${services}  cache:
    image: ${pick(random, CACHES)}
    command: redis-server --appendonly yes
    healthcheck:
      test: ["CMD", "redis-cli", "ping"]
      interval: 10s
    volumes:
      - cache:/data
volumes:
  cache: {}
`;
}

export function kubernetesText(random, i) {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: app-${i}
  labels: { app: app-${i} }
spec:
  replicas: 2
  template:
    spec:
      containers:
        - name: app
          image: registry.example.com/team/app:${i}.0
          env:
${times(skewed(random, 6, 40), (n) => `            - name: SETTING_${n}\n              value: "${n}"\n`)}        - name: cache
          image: ${pick(random, CACHES)}
`;
}

export function helmText(random) {
  return `replicaCount: 2
image:
  repository: registry.example.com/team/app
  tag: "1.0.0"
${times(skewed(random, 10, 80), (n) => `section${n}:\n  enabled: true\n  resources: { cpu: 100m, memory: 128Mi }\n`)}redis:
  image:
    repository: redis
    tag: "7.2.4"
`;
}

export function otherYaml(random) {
  return `title: settings\nitems:\n${times(skewed(random, 40, 600), (n) => `  - name: ${pick(random, WORDS)}-${n}\n    text: "${pick(random, WORDS)} of ${pick(random, WORDS)}"\n`)}`;
}

export function envText(random, i) {
  return `# environment ${i}\n${times(skewed(random, 20, 200), (n) => `SETTING_${n}=${pick(random, WORDS)}\n`)}REDIS_URL=redis://cache:6379/0\nREDIS_HOST=cache\n`;
}

export function dockerText(random) {
  return `FROM node:20-alpine AS build\nWORKDIR /srv\n${times(skewed(random, 8, 40), () => `RUN echo ${pick(random, WORDS)}\n`)}FROM ${pick(random, CACHES)}\nCOPY --from=build /srv /srv\n`;
}

export function confText(random) {
  return `# server\nport 6379\nmaxmemory 256mb\nappendonly yes\n${times(skewed(random, 30, 400), (n) => `# ${pick(random, WORDS)} ${n}\nslowlog-max-len ${n}\n`)}`;
}

export function sourceText(random) {
  return times(
    skewed(random, 60, 800),
    (n) =>
      `export const ${pick(random, WORDS)}${n} = (${pick(random, WORDS)}) => ${pick(random, WORDS)}("${pick(random, WORDS)} ${pick(random, WORDS)}");\n`,
  );
}
