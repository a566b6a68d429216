// Whole stacks, harder than those under `cases/workspace`, drawn into small texts.
import { LOOPBACK, NAMES, NOWHERE } from "./harder/stacks/hosts.ts";
import { assertStack, type StackCase } from "./harder/stacks/stackCase.ts";

const GROUPS: Readonly<Record<string, readonly StackCase[]>> = {
  "names of servers": NAMES,
  "names of nothing": NOWHERE,
  localhost: LOOPBACK,
};

for (const [group, cases] of Object.entries(GROUPS)) {
  describe(`conformance, stacks: ${group}`, () => {
    for (const wanted of cases) it(`${wanted.id}: ${wanted.why}`, () => assertStack(wanted));
  });
}
