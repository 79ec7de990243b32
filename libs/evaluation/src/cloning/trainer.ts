/** The trainer: Python with torch, fed by streams of tapes. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { filesDigest, type Tapes } from './tapes.ts';
import type { TrainingSettings } from './settings.ts';

export const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const TRAINER = join(ROOT, 'agents/training/cloner');

/**
 * Tensors of 130 MB come and go with every chunk. Given back to the system each time, they cost more than the training itself:
 * 2.4 s a chunk instead of 0.7 s.
 */
const KEEP_MEMORY = {
  MALLOC_MMAP_THRESHOLD_: String(2 ** 32),
  MALLOC_TRIM_THRESHOLD_: String(2 ** 34),
  MALLOC_ARENA_MAX: '1',
};

/** A point of a curve: over the moments since the last one, or over tapes that are held out. */
export interface CurvePoint {
  /** Moments trained on by then. */
  readonly moments: number;
  readonly loss?: number;
  readonly accuracy?: number;
  readonly heldOutLoss?: number;
  readonly heldOutAccuracy?: number;
}

/** What the trainer says at its end. */
export interface Trained {
  readonly curves: readonly CurvePoint[];
  /** Of training, those before a stop included. */
  readonly seconds: number;
  readonly parameters: number;
  readonly updates: number;
  /** Starts of the trainer: stopped and gone on, it gives another model. */
  readonly runs: number;
  readonly moments: number;
  readonly torch: string;
}

async function python(program: string, args: readonly string[], output: 'inherit' | 'pipe'): Promise<string> {
  const child = spawn('/usr/bin/python3', ['-W', 'ignore', join(TRAINER, program), ...args], {
    env: {
      ...process.env,
      ...KEEP_MEMORY,
      PYTHONPATH: join(ROOT, 'agents/python'),
      PYTHONDONTWRITEBYTECODE: '1',
    },
    stdio: ['ignore', output, 'inherit'],
  });
  let said = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (said += text));
  const stop = (signal: NodeJS.Signals): void => void child.kill(signal);
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  process.off('SIGINT', stop).off('SIGTERM', stop);
  if (code !== 0)
    throw new Error(
      `${program} ended with ${signal ?? `code ${String(code)}`} (its words are above). Run the command again: it goes on from the last checkpoint.`,
    );
  return said;
}

/** sha256 over the trainer's sources, whatever else lies there. */
export function trainerDigest(): string {
  const sources = readdirSync(TRAINER).filter((name) => name.endsWith('.py'));
  return filesDigest(TRAINER, sources.sort());
}

/**
 * Trains, or goes on from the checkpoint in `work`, and writes the model; `trainer`: {@link trainerDigest}; `stop`: after so many of the settings' updates. Rejects with Error when the trainer fails.
 */
export async function train(
  settings: TrainingSettings,
  trainer: string,
  tapes: readonly Tapes[],
  work: string,
  model: string,
  stop: number | null,
): Promise<Trained> {
  mkdirSync(work, { recursive: true });
  const job = join(work, 'job.json');
  writeFileSync(
    job,
    JSON.stringify({
      settings,
      trainer,
      tapes: tapes.map(({ folder, names, sha256 }, i) => {
        const heldOut = settings.phases[i]?.heldOut;
        return { folder, sha256, train: names.slice(heldOut), heldOut: names.slice(0, heldOut) };
      }),
      stream: [process.execPath, fileURLToPath(new URL('./stream.js', import.meta.url))],
      work,
      model,
      stop,
    }),
  );
  await python('train.py', [job], 'inherit');
  return JSON.parse(readFileSync(join(work, 'result.json'), 'utf8')) as Trained;
}
