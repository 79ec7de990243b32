import { createHash, randomBytes } from 'node:crypto';
import { DEMO_MASTER_SEED, evaluationSeedRoot, gameSeeds } from '@arena/scoring';
import type { GameSpecification } from '@arena/evaluation';

/** Of every competition's games unless its organisers say otherwise. */
const CLOCK = 1_623_758_400;

/** What a competition's games are made of: its master seed and which of its evaluations this is, from 1. */
export interface SeedChoice {
  /** As it can be typed again. */
  readonly text: string;
  readonly masterSeed: Uint8Array;
  readonly evaluation: number;
}

/**
 * `demo`: the demo competition's, which is public; 64 hexadecimal digits: a competition's own; any other text: one made of
 * it. None: a random text.
 */
export function chooseSeed(text = randomBytes(6).toString('hex'), evaluation = 1): SeedChoice {
  return { text, masterSeed: masterSeedOf(text), evaluation };
}

function masterSeedOf(text: string): Uint8Array {
  if (text === 'demo') return DEMO_MASTER_SEED;
  if (/^[0-9a-f]{64}$/i.test(text)) return Buffer.from(text, 'hex');
  return createHash('sha256').update(text).digest();
}

/** The root of the games' seeds. */
export const rootOf = ({ masterSeed, evaluation }: SeedChoice): Uint8Array =>
  evaluationSeedRoot(masterSeed, evaluation);

/** Games `first` … as a server deals them: seeds down from the master seed, a random character, the challenge's options. */
export function gamesOf(choice: SeedChoice, first: number, count: number): GameSpecification[] {
  const root = rootOf(choice);
  return Array.from({ length: count }, (_, i) => ({
    id: String(first + i),
    seeds: gameSeeds(root, first + i),
    character: '@',
    options: '',
    clock: CLOCK,
  }));
}
