import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import type { Measure } from './measure.ts';
import { isMissed } from './measure.ts';
import { missedLines, tableLine } from './table.ts';

export interface Benchmark {
  /** As npm runs it: `bench:engine`. */
  readonly name: string;
  /** What it measures, in a sentence or more. */
  readonly about: string;
  /**
   * Measures, and tells each figure as soon as it has it. What it gives back goes into the JSON document beside the
   * figures (versions, ids).
   */
  readonly measure: (
    tell: (measure: Measure) => void,
    numbers: Readonly<Record<string, number>>,
  ) => Promise<Readonly<Record<string, unknown>>>;
  /** Options of its own, each a whole number, by name. */
  readonly numbers?: Readonly<Record<string, { about: string; otherwise: number }>>;
}

interface Chosen {
  json: boolean;
  check: boolean;
  numbers: Record<string, number>;
}

const help = ({ name, about, numbers = {} }: Benchmark): string => `${about}

usage: npm run ${name} [-- --json] [-- --check]${Object.keys(numbers)
  .map((option) => ` [-- --${option} N]`)
  .join('')}

  --json   one JSON document on standard output instead of a table
  --check  exit code 1 if a figure misses its bound, and a line that says which
${Object.entries(numbers)
  .map(([option, { about, otherwise }]) => `  --${option} N`.padEnd(11) + `${about} (${otherwise})\n`)
  .join('')}
Figures belong to the machine and to what else it does; ratios of one run are what can be compared.
`;

function options(benchmark: Benchmark): Chosen | null {
  const { numbers = {} } = benchmark;
  try {
    const { values } = parseArgs({
      options: {
        json: { type: 'boolean', default: false },
        check: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
        ...Object.fromEntries(
          Object.entries(numbers).map(([name, { otherwise }]) => [
            name,
            { type: 'string' as const, default: String(otherwise) },
          ]),
        ),
      },
    });
    const { json, check } = values;
    if (!values.help) return { json, check, numbers: wholeNumbers(Object.keys(numbers), values) };
    process.stdout.write(help(benchmark));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${benchmark.name}: ${message}\n\n${help(benchmark)}`);
    process.exitCode = 2;
  }
  return null;
}

function wholeNumbers(
  names: readonly string[],
  values: Readonly<Record<string, unknown>>,
): Record<string, number> {
  return Object.fromEntries(
    names.map((name) => {
      const given = String(values[name]);
      if (!/^\d{1,9}$/.test(given)) throw new Error(`--${name} must be a whole number; got ${given}`);
      return [name, Number(given)];
    }),
  );
}

/**
 * The whole of a benchmark's command line. Exit code 0; with --check 1 if a bound is missed; 2 for a wrong call; what
 * `measure` throws comes out.
 */
export async function runBenchmark(benchmark: Benchmark): Promise<void> {
  const chosen = options(benchmark);
  if (chosen === null) return;
  const measures: Measure[] = [];
  const about = await benchmark.measure((measure) => {
    measures.push(measure);
    if (!chosen.json) process.stdout.write(`${tableLine(measure)}\n`);
  }, chosen.numbers);
  if (chosen.json) {
    const machine = { processors: cpus().length, model: cpus()[0]?.model ?? '', node: process.version };
    const figures = measures.map((measure) => ({ ...measure, missed: isMissed(measure) }));
    process.stdout.write(`${JSON.stringify({ ...about, machine, measures: figures }, null, 2)}\n`);
  }
  const missed = missedLines(measures);
  for (const line of missed) process.stderr.write(`${benchmark.name}: ${line}\n`);
  if (chosen.check && missed.length > 0) process.exitCode = 1;
}
