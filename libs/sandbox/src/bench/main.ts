/** `npm run bench:sandbox`: what a sandbox costs beside a plain child process. */
import { setTimeout } from 'node:timers/promises';
import { median, runBenchmark, type Measure } from '@arena/benchmark';
import { Sandbox } from '../sandbox.ts';
import { watching } from './watching.ts';
import { leaks, startMs, stepsInPlainChild, stepsInSandbox } from './measure.ts';

const UIDS = { first: 3_970_000, count: 64 };
const STARTS = 40;
const ROUNDS = 30;
const STEPS = 3000;
const IN_A_ROW = 500;
const SETTLE_MS = 50;

/**
 * Both by turns, so that whatever else the machine does meets both, each as often the first: what comes second pays for what the
 * kernel still clears away of the other (one sandbox beside itself: -0.5 to 9 % by its place alone).
 */
async function pair(sandbox: Sandbox, isPlainFirst: boolean): Promise<{ plain: number; held: number }> {
  const held = isPlainFirst ? null : await settled(() => stepsInSandbox(sandbox, STEPS));
  const plain = await settled(() => stepsInPlainChild(STEPS));
  return { plain, held: held ?? (await settled(() => stepsInSandbox(sandbox, STEPS))) };
}

async function settled(measure: () => Promise<number>): Promise<number> {
  await setTimeout(SETTLE_MS);
  return measure();
}

async function measure(sandbox: Sandbox, tell: (measure: Measure) => void): Promise<void> {
  const starts: number[] = [];
  for (let i = 0; i < STARTS; i++) starts.push(await startMs(sandbox));
  tell({ name: 'start to first byte', unit: 'ms', value: median(starts), must: { most: 40 } });
  const pairs: { plain: number; held: number }[] = [];
  for (let i = 0; i < ROUNDS; i++) pairs.push(await pair(sandbox, i % 2 === 0));
  const overhead = median(pairs.map(({ plain, held }) => plain / held - 1)) * 100;
  tell({ name: 'round trips, plain child', unit: '/s', value: median(pairs.map(({ plain }) => plain)) });
  tell({ name: 'round trips, sandbox', unit: '/s', value: median(pairs.map(({ held }) => held)) });
  tell({ name: 'overhead on a step', unit: '%', value: overhead, must: { most: 10 } });
  await watching(tell);
  const left = await leaks(sandbox, UIDS, IN_A_ROW);
  for (const [name, value] of Object.entries({
    descriptors: left.descriptors,
    threads: left.threads,
    processes: left.processes,
    'control groups': left.controlGroups,
    mounts: left.mounts,
    'temporary files': left.folders,
  }))
    tell({ name: `${name} left by ${IN_A_ROW}`, unit: '', value, must: { most: 0 } });
  // The heap breathes; 500 sandboxes that kept 64 kB each would be 32 MiB.
  tell({ name: `memory gained over ${IN_A_ROW}`, unit: 'MiB', value: left.residentMiB, must: { most: 24 } });
}

await runBenchmark({
  name: 'bench:sandbox',
  about: `What a sandbox costs: its start, a step, which is 512 bytes to a program that sends them back, each on a processor of its own, a look at its
figures, by processor time, and what 500 in a row leave behind. The bounds are for a machine that does nothing else.`,
  measure: async (tell) => {
    const sandbox = new Sandbox({ uids: UIDS });
    await measure(sandbox, tell);
    return { sandbox: sandbox.description };
  },
});
