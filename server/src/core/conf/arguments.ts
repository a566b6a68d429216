import { argumentAt, type CommandLine, readCommandLine } from "./commandLine.ts";
import { commonProblems } from "./common.ts";
import { parseConf } from "./parser.ts";
import type { ConfProblem } from "./problem.ts";
import type { Refusal } from "./refusals.ts";
import { type Candidate, candidates } from "./target.ts";
import { dialectOf, refusalsFor, type VerdictOptions, type VerdictTables } from "./verdict.ts";

export interface ArgumentProblem extends ConfProblem {
  /** Index of the argument to blame; `null`: the cause stands in the file, and `span` lies there. */
  readonly argument: number | null;
}

export interface ArgumentOptions extends VerdictOptions {
  /** Text of the file that the arguments name; `null` = it is not known what the file holds. */
  readonly file: string | null;
}

/**
 * Judges the command line of a server, the program's name left out. Its options are lines that stand behind those of the file, after an
 * empty one. Redis 7.2 src/config.c: loadServerConfig.
 */
export function judgeArguments(
  args: readonly string[],
  options: ArgumentOptions,
  tables: VerdictTables,
): readonly ArgumentProblem[] {
  const possible = candidates(options.target);
  const readings = new Map(possible.map((candidate) => [candidate, new Reading(args, candidate, options)]));
  const problems = commonProblems(
    possible,
    (candidate) => readings.get(candidate)?.refusals(tables) ?? [],
    ({ line }, candidate) => {
      const argument = readings.get(candidate)?.argumentAt(line.span.start) ?? null;
      // Arguments count up from 0, places in the file down from -1.
      return argument ?? -1 - line.span.start;
    },
  );
  const newest = possible[0] && readings.get(possible[0]);
  return problems.map((problem) => {
    const argument = newest?.argumentAt(problem.span.start) ?? null;
    return { ...problem, argument, fixes: argument === null ? problem.fixes : [] };
  });
}

/** The arguments as one version reads them. */
class Reading {
  readonly #candidate: Candidate;
  readonly #options: ArgumentOptions;
  readonly #commandLine: CommandLine;
  readonly #fileText: string;

  constructor(args: readonly string[], candidate: Candidate, options: ArgumentOptions) {
    this.#candidate = candidate;
    this.#options = options;
    this.#commandLine = readCommandLine(args, candidate.version);
    this.#fileText = this.#commandLine.file === null ? "" : (options.file ?? "");
  }

  refusals(tables: VerdictTables): readonly Refusal[] {
    const { file, options: written, readsStandardInput } = this.#commandLine;
    if (written === null) return [];
    const whole = written.text === "" ? this.#fileText : `${this.#fileText}\n${written.text}`;
    const isSentinel = this.#commandLine.isSentinel || this.#options.mode === "sentinel";
    const isKnown = !readsStandardInput && (file === null || this.#options.file !== null);
    const verdict: VerdictOptions = {
      ...this.#options,
      mode: isSentinel ? "sentinel" : "server",
      isWhole: this.#options.isWhole && isKnown,
    };
    const refusals = refusalsFor(parseConf(whole, dialectOf(this.#candidate)), this.#candidate, verdict, tables);
    return isSentinel && file === null ? [...refusals, sentinelWithoutFile()] : refusals;
  }

  argumentAt(offset: number): number | null {
    const inOptions = offset - this.#fileText.length - 1;
    return inOptions < 0 || this.#commandLine.options === null
      ? null
      : argumentAt(this.#commandLine.options, inOptions);
  }
}

/** Redis 7.2 src/sentinel.c: sentinelCheckConfigFile. */
function sentinelWithoutFile(): Refusal {
  const span = { start: 0, end: 0 };
  return {
    line: { number: 1, span, words: [], broken: null },
    trouble: {
      rule: "conf/wrong-number-of-arguments",
      span,
      what: "a Sentinel needs a configuration file that it can write to",
    },
    stage: "startup",
    reportedLine: null,
  };
}
