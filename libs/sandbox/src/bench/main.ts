/** `npm run bench:sandbox`: what a sandbox costs beside a plain child process. */
import { parseArgs } from 'node:util';
import { Sandbox } from '../sandbox.ts';
import { leaks, median, startMs, stepsInPlainChild, stepsInSandbox } from './measure.ts';

const HELP = `What a sandbox costs: its start, a step, and what 500 in a row leave behind.

usage: npm run bench:sandbox [-- options]

  --json    one JSON document on standard output
  --check   ends with 1 if a figure misses its bound (meant for a machine that does nothing else)`;

const STARTS = 40;
const ROUNDS = 9;
const STEPS = 3000;
const IN_A_ROW = 500;

interface Row {
  name: string;
  unit: string;
  value: number;
  /** At most. */
  bound: number | null;
}

async function measureAll(): Promise<{ sandbox: string; rows: Row[] }> {
  const sandbox = new Sandbox({ uids: { first: 3_970_000, count: 64 } });
  const starts: number[] = [];
  for (let i = 0; i < STARTS; i++) starts.push(await startMs(sandbox));
  // By turns, so that whatever else the machine does meets both.
  const pairs: { plain: number; held: number }[] = [];
  for (let i = 0; i < ROUNDS; i++)
    pairs.push({ plain: await stepsInPlainChild(STEPS), held: await stepsInSandbox(sandbox, STEPS) });
  const overhead = median(pairs.map(({ plain, held }) => plain / held - 1)) * 100;
  const left = await leaks(sandbox, IN_A_ROW);
  const rows = [
    { name: 'start to first byte, median', unit: 'ms', value: median(starts), bound: 40 },
    {
      name: 'round trips, plain child',
      unit: '/s',
      value: median(pairs.map(({ plain }) => plain)),
      bound: null,
    },
    { name: 'round trips, sandbox', unit: '/s', value: median(pairs.map(({ held }) => held)), bound: null },
    { name: 'overhead on a step', unit: '%', value: overhead, bound: 10 },
    { name: `descriptors left by ${IN_A_ROW}`, unit: '', value: left.descriptors, bound: 0 },
    { name: `threads left by ${IN_A_ROW}`, unit: '', value: left.children, bound: 0 },
    // The heap breathes; 500 sandboxes that kept 64 kB each would be 32 MiB.
    { name: `memory gained over ${IN_A_ROW}`, unit: 'MiB', value: left.residentMiB, bound: 24 },
  ];
  return { sandbox: sandbox.description, rows };
}

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});
if (values.help) console.log(HELP);
else {
  const { sandbox, rows } = await measureAll();
  const missed = rows.filter(({ value, bound }) => bound !== null && value > bound);
  if (values.json) console.log(JSON.stringify({ sandbox, rows }));
  else {
    console.log(sandbox);
    for (const { name, unit, value, bound } of rows)
      console.log(
        `${name.padEnd(32)}${value.toFixed(1).padStart(10)} ${unit.padEnd(4)}${bound === null ? '' : ` (at most ${bound})`}`,
      );
  }
  for (const { name } of missed) console.error(`bench:sandbox: ${name} misses its bound`);
  process.exitCode = values.check && missed.length > 0 ? 1 : 0;
}
