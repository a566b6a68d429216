// Configurations as people might get them wrong, for properties and for a real server.
import fc from "fast-check";
import {
  builtInDirectives,
  type DirectiveRecord,
  type VariantRecord,
} from "../../server/src/core/conf/directiveTable.ts";
import { SERVER_VERSIONS, type ServerVersion } from "../../server/src/core/conf/target.ts";

const table = builtInDirectives();

export function versionOf(engine: string, line: string): ServerVersion | undefined {
  return SERVER_VERSIONS.find((version) => version.engine === engine && version.line === line);
}

const number = fc.oneof(
  fc.integer({ min: -3, max: 20 }).map(String),
  fc.bigInt({ min: -(2n ** 65n), max: 2n ** 65n }).map(String),
  fc.constantFrom(
    "0",
    "-0",
    "+1",
    "007",
    "1.5",
    "1e3",
    "0x10",
    "65535",
    "65536",
    "2147483647",
    "2147483648",
    "4294967296",
  ),
  fc.constantFrom(
    "9223372036854775807",
    "9223372036854775808",
    "18446744073709551615",
    "18446744073709551616",
    "-1",
    " 1",
    "1 ",
  ),
);
const memory = fc
  .tuple(number, fc.constantFrom("", "b", "k", "kb", "K", "mB", "gb", "GB", "t", "tb", "mib", "%", " mb", "x"))
  .map(([amount, unit]) => `${amount}${unit}`);
const truth = fc.constantFrom("yes", "no", "YES", "No", "true", "1", "on", "", "maybe", "y");
const text = fc.oneof(
  fc.constantFrom(
    "",
    "a",
    "a b",
    "a/b",
    "10.0.0.1",
    "::1",
    "host.example",
    "#x",
    "{title} x",
    "{port}",
    "{nope}",
    "ä",
    "a=b",
  ),
  fc.string({ unit: "binary-ascii", maxLength: 6 }).map((written) => written.replace(/[\n\0]/g, " ")),
);
const special = fc.constantFrom(
  "900",
  "1",
  "60",
  "0",
  "-1",
  "x",
  "",
  "normal",
  "pubsub",
  "master",
  "no",
  "one",
  "KEA",
  "Kx",
  "99.9",
  "101",
  "nan",
);
const user = fc.constantFrom(
  ...[
    "alice",
    "on",
    "off",
    "nopass",
    ">p",
    "<p",
    "~*",
    "~a",
    "&*",
    "&a",
    "+@all",
    "-@all",
    "+get",
    "+config|get",
    "-config|set",
  ],
  ...[
    "+nosuch",
    "+@nosuch",
    "(+get ~a)",
    "(+get",
    "~b)",
    "allkeys",
    "resetkeys",
    "%R~x",
    "%~x",
    "#abc",
    "reset",
    "resetchannels",
    "",
  ],
);
const command = fc.constantFrom(
  "config",
  "CONFIG",
  "get",
  "flushall",
  "nosuch",
  "",
  "a",
  "set",
  "config|get",
  "get|x",
  "vadd",
);

function valuesFor(variant: VariantRecord): fc.Arbitrary<string> {
  const any = fc.oneof(number, memory, truth, text);
  const fitting = ((): fc.Arbitrary<string> => {
    switch (variant.kind) {
      case "boolean":
        return truth;
      case "enum":
      case "enum-set":
        return fc.constantFrom(...(variant.values ?? ["x"]));
      case "integer":
      case "octal":
        return number;
      case "memory":
      case "signed-memory":
      case "memory-or-percent":
        return memory;
      case "string":
        return text;
      default:
        return variant.rule === "user" ? user : variant.rule === "rename-command" ? command : special;
    }
  })();
  const inRange = fc.constantFrom(
    ...[variant.default, variant.min, variant.max].filter((one) => one !== undefined).map(String),
    "1",
  );
  return fc.oneof({ weight: 4, arbitrary: fitting }, { weight: 4, arbitrary: inRange }, { weight: 1, arbitrary: any });
}

const quoted = (value: string): fc.Arbitrary<string> => {
  const double = `"${value.replace(/[\\"]/g, "\\$&")}"`;
  const single = `'${value.replace(/'/g, "\\'")}'`;
  const bare = /^$|[\s"'\\]/.test(value) ? double : value;
  return fc.oneof(
    { weight: 12, arbitrary: fc.constant(bare) },
    { weight: 3, arbitrary: fc.constantFrom(double, single) },
    { weight: 1, arbitrary: fc.constantFrom(value, `${bare}"`, `${double}x`, `\\x41${bare}`, `"\\x41"`) },
  );
};

const blank = fc.oneof(
  { weight: 30, arbitrary: fc.constantFrom(" ", "  ", "\t") },
  { weight: 1, arbitrary: fc.constant("\v") },
);

function lineOf(directive: DirectiveRecord, version: ServerVersion): fc.Arbitrary<string> {
  const spelling = directive.variants.flatMap((variant) => [
    variant.name ?? directive.name,
    ...(variant.aliases ?? []),
  ]);
  const name = fc
    .constantFrom(...spelling)
    .chain((one) =>
      fc.oneof(
        { weight: 30, arbitrary: fc.constant(one) },
        { weight: 3, arbitrary: fc.constant(one.toUpperCase()) },
        { weight: 1, arbitrary: fc.constant(`${one}x`) },
      ),
    );
  const known = directive.variants.find(
    (variant) => table.find(variant.name ?? directive.name, version)?.variant === variant,
  );
  const variant = known ?? (directive.variants[0] as VariantRecord);
  const [fewest, most] = variant.args ?? [1, 1];
  const fitting = fc.integer({ min: fewest, max: Math.min(most ?? fewest + 4, fewest + 4) });
  const count = fc.oneof({ weight: 9, arbitrary: fitting }, { weight: 1, arbitrary: fc.integer({ min: 0, max: 5 }) });
  const values = count.chain((length) =>
    fc.array(valuesFor(variant).chain(quoted), { minLength: length, maxLength: length }),
  );
  const comment = fc.oneof(
    { weight: 14, arbitrary: fc.constant("") },
    { weight: 1, arbitrary: fc.constant(" # note") },
  );
  return fc.tuple(name, values, blank, comment).map(([one, words, space, note]) => [one, ...words].join(space) + note);
}

const other = fc.constantFrom(
  "",
  "# comment",
  "  # indented",
  "\t",
  "nosuch 1",
  "nosuch",
  "foo.bar 1",
  "foo.bar",
  '""',
  "port=1",
  "sentinel monitor a b 1 1",
);

/** Lines about the directives that `isWanted` lets pass, as far as possible for that version. */
export function configuration(
  version: ServerVersion,
  isWanted: (name: string) => boolean = () => true,
): fc.Arbitrary<string> {
  const isKnown = ({ variants, name }: DirectiveRecord): boolean =>
    variants.some((variant) => table.find(variant.name ?? name, version) !== null);
  const wanted = table.directives.filter(({ name }) => isWanted(name));
  const lines = wanted.filter(isKnown).map((directive) => lineOf(directive, version));
  const elsewhere = wanted.filter((directive) => !isKnown(directive)).map((directive) => lineOf(directive, version));
  const isSpecial = ({ variants }: DirectiveRecord): boolean =>
    variants.some(({ kind, rule }) => kind === "special" || rule !== undefined);
  const hard = wanted
    .filter((directive) => isKnown(directive) && isSpecial(directive))
    .map((directive) => lineOf(directive, version));
  const line = fc.oneof(
    { weight: 12, arbitrary: fc.oneof(...lines) },
    { weight: 10, arbitrary: fc.oneof(...hard) },
    ...(elsewhere.length === 0 ? [] : [{ weight: 1, arbitrary: fc.oneof(...elsewhere) }]),
    { weight: 1, arbitrary: other },
  );
  const ending = fc.constantFrom("\n", "\n", "\r\n");
  return fc.tuple(fc.array(line, { maxLength: 6 }), ending).map(([all, end]) => all.map((one) => one + end).join(""));
}
