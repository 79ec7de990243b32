import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import type { Measure } from '@arena/benchmark';
import { quantile } from '@arena/benchmark';
import type { Engine, GameSettings } from '@arena/engine';
import { decodeTape, encodeTape } from '../format/file.ts';
import { TapePlayer } from '../player/tape-player.ts';
import { recordTape } from '../proof/record.ts';
import { neededFields } from '../proof/replay.ts';
import { verify } from '../proof/verify.ts';
import type { Tape } from '../tape.ts';
import { longTape } from '../testing/games.ts';

const GOLDEN = fileURLToPath(new URL('../../../../test/golden', import.meta.url));
const ORDINARY_KEYS = 20_000;
const LONG_KEYS = 50_000;
const SEEKS = 1000;
/** Each position is sought so often from elsewhere, and each try counts: the slowest is the slowest. */
const TRIES = 3;
const ROUNDS = 5;

/** The keys of recorded games of moving and handling items, one after another: what players press. */
function ordinaryKeys(): Uint8Array {
  const keys: number[] = [];
  for (const name of readdirSync(GOLDEN)
    .filter((file) => /^(dev-walk|dev-items).*\.json\.gz$/.test(file))
    .sort()) {
    const { tape } = JSON.parse(gunzipSync(readFileSync(`${GOLDEN}/${name}`)).toString()) as { tape: string };
    keys.push(...Buffer.from(tape, 'base64'));
  }
  return Uint8Array.from({ length: ORDINARY_KEYS }, (_, i) => keys[i % keys.length] ?? 46);
}

interface Took {
  /** Milliseconds by the clock. */
  readonly wall: number;
  /** Milliseconds of the thread's processor, in steps of the kernel's tick, 4 ms at most. */
  readonly processor: number;
}

function took(work: () => unknown): Took {
  const [begin, before] = [performance.now(), process.threadCpuUsage()];
  work();
  const wall = performance.now() - begin;
  const { user, system } = process.threadCpuUsage(before);
  return { wall, processor: (user + system) / 1000 };
}

async function milliseconds(work: () => unknown): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}

/** The median of some rounds after one that does not count. */
async function median(work: () => unknown): Promise<number> {
  await work();
  const times: number[] = [];
  for (let i = 0; i < ROUNDS; i++) times.push(await milliseconds(work));
  return quantile(times, 0.5);
}

async function fileMeasures(engine: Engine): Promise<Measure[]> {
  const settings: GameSettings = { seeds: { core: 7n, disp: 8n }, character: 'val-hum-law-fem', debug: true };
  // the game's course does not change a tape's size: the keys are those of other games, and the hero cannot die
  const tape = { ...recordTape(engine, settings, ordinaryKeys()), keys: ordinaryKeys() };
  const checkpoints = Array.from({ length: 20 }, () => new Uint8Array(32).map(() => Math.random() * 256));
  const ordinary: Tape = { ...tape, checkpoints, end: { kind: 'ended', how: 0, xlogfile: 'x'.repeat(400) } };
  const file = await encodeTape(ordinary);
  return [
    { name: 'file of 20,000 keys', value: file.length, unit: 'bytes', must: { most: 15_000 } },
    { name: 'writing it', value: await median(() => encodeTape(ordinary)), unit: 'ms' },
    { name: 'reading it', value: await median(() => decodeTape(file)), unit: 'ms' },
  ];
}

async function proofMeasures(engine: Engine, tape: Tape): Promise<Measure[]> {
  const { settings, keys } = tape;
  const plain = await median(() => engine.play({ ...settings, fields: neededFields(tape.fields) }, keys));
  const digested = await median(() => recordTape(engine, settings, keys));
  const verified = await median(() => verify(tape, engine));
  return [
    { name: 'playing 50,000 keys', value: plain, unit: 'ms' },
    { name: '… with score and digests', value: digested, unit: 'ms' },
    { name: '… for what the playing takes', value: digested / plain, unit: '×', must: { most: 1.25 } },
    { name: 'verifying 50,000 keys', value: verified, unit: 'ms' },
  ];
}

async function seekMeasures(engine: Engine, tape: Tape): Promise<Measure[]> {
  const player = new TapePlayer(engine, tape);
  const first = await milliseconds(() => player.seek(player.length));
  const { bytes, snapshots } = player.memory;
  const times: Took[] = [];
  let state = 1;
  for (let i = 0; i < SEEKS; i++) {
    state = (state * 48_271) % 2_147_483_647;
    const position = state % (player.length + 1);
    for (let n = 0; n < TRIES; n++) {
      player.seek((position + Math.floor(player.length / 2)) % player.length);
      times.push(took(() => player.seek(position)));
    }
  }
  player.dispose();
  const wall = times.map((each) => each.wall);
  const processor = times.map((each) => each.processor);
  return [
    { name: 'first pass over 50,000 keys', value: first, unit: 'ms' },
    { name: 'snapshots kept', value: snapshots, unit: '' },
    { name: 'memory of them', value: bytes / 2 ** 20, unit: 'MiB', must: { most: 48 } },
    { name: 'seek, median of 3,000', value: quantile(wall, 0.5), unit: 'ms' },
    { name: 'seek, 99 of 100', value: quantile(wall, 0.99), unit: 'ms' },
    // the one slowest by the clock would be what another program took
    {
      name: 'seek, slowest in processor time',
      value: quantile(processor, 1),
      unit: 'ms',
      must: { most: 50 },
    },
  ];
}

/** All measures, in the order of the table. Takes some ten seconds. */
export async function measureAll(engine: Engine): Promise<Measure[]> {
  const long = longTape(engine, LONG_KEYS);
  return [
    ...(await fileMeasures(engine)),
    ...(await proofMeasures(engine, long)),
    ...(await seekMeasures(engine, long)),
  ];
}
