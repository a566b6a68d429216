// Whole stacks, harder than those under `cases/workspace`, drawn into small texts.
import { STACK_GROUPS } from "./harder/stacks/groups.ts";
import { assertStack } from "./harder/stacks/stackCase.ts";

for (const [group, cases] of Object.entries(STACK_GROUPS)) {
  describe(`conformance, stacks: ${group}`, () => {
    for (const wanted of cases) it(`${wanted.id}: ${wanted.why}`, () => assertStack(wanted));
  });
}
