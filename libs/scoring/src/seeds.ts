import { createHmac } from 'node:crypto';

/**
 * Seeds nobody can guess and anybody with the root can make again: HMAC-SHA256 down from the competition's master seed
 * to the evaluation and from there to the game. Knowing one game's seeds (they are published with its replay) tells
 * nothing about another's.
 */
export interface GameSeeds {
  core: bigint;
  disp: bigint;
}

const SEED_MASK = 2n ** 62n - 1n;

/** The 32-byte root of an evaluation's seeds. `number` counts a competition's evaluations from 1. */
export function evaluationSeedRoot(masterSeed: Uint8Array, number: number): Buffer {
  if (masterSeed.length !== 32) throw new RangeError(`a master seed has 32 bytes, got ${masterSeed.length}`);
  if (!Number.isSafeInteger(number) || number < 1)
    throw new RangeError(`evaluations count from 1, got ${number}`);
  return createHmac('sha256', masterSeed).update(`evaluation/${number}`).digest();
}

/** The seeds of game `index` (from 0): 62 bits each: they fit a signed 64-bit integer in every language. */
export function gameSeeds(seedRoot: Uint8Array, index: number): GameSeeds {
  if (!Number.isSafeInteger(index) || index < 0) throw new RangeError(`games count from 0, got ${index}`);
  const digest = createHmac('sha256', seedRoot).update(`game/${index}`).digest();
  return { core: digest.readBigUInt64LE(0) & SEED_MASK, disp: digest.readBigUInt64LE(8) & SEED_MASK };
}
