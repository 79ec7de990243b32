import { parseArgs } from 'node:util';
import { Engine, EngineError } from '@arena/engine';
import { type Measure, measureAll } from './measures.ts';

const HELP = `Measures tapes: size of the file, cost of the digests, seeking.

usage: npm run bench:tape [-- --json] [-- --check]

  --json   one JSON document on standard output instead of a table
  --check  exit code 1 when a measure is not within its bound
`;

const holds = ({ value, must }: Measure): boolean => must === undefined || value <= must.most;
const rounded = (value: number): string =>
  value.toLocaleString('en-US', { maximumFractionDigits: value < 10 ? 2 : value < 100 ? 1 : 0 });

function table(measures: readonly Measure[]): string {
  const lines = measures.map((measure) => {
    const { name, value, unit, must } = measure;
    const bound = must === undefined ? '' : `  ${holds(measure) ? '✓' : '✗'} at most ${rounded(must.most)}`;
    return `${name.padEnd(32)}${rounded(value).padStart(10)} ${unit.padEnd(6)}${bound}`;
  });
  return lines.map((line) => line.trimEnd()).join('\n');
}

function options(): { json: boolean; check: boolean } | null {
  try {
    const { values } = parseArgs({
      options: {
        json: { type: 'boolean', default: false },
        check: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (!values.help) return values;
    console.log(HELP);
  } catch (error) {
    console.error(`bench:tape: ${error instanceof Error ? error.message : String(error)}\n\n${HELP}`);
    process.exitCode = 2;
  }
  return null;
}

const chosen = options();
if (chosen !== null) {
  try {
    const engine = await Engine.load();
    const measures = await measureAll(engine);
    console.log(chosen.json ? JSON.stringify({ engine: engine.id, measures }, null, 2) : table(measures));
    if (chosen.check && !measures.every(holds)) process.exitCode = 1;
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    console.error(`bench:tape: ${error.message}`);
    process.exitCode = 1;
  }
}
