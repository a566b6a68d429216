// Every case in every version of Mastodon in this process, and in one version each through the built program.
import assert from "node:assert/strict";
import path from "node:path";
import { ROOT } from "../support/build.ts";
import { checkJson } from "../support/cli.ts";
import { checkDisk } from "../support/inProcess.ts";
import { must } from "../support/must.ts";
import { assertCase, COLUMNS, readCases } from "./cases.ts";

for (const group of ["compose", "other"]) {
  describe(`conformance: ${group}`, () => {
    for (const [index, wanted] of readCases(group).entries()) {
      for (const column of COLUMNS) {
        it(`${wanted.id} with Mastodon ${column}: ${wanted.title}`, () => {
          const { json, texts } = checkDisk(wanted.folder, wanted.files, { settings: { apps: { mastodon: column } } });
          assertCase(wanted, column, json.files, texts);
        });
      }

      const column = must(COLUMNS[index % COLUMNS.length]);
      it(`${wanted.id} through the program with Mastodon ${column}`, () => {
        const folder = path.relative(ROOT, wanted.folder);
        const { json, status, stderr } = checkJson([folder, "--app", `mastodon@${column}`], { cwd: ROOT });
        assert.equal(stderr, "");
        assert.equal(status, json.summary.error > 0 ? 1 : 0);
        const { texts } = checkDisk(wanted.folder, wanted.files);
        const inside = (file: string): string => path.posix.relative(folder, file);
        const files = json.files.map((file) => ({
          ...file,
          path: inside(file.path),
          findings: file.findings.map((finding) => ({
            ...finding,
            fixes: finding.fixes.map((fix) => ({
              ...fix,
              edits: fix.edits.map((edit) => ({ ...edit, path: inside(edit.path) })),
            })),
          })),
        }));
        for (const file of files) assert.deepEqual(file.apps.mastodon, { version: column, from: "flag" });
        assertCase(wanted, column, files, texts);
      });
    }
  });
}
