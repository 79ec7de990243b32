import type { ReplayView } from '@arena/contracts';
import type { Engine } from '@arena/engine';
import type { Outcome, Sample } from './outcome.ts';
import { Scorekeeper } from './score.ts';
import { keysOf, settingsOf } from './tape.ts';

/** Points of the curve; a seek bar is rarely wider in pixels than twice that. */
const SAMPLES = 500;
const PROGRESS_STEPS = 4096;

/**
 * Plays a whole tape the engine's fastest way and tells what came out. `onProgress` is called now and then with the
 * steps done. Throws the engine's errors.
 */
export function verify(
  engine: Engine,
  replay: ReplayView,
  onProgress: (step: number, total: number) => void,
): { outcome: Outcome; samples: Sample[] } {
  const keys = keysOf(replay);
  const every = Math.max(1, Math.floor(keys.length / SAMPLES));
  const keeper = new Scorekeeper();
  const samples: Sample[] = [];
  const result = engine.play({ ...settingsOf(replay), fields: ['blstats'] }, (observation, step) => {
    keeper.take(observation);
    if (step % every === 0) samples.push({ step, score: keeper.score, depth: keeper.depth });
    if (step % PROGRESS_STEPS === 0) onProgress(step, keys.length);
    return keys[step] ?? null;
  });
  samples.push({ step: keys.length, score: keeper.score, depth: keeper.depth });
  const outcome = {
    steps: keys.length,
    score: keeper.score,
    turns: keeper.turns,
    death: result.end?.xlogfile?.['death'] ?? null,
    keysLeft: keys.length - result.steps,
  };
  return { outcome, samples };
}
