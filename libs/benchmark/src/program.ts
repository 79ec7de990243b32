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
  readonly measure: (tell: (measure: Measure) => void) => Promise<Readonly<Record<string, unknown>>>;
}

const help = ({ name, about }: Benchmark): string => `${about}

usage: npm run ${name} [-- --json] [-- --check]

  --json   one JSON document on standard output instead of a table
  --check  exit code 1 if a figure misses its bound, and a line that says which

Figures belong to the machine and to what else it does; ratios of one run are what can be compared.
`;

function options(benchmark: Benchmark): { json: boolean; check: boolean } | null {
  try {
    const { values } = parseArgs({
      options: {
        json: { type: 'boolean', default: false },
        check: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (!values.help) return values;
    process.stdout.write(help(benchmark));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${benchmark.name}: ${message}\n\n${help(benchmark)}`);
    process.exitCode = 2;
  }
  return null;
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
  });
  if (chosen.json) {
    const machine = { processors: cpus().length, model: cpus()[0]?.model ?? '', node: process.version };
    const figures = measures.map((measure) => ({ ...measure, missed: isMissed(measure) }));
    process.stdout.write(`${JSON.stringify({ ...about, machine, measures: figures }, null, 2)}\n`);
  }
  const missed = missedLines(measures);
  for (const line of missed) process.stderr.write(`${benchmark.name}: ${line}\n`);
  if (chosen.check && missed.length > 0) process.exitCode = 1;
}
