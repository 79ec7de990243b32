import type { Limits } from '@arena/contracts';
import type { FieldName } from '@arena/protocol';
import type { GameFigures } from '@arena/scoring';

/** What each thread of a rehearsal knows from its start. */
export interface RehearsalData {
  /** The agent's entry, as an absolute path. */
  readonly entry: string;
  readonly fields: readonly FieldName[];
  readonly limits: Limits;
  /** Root of the games' seeds, 32 bytes. */
  readonly seedRoot: Uint8Array;
  /** Character for all games, or `@`. */
  readonly character: string;
  /** Share of the agent's keys that are replaced by mistakes (Noise); 0: none. */
  readonly noise: number;
  /** Whether the games' tapes are wanted. */
  readonly tapes: boolean;
}

/** A game that was rehearsed. */
export interface RehearsedGame extends GameFigures {
  /** From 0: the number by which its seeds are derived. */
  readonly index: number;
  /** In decimal digits, as JSON has no 64-bit integers. */
  readonly seeds: { readonly core: string; readonly disp: string };
}

export interface Rehearsed {
  readonly game: RehearsedGame;
  /** The tape's file; null if it was not wanted. */
  readonly tape: Uint8Array | null;
}

export type ToRehearsal = { readonly type: 'play'; readonly index: number } | { readonly type: 'stop' };
