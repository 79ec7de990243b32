/** Recorded games and how they are compared; runs in Node and in browsers, so reading files is not part of it. */
export { type Crc32 } from './digest.ts';
export { type GoldenGame } from './game-file.ts';
export { NoGoldenGame, parseGolden } from './parse.ts';
export { playRecorded, type Way } from './play.ts';
export { type Difference, type Verdict } from './player.ts';
export { type GoldenTask } from './task-file.ts';
