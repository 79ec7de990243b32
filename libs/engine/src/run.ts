import type { Observation } from '@arena/nle-wasm';
import type { GameEnd } from './end.ts';

/** Chooses the next key (0-255) from an observation, or null to stop; `step` counts the keys given so far. */
export type Policy = (observation: Observation, step: number) => number | null;

/** What gives a game its keys: a tape, one byte a key, or a policy. */
export type KeySource = Uint8Array | Policy;

export function asPolicy(source: KeySource): Policy {
  return typeof source === 'function' ? source : (_, step) => source[step] ?? null;
}

export interface PlayResult {
  /** Keys given. */
  readonly steps: number;
  /** How the game ended; null when the keys ran out or the policy stopped it. */
  readonly end: GameEnd | null;
  /** The last observation; its views stay as they are while the game is not stepped on. */
  readonly observation: Observation;
}
