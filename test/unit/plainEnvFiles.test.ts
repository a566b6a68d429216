// What stands behind `env_file`, read without parsing: the same as the parsed file says, or no answer.
import assert from "node:assert/strict";
import { plainEnvFiles } from "../../server/src/core/documents/envFileNames.ts";

describe("env_file without parsing", () => {
  it("is read from one line and from a list", () => {
    assert.deepEqual(plainEnvFiles("services:\n  a:\n    env_file: .env.production # all\n"), [".env.production"]);
    assert.deepEqual(
      plainEnvFiles(
        "services:\r\n  a:\r\n    env_file:\r\n    - ./a.env\r\n    - 'b.env'\r\n    image: x\r\n  b:\r\n    env_file: \"c\"\r\n",
      ),
      ["./a.env", "b.env", "c"],
    );
    assert.deepEqual(plainEnvFiles("# env_file: x\nservices: {}\n"), []);
  });

  it("has no answer where a line says more than a path", () => {
    for (const value of [
      "[a.env, b.env]",
      "${STAGE}.env",
      "&x a.env",
      "*x",
      "\n      - path: a.env",
      "",
      "|\n      a.env",
      "a b",
    ])
      assert.equal(plainEnvFiles(`services:\n  a:\n    env_file: ${value}\n`), null, value);
    assert.equal(plainEnvFiles("services: {a: {env_file: a.env}}\n"), null);
  });
});
