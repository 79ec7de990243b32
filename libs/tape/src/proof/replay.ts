import {
  type Engine,
  EngineError,
  type FieldName,
  type GameEnd,
  type Observation,
  SCORE_FIELDS,
  ScoreKeeper,
} from '@arena/engine';
import type { Head } from '../format/head.ts';
import { startOf } from '../settings.ts';
import { CheckpointChain } from './chain.ts';

/** What came out of keys that were played again. */
export interface Replayed {
  /** Keys the game read. */
  readonly steps: number;
  /** Null while the game goes on after its last key. */
  readonly end: GameEnd | null;
  /** The engine's fault, if its last key made it fail. */
  readonly fault: EngineError | null;
  readonly figures: ScoreKeeper;
  readonly digests: readonly Uint8Array[];
}

/** Looks on: called at each observation with the keys given so far, the figures by then, and live views of it. */
export type Onlooker = (given: number, figures: ScoreKeeper, observation: Observation) => void;

/** The fields a replay keeps: the digested ones and those the score is read from. */
export function neededFields(fields: readonly FieldName[]): FieldName[] {
  return [...new Set([...fields, ...SCORE_FIELDS])];
}

/**
 * Plays keys the engine's fastest way and digests as the head says. Stops where the game ends or the engine fails.
 * Throws EngineError for settings that the engine does not take, and what the onlooker throws.
 */
export function replay(engine: Engine, head: Head, keys: Uint8Array, onlooker?: Onlooker): Replayed {
  const chain = new CheckpointChain(head);
  const figures = new ScoreKeeper();
  // an object: what a callback writes into a variable escapes the compiler's view
  const play = { digested: 0, steps: 0 };
  let end: GameEnd | null = null;
  let fault: EngineError | null = null;
  try {
    const result = engine.play(
      { ...startOf(head.settings), fields: neededFields(head.fields) },
      (observation, given) => {
        figures.take(observation);
        onlooker?.(given, figures, observation);
        const over = given === keys.length;
        if (over ? play.digested < given || given === 0 : given - play.digested === head.every) {
          chain.add(keys.subarray(play.digested, given), observation);
          play.digested = given;
        }
        if (over) return null;
        play.steps = given + 1;
        return keys[given] ?? null;
      },
    );
    ({ end } = result);
  } catch (error) {
    if (!(error instanceof EngineError) || error.code !== 'engine_fault' || play.steps === 0) throw error;
    fault = error;
  }
  const { steps } = play;
  if (end !== null || fault !== null) chain.add(keys.subarray(play.digested, steps), null);
  return { steps, end, fault, figures, digests: chain.digests };
}
