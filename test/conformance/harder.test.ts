// Cases of the same shape as those under `cases/`, drawn into small texts.
import { ANCHORS, EXPRESSIONS, FILES, TAGS, TEXTS } from "./harder/compose.ts";
import { DOCKERFILES, HELM, KUBERNETES, WORKFLOWS } from "./harder/others.ts";
import { assertMarked, type MarkedCase } from "./marked.ts";

const GROUPS: Readonly<Record<string, readonly MarkedCase[]>> = {
  "anchors and services": ANCHORS,
  "several files": FILES,
  expressions: EXPRESSIONS,
  "forms of YAML": TEXTS,
  "tags and repositories": TAGS,
  Dockerfiles: DOCKERFILES,
  Kubernetes: KUBERNETES,
  "Helm values": HELM,
  workflows: WORKFLOWS,
};

for (const [group, cases] of Object.entries(GROUPS)) {
  describe(`conformance, harder: ${group}`, () => {
    for (const wanted of cases) it(`${wanted.id}: ${wanted.why}`, () => assertMarked(wanted));
  });
}
