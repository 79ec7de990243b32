/**
 * Keys a second of the two ways of running and of the native twin: the same tapes, by turns in one run, counted in
 * processor seconds of the thread that plays, so that other programs on the machine matter little. What it takes up to
 * the first key request is left out on all three sides; it is measured by itself (moments.ts).
 */
import type { Measure } from '@arena/benchmark';
import { median } from '@arena/benchmark';
import type { FieldName } from '@arena/nle-wasm';
import { playNatively } from '@arena/nle-wasm/twin';
import type { Engine } from '../engine.ts';
import { resolveSettings } from '../settings.ts';
import type { BenchTape } from './tapes.ts';
import { FIELD_SETS } from './tapes.ts';

/** Each round plays every tape three times a field set, some seconds; the median of the rounds counts. */
const ROUNDS = 9;
/** Rounds before the counting begins: V8 has optimised what is hot after some 300,000 keys. */
const WARM_ROUNDS = 4;

const processorSeconds = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1e6;
};

type Seconds = Record<'hosted' | 'step' | 'twin', number>;

function hostedSeconds(engine: Engine, { settings, keys }: BenchTape): number {
  let begin = 0;
  engine.play(settings, (_, step) => {
    if (step === 0) begin = processorSeconds();
    return keys[step] ?? null;
  });
  return processorSeconds() - begin;
}

function stepSeconds(engine: Engine, { settings, keys }: BenchTape): number {
  const game = engine.newGame(settings);
  const begin = processorSeconds();
  game.run(keys);
  const seconds = processorSeconds() - begin;
  game.dispose();
  return seconds;
}

async function twinSeconds(tapes: readonly BenchTape[]): Promise<number> {
  const games = tapes.map(({ settings, keys }) => ({ settings: resolveSettings(settings), keys }));
  const { reports } = await playNatively(games);
  return reports.reduce((sum, report) => {
    if ('died' in report) throw new Error(`the native twin died of a recorded game: ${report.died}`);
    return sum + report.play;
  }, 0);
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

async function round(engine: Engine, tapes: readonly BenchTape[]): Promise<Seconds> {
  const hosted = sum(tapes.map((tape) => hostedSeconds(engine, tape)));
  const twin = await twinSeconds(tapes);
  const step = sum(tapes.map((tape) => stepSeconds(engine, tape)));
  return { hosted, step, twin };
}

async function rounds(
  engine: Engine,
  tapes: readonly BenchTape[],
  sets: readonly (readonly FieldName[])[],
  count: number,
): Promise<Seconds[][]> {
  const all: Seconds[][] = sets.map(() => []);
  for (let i = 0; i < count; i += 1) {
    // one set after the other within a round: what the machine does meanwhile meets them all
    for (const [index, fields] of sets.entries()) {
      const asked = tapes.map((tape) => ({ ...tape, settings: { ...tape.settings, fields } }));
      all[index]?.push(await round(engine, asked));
    }
  }
  return all;
}

/** Needs the native twin: rejects with LoaderError where it is not built. */
export async function measureSpeed(
  engine: Engine,
  tapes: readonly BenchTape[],
  tell: (measure: Measure) => void,
): Promise<void> {
  const keys = sum(tapes.map((tape) => tape.keys.length));
  const sets = FIELD_SETS.map(({ fields }) => fields);
  await rounds(engine, tapes, sets, WARM_ROUNDS);
  const seconds = await rounds(engine, tapes, sets, ROUNDS);
  for (const [index, { name }] of FIELD_SETS.entries()) {
    const of = (value: (round: Seconds) => number): number => median((seconds[index] ?? []).map(value));
    const speed = (way: keyof Seconds): number => keys / of((round) => round[way]);
    tell({ name: `native twin, ${name}`, value: speed('twin'), unit: 'keys/s' });
    tell({ name: `host-answered, ${name}`, value: speed('hosted'), unit: 'keys/s' });
    tell({ name: `synchronous step, ${name}`, value: speed('step'), unit: 'keys/s' });
    tell({
      ...{ name: `host-answered / twin, ${name}`, unit: '', must: { least: 0.8 } },
      value: of((round) => round.twin / round.hosted),
    });
    tell({
      ...{ name: `synchronous step / twin, ${name}`, unit: '', must: { least: 0.5 } },
      value: of((round) => round.twin / round.step),
    });
  }
  const [six = [], , seventeen = []] = seconds;
  tell({
    ...{ name: 'host-answered, 17 fields / 6 fields', unit: '', must: { least: 0.7 } },
    value: median(six.map((round, i) => round.hosted / (seventeen[i]?.hosted ?? NaN))),
  });
}
