import { bytesFrom, words } from './encoding.ts';

/** A recorded game: what entered it, its keys, and a digest of every observation. */
export interface GoldenGame {
  readonly id: string;
  readonly kind: string;
  readonly core: string;
  readonly disp: string;
  readonly reseed: boolean;
  readonly wizard: boolean;
  readonly spawnMonsters: boolean;
  readonly character: string;
  readonly options: string;
  readonly clock: number;
  readonly tape: Uint8Array;
  readonly done: boolean;
  readonly howDone: number | null;
  readonly observations: number;
  /** One a step: CRC-32 of the 17 field CRCs. */
  readonly stepCrc: Uint32Array;
  readonly fieldEvery: number;
  /** 17 for every `fieldEvery`-th observation. */
  readonly fieldCrc: Uint32Array;
}

/** Null for anything that is no recorded game. */
export function asGoldenGame(raw: Record<string, unknown>): GoldenGame | null {
  const { tape, stepCrc, fieldCrc } = raw;
  if (typeof tape !== 'string' || typeof stepCrc !== 'string' || typeof fieldCrc !== 'string') return null;
  return {
    ...(raw as unknown as GoldenGame),
    tape: bytesFrom(tape),
    stepCrc: words(stepCrc),
    fieldCrc: words(fieldCrc),
  };
}
