/** What tests from end to end use of the launcher: the same start-up, client and packing. */
export { startArena, type Arena, type ArenaOptions } from './arena.ts';
export { packAgent } from '@arena/archive';
export { ApiError, ArenaClient } from '@arena/client';
export { CHALLENGE_LIMITS } from '@arena/contracts';
export { readConfig, type Config } from './config.ts';
