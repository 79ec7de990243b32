/** What tests from end to end use of the launcher: the same start-up, client and packing. */
export { startArena, type Arena, type ArenaOptions } from './arena.ts';
export { packAgent } from './archive.ts';
export { ApiError, ArenaClient } from './client.ts';
export { CHALLENGE_LIMITS } from './competition.ts';
export { readConfig, type Config } from './config.ts';
