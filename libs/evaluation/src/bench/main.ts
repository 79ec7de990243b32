/**
 * `npm run bench:agents`: what the platform costs an agent that does nothing, by runtime, and what the baselines' answers cost. The
 * bounds are for a machine that does nothing else: on a busy one a bare round trip's two programs share a processor, which makes it
 * four times quicker (20,000 a second become 80,000), and nothing else.
 */
import { runBenchmark, median, type Measure } from '@arena/benchmark';
import { FIELDS } from '@arena/engine';
import { RUNTIMES, type FieldName } from '@arena/protocol';
import { createAgentHost, type AgentHost } from '../agent-host.ts';
import type { Programmed } from './agents.ts';
import { measureExplorer } from './explorer.ts';
import { POLICY, TRIVIAL, cloner, measureModel } from './models.ts';
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
/** What is really sent: a step's changes are 0.76 kB with this walker, 1.1 kB with explorer. */
const CHANGES_BYTES = 760;
/** A machine that others share is at times half as quick: the middle one of so many. */
const ROUNDS = 5;

type Tell = (measure: Measure) => void;

async function several(measure: () => Promise<number>): Promise<number> {
  const values: number[] = [];
  for (let i = 0; i < ROUNDS; i++) values.push(await measure());
  return median(values);
}

/** With so many games at once, steps a second; a program in WebAssembly is promised nothing. */
const BATCHED: Partial<Record<Programmed, number>> = { node: 30_000, python: 20_000 };

const PROGRAMMED = RUNTIMES.filter((runtime): runtime is Programmed => runtime !== 'onnx');

async function oneGame(host: AgentHost, runtime: Programmed, tell: Tell): Promise<void> {
  // Both by turns, so that whatever else the machine does meets both.
  const pairs: { bare: number; small: number; one: number }[] = [];
  for (let i = 0; i < ROUNDS; i++) {
    const bare = await roundTrips(host, runtime, FRAME_BYTES, 1000);
    const small = await roundTrips(host, runtime, CHANGES_BYTES, 1000);
    pairs.push({ bare, small, one: await stepsPerSecond(host, runtime, CHALLENGE, 1, 10_000) });
  }
  tell({ name: `${runtime}: bare round trips`, unit: '/s', value: median(pairs.map(({ bare }) => bare)) });
  tell({
    name: `${runtime}: bare round trips, ${CHANGES_BYTES} bytes`,
    unit: '/s',
    value: median(pairs.map(({ small }) => small)),
  });
  tell({ name: `${runtime}: one game`, unit: 'steps/s', value: median(pairs.map(({ one }) => one)) });
  const share = median(pairs.map(({ bare, one }) => one / bare));
  tell({ name: `${runtime}: one game, share of the bare`, unit: '', value: share, must: { least: 0.7 } });
  const ofSmall = median(pairs.map(({ small, one }) => one / small));
  tell({
    name: `${runtime}: one game, share of the bare with ${CHANGES_BYTES} bytes`,
    unit: '',
    value: ofSmall,
  });
}

async function manyGames(host: AgentHost, runtime: Programmed, tell: Tell): Promise<void> {
  const batched = (fields: readonly FieldName[]): Promise<number> =>
    several(() => stepsPerSecond(host, runtime, fields, GAMES, 120_000));
  const name = `${runtime}: ${GAMES} games`;
  const least = BATCHED[runtime];
  const must = least === undefined ? undefined : { least };
  tell({ name, unit: 'steps/s', value: await batched(CHALLENGE), must });
  tell({ name: `${name}, screen_descriptions`, unit: 'steps/s', value: await batched(DESCRIBED) });
}

async function start(host: AgentHost, runtime: Programmed, tell: Tell): Promise<void> {
  const must = runtime === 'node' ? { most: 60 } : undefined;
  const { firstActionMs, wholeMs } = await startMs(host, runtime, 64);
  tell({ name: `${runtime}: start to first action`, unit: 'ms', value: firstActionMs, must });
  tell({ name: `${runtime}: start to end after one action`, unit: 'ms', value: wholeMs });
}

/** Models are measured from outside, and have rows of their own. */
async function models(host: AgentHost, tell: Tell): Promise<void> {
  const trivial = await several(async () => (await measureModel(host, TRIVIAL, GAMES, 60_000)).rate);
  tell({ name: `onnx: ${GAMES} games, nothing thought`, unit: 'steps/s', value: trivial });
  for (const [name, model] of [
    ['conv and LSTM', POLICY],
    ['cloner', cloner()],
  ] as const) {
    const runs: Awaited<ReturnType<typeof measureModel>>[] = [];
    for (let i = 0; i < ROUNDS; i++) runs.push(await measureModel(host, model, GAMES, 16_000));
    const of = (key: 'rate' | 'answerMs' | 'startMs'): number => median(runs.map((run) => run[key]));
    tell({ name: `onnx: ${GAMES} games, ${name}`, unit: 'steps/s', value: of('rate') });
    tell({
      ...{ name: `onnx: ${name}, an answer to ${GAMES} games`, unit: 'ms', value: of('answerMs') },
      must: { most: 8 },
    });
    tell({ name: `onnx: ${name}, start to ready`, unit: 'ms', value: of('startMs') });
  }
}

/** What whoever trains from explorer's games waits for. */
async function tapes(tell: Tell): Promise<void> {
  const { rate, share } = await measureExplorer(24);
  tell({
    name: 'explorer: its games with the engine',
    unit: 'steps/s a core',
    value: rate,
    must: { least: 3000 },
  });
  tell({ name: 'explorer: share of all processors', unit: '', value: share, must: { least: 0.9 } });
}

await runBenchmark({
  name: 'bench:agents',
  about: `Measures what a step and a start cost an agent that does nothing, by runtime; then models, cloner among them, and explorer without
a sandbox, as npm run tapes plays it. The bounds are for a machine that does nothing else.`,
  measure: async (tell) => {
    const host = createAgentHost({ uids: { first: 3_930_000, count: 64 } });
    try {
      for (const runtime of PROGRAMMED) {
        await oneGame(host, runtime, tell);
        await manyGames(host, runtime, tell);
        await start(host, runtime, tell);
      }
      await models(host, tell);
      await tapes(tell);
    } finally {
      host.stage.dispose();
    }
    return { runtimes: host.runtimes.map(({ description }) => description) };
  },
});
