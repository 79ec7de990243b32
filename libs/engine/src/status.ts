import type { Observation } from '@arena/nle-wasm';

/** Places in `blstats`. */
export const BLSTATS = {
  x: 0,
  y: 1,
  strength25: 2,
  strength125: 3,
  dexterity: 4,
  constitution: 5,
  intelligence: 6,
  wisdom: 7,
  charisma: 8,
  score: 9,
  hitPoints: 10,
  maxHitPoints: 11,
  depth: 12,
  gold: 13,
  energy: 14,
  maxEnergy: 15,
  armorClass: 16,
  monsterLevel: 17,
  experienceLevel: 18,
  experiencePoints: 19,
  turns: 20,
  hunger: 21,
  capacity: 22,
  dungeonNumber: 23,
  levelNumber: 24,
  conditions: 25,
  alignment: 26,
} as const;

/** Places in `internal`. */
export const INTERNAL = {
  deepestLevel: 0,
  inYesNo: 1,
  inLineInput: 2,
  atMore: 3,
  onStairsDown: 4,
  nutrition: 7,
  experience: 8,
} as const;

/** Places in `program_state`. */
export const PROGRAM_STATE = {
  gameOver: 0,
  panicking: 1,
  exiting: 2,
  inMoveLoop: 3,
  inImpossible: 4,
  worthSaving: 5,
} as const;

/** True once the move loop is reached and while the game goes on: only then do the status figures mean anything. */
export function inPlay({ program_state }: Pick<Observation, 'program_state'>): boolean {
  return program_state[PROGRAM_STATE.inMoveLoop] !== 0 && program_state[PROGRAM_STATE.gameOver] === 0;
}
