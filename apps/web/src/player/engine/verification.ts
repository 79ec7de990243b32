import type { ReplayView } from '@arena/contracts';
import { SCORE_FIELDS, ScoreKeeper, inPlay, type Engine } from '@arena/engine';
import type { Outcome, Sample } from './outcome.ts';
import { keysOf, settingsOf } from './tape.ts';

/** Points of the curve; a seek bar is rarely wider in pixels than twice that. */
const SAMPLES = 500;
const PROGRESS_KEYS = 4096;

/**
 * Plays a whole tape the engine's fastest way and tells what came out. `onProgress` is called now and then with the
 * keys done. Throws the engine's errors.
 */
export function verify(
  engine: Engine,
  replay: ReplayView,
  onProgress: (done: number, total: number) => void,
): { outcome: Outcome; samples: Sample[] } {
  const keys = keysOf(replay);
  const every = Math.max(1, Math.floor(keys.length / SAMPLES));
  const figures = new ScoreKeeper();
  const samples: Sample[] = [];
  // An object, since what a callback writes into a variable escapes the compiler's view.
  const play = { opening: -1 };
  const sample = (step: number): void => {
    samples.push({ step, score: figures.score, depth: figures.depth });
  };
  const result = engine.play({ ...settingsOf(replay), fields: SCORE_FIELDS }, (observation, given) => {
    if (play.opening < 0 && inPlay(observation)) play.opening = given;
    figures.take(observation);
    const step = given - play.opening;
    if (play.opening >= 0 && step % every === 0) sample(step);
    if (given % PROGRESS_KEYS === 0) onProgress(given, keys.length);
    return keys[given] ?? null;
  });
  const steps = play.opening < 0 ? 0 : result.steps - play.opening;
  if (samples.at(-1)?.step !== steps) sample(steps);
  return {
    outcome: {
      steps,
      keysLeft: keys.length - result.steps,
      score: figures.score,
      turns: figures.turns,
      deepestLevel: figures.deepestLevel,
      death: result.end?.xlogfile?.['death'] ?? null,
    },
    samples,
  };
}
