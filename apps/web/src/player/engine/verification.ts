import { inPlay, type Engine } from '@arena/engine';
import { verify, xlogfileFields, type Tape } from '@arena/tape';
import type { Outcome, Sample } from './outcome.ts';

/** Points of the curve; a seek bar is rarely wider in pixels than twice that. */
const SAMPLES = 500;
const PROGRESS_KEYS = 4096;

/**
 * Plays a whole tape the engine's fastest way, compares it with its own digests, and tells what came out. `onProgress`
 * is called now and then with the keys done. Throws the engine's errors if the tape's game cannot be started.
 */
export function verifyGame(
  engine: Engine,
  tape: Tape,
  onProgress: (done: number, total: number) => void,
): { outcome: Outcome; samples: Sample[] } {
  const total = tape.keys.length;
  const every = Math.max(1, Math.floor(total / SAMPLES));
  const samples: Sample[] = [];
  // An object, since what a callback writes into a variable escapes the compiler's view.
  const play = { opening: -1, last: null as Sample | null };
  const verification = verify(tape, engine, (given, { score, depth }, observation) => {
    if (play.opening < 0 && inPlay(observation)) play.opening = given;
    const step = given - play.opening;
    if (play.opening >= 0) {
      play.last = { step, score, depth };
      if (step % every === 0) samples.push(play.last);
    }
    if (given % PROGRESS_KEYS === 0) onProgress(given, total);
  });
  const { outcome, keys, differences } = verification;
  if (outcome === null) throw new Error(differences.map(({ message }) => message).join('; '));
  const steps = play.opening < 0 ? 0 : keys - play.opening;
  // The key that ends a game gives no observation; the curve goes on to it.
  const { score = 0, depth = 0 } = play.last ?? {};
  if (samples.at(-1)?.step !== steps) samples.push({ step: steps, score, depth });
  const { turns, deepestLevel, end } = outcome;
  return {
    outcome: {
      steps,
      keysLeft: total - keys,
      score: outcome.score,
      turns,
      deepestLevel,
      death:
        end.kind === 'ended' && end.xlogfile !== null
          ? (xlogfileFields(end.xlogfile)['death'] ?? null)
          : null,
      checkpoints: tape.checkpoints.length,
      firstDifferentCheckpoint: verification.firstDifferentCheckpoint,
    },
    samples,
  };
}
