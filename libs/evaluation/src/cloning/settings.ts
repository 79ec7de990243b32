/** settings.json of a training: what is trained on what, for how long. */
import { readFileSync } from 'node:fs';

/** A part of the training, on tapes of its own. */
export interface Phase {
  /** Name its games' seeds come from; other than any competition's, so that nothing is learned by heart. */
  readonly seeds: string;
  readonly games: number;
  /** The first so many are not trained on: the loss over them is what counts. */
  readonly heldOut: number;
  /** Share of the agent's keys that are replaced by mistakes, which are not learned, but how the agent goes on is. */
  readonly noise: number;
  readonly updates: number;
  /** Keys after which a game's tape ends; default: the challenge's limit. */
  readonly maxSteps?: number;
}

/** The parts this program reads; the rest is the trainer's (agents/training/cloner). */
export interface TrainingSettings {
  /** The agent that is cloned, a folder in the repository. */
  readonly agent: string;
  readonly phases: readonly Phase[];
  readonly model: Readonly<Record<string, unknown>>;
  readonly training: { readonly seed: number } & Readonly<Record<string, unknown>>;
}

const isWhole = (value: unknown, least: number): boolean =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= least;

function wrongIn({ seeds, games, heldOut, noise, updates }: Partial<Phase>): string | null {
  if (typeof seeds !== 'string') return 'seeds must be a text';
  if (!isWhole(heldOut, 1) || !isWhole(games, (heldOut ?? 0) + 1))
    return 'games must be a whole number above heldOut, and that one from 1 on';
  if (typeof noise !== 'number' || !(noise >= 0 && noise < 1))
    return 'noise must be a number from 0 to below 1';
  return isWhole(updates, 1) ? null : 'updates must be a whole number from 1 on';
}

/** Throws Error with a sentence that names the file and what is wrong in it. */
export function readSettings(path: string): TrainingSettings {
  let value: Partial<TrainingSettings> | null;
  try {
    value = JSON.parse(readFileSync(path, 'utf8')) as Partial<TrainingSettings> | null;
  } catch (error) {
    throw new Error(`${path} cannot be read as JSON: ${(error as Error).message}`, { cause: error });
  }
  const { agent, phases, model, training } = value ?? {};
  if (typeof agent !== 'string' || !Array.isArray(phases) || model === undefined || training === undefined)
    throw new Error(`${path} must have the parts agent, phases, model and training`);
  if (phases.length === 0) throw new Error(`${path}: phases must be one at least`);
  const tapes = new Map<unknown, string>();
  (phases as Partial<Phase>[]).forEach((phase, i) => {
    const { seeds, games, noise, maxSteps } = phase;
    const made = JSON.stringify([games, noise, maxSteps]);
    const wrong =
      (tapes.get(seeds) ?? made) === made
        ? wrongIn(phase)
        : 'games, noise and maxSteps must be those of the other phase with these seeds';
    tapes.set(seeds, made);
    if (wrong !== null) throw new Error(`${path}: phases[${i}]: ${wrong}`);
  });
  if (!isWhole(training.seed, 0)) throw new Error(`${path}: training.seed must be a whole number from 0 on`);
  return value as TrainingSettings;
}
