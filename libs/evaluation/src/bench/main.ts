/**
 * `npm run bench:agents`: what the platform costs an agent that does nothing, by runtime. --json: one document on standard
 * output; --check: ends with 1 if a figure misses its bound. The bounds are for a machine that does nothing else: on a busy one a bare
 * round trip's two programs share a processor, which makes it four times quicker (20,000 a second become 80,000), and nothing else.
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { FIELDS } from '@arena/engine';
import { RUNTIMES, type FieldName, type Runtime } from '@arena/protocol';
import { createAgentHost, type AgentHost } from '../agent-host.ts';
import type { Programmed } from './agents.ts';
import { POLICY, TRIVIAL, measureModel } from './models.ts';
import { roundTrips, startMs, stepsPerSecond } from './measure.ts';

/** The challenge's 14. */
const CHALLENGE: readonly FieldName[] = [
  ...(['glyphs', 'chars', 'colors', 'specials', 'blstats', 'message', 'inv_glyphs', 'inv_strs'] as const),
  ...(['inv_letters', 'inv_oclasses', 'tty_chars', 'tty_colors', 'tty_cursor', 'misc'] as const),
];
/** The 14 of NLE's other tasks: 132,720 bytes more a game. */
const DESCRIBED: readonly FieldName[] = [
  ...CHALLENGE.filter((name) => name !== 'misc'),
  'screen_descriptions',
];
const GAMES = 32;
/** A bare round trip carries the same observation as it is, read and answered by a program that does nothing else. */
const FRAME_BYTES = FIELDS.filter(({ name }) => CHALLENGE.includes(name)).reduce(
  (sum, { bytes }) => sum + bytes,
  0,
);
const ROUNDS = 3;

interface Row {
  readonly name: string;
  readonly runtime: Runtime;
  readonly unit: string;
  readonly value: number;
  /** At least, or at most; null where nothing was promised. */
  readonly bound: { readonly kind: 'least' | 'most'; readonly value: number } | null;
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

async function several(measure: () => Promise<number>): Promise<number> {
  const values: number[] = [];
  for (let i = 0; i < ROUNDS; i++) values.push(await measure());
  return median(values);
}

const BATCHED: Record<Programmed, number> = { node: 30_000, python: 20_000, wasm: 30_000 };

const PROGRAMMED = RUNTIMES.filter((runtime): runtime is Programmed => runtime !== 'onnx');

const least = (value: number): Row['bound'] => ({ kind: 'least', value });
const most = (value: number): Row['bound'] => ({ kind: 'most', value });

function holds({ value, bound }: Row): boolean {
  if (bound === null) return true;
  return bound.kind === 'least' ? value >= bound.value : value <= bound.value;
}

/** Models are measured from outside, and have rows of their own. */
async function addModels(host: AgentHost, add: (row: Row) => void): Promise<void> {
  const row = { runtime: 'onnx', bound: null } as const;
  const trivial = await several(async () => (await measureModel(host, TRIVIAL, GAMES, 60_000)).rate);
  add({ ...row, name: `${GAMES} games, nothing thought`, unit: 'steps/s', value: trivial });
  const policies: Awaited<ReturnType<typeof measureModel>>[] = [];
  for (let i = 0; i < ROUNDS; i++) policies.push(await measureModel(host, POLICY, GAMES, 16_000));
  const of = (key: 'rate' | 'answerMs' | 'startMs'): number => median(policies.map((policy) => policy[key]));
  add({ ...row, name: `${GAMES} games, conv and LSTM`, unit: 'steps/s', value: of('rate') });
  add({ ...row, name: `an answer to ${GAMES} games`, unit: 'ms', value: of('answerMs'), bound: most(8) });
  add({ ...row, name: 'start to ready', unit: 'ms', value: of('startMs') });
}

async function measureAll(told: (row: Row) => void): Promise<Row[]> {
  const host = createAgentHost({ uids: { first: 3_930_000, count: 64 } });
  const rows: Row[] = [];
  const add = (row: Row): void => {
    rows.push(row);
    told(row);
  };
  try {
    for (const runtime of PROGRAMMED) {
      // Both by turns, so that whatever else the machine does meets both.
      const pairs: { bare: number; one: number }[] = [];
      for (let i = 0; i < ROUNDS; i++) {
        const bare = await roundTrips(host, runtime, FRAME_BYTES, 2000);
        pairs.push({ bare, one: await stepsPerSecond(host, runtime, CHALLENGE, 1, 15_000) });
      }
      const bare = median(pairs.map((pair) => pair.bare));
      const one = median(pairs.map((pair) => pair.one));
      const share = median(pairs.map((pair) => pair.one / pair.bare));
      add({ name: 'bare round trips', runtime, unit: '/s', value: bare, bound: null });
      add({ name: 'one game', runtime, unit: 'steps/s', value: one, bound: null });
      add({ name: 'one game, share of the bare', runtime, unit: '', value: share, bound: least(0.7) });
      const batched = (fields: readonly FieldName[]): Promise<number> =>
        several(() => stepsPerSecond(host, runtime, fields, GAMES, 200_000));
      const name = `${GAMES} games`;
      add({
        name,
        runtime,
        unit: 'steps/s',
        value: await batched(CHALLENGE),
        bound: least(BATCHED[runtime]),
      });
      const described = `${name}, screen_descriptions`;
      add({ name: described, runtime, unit: 'steps/s', value: await batched(DESCRIBED), bound: null });
      const start = await startMs(host, runtime, 64);
      add({
        name: 'start to first action',
        runtime,
        unit: 'ms',
        value: start,
        bound: runtime === 'python' ? null : most(60),
      });
    }
    await addModels(host, add);
  } finally {
    host.stage.dispose();
  }
  return rows;
}

function line(row: Row): string {
  const value = row.value < 10 ? row.value.toFixed(2) : Math.round(row.value).toLocaleString('en');
  const sign = row.bound?.kind === 'least' ? '≥' : '≤';
  const bound =
    row.bound === null ? '' : `${holds(row) ? '✓' : '✗'} ${sign} ${row.bound.value.toLocaleString('en')}`;
  return `${row.runtime.padEnd(8)}${row.name.padEnd(34)}${`${value} ${row.unit}`.padStart(16)}  ${bound}`.trimEnd();
}

const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, check: { type: 'boolean', default: false } },
});
const rows = await measureAll((row) => {
  if (!values.json) process.stdout.write(`${line(row)}\n`);
});
if (values.json) {
  const machine = { processors: cpus().length, model: cpus()[0]?.model ?? '' };
  process.stdout.write(
    `${JSON.stringify({ machine, rows: rows.map((row) => ({ ...row, holds: holds(row) })) })}\n`,
  );
}
if (values.check && !rows.every(holds)) process.exitCode = 1;
