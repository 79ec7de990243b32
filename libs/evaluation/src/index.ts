export * from './specification.ts';
export * from './agent-host.ts';
export * from './errors.ts';
export * from './rehearsal/rehearsal.ts';
export type { Rehearsed, RehearsedGame } from './rehearsal/messages.ts';
export * from './seeds.ts';
export * from './shard.ts';
export * from './self-test.ts';
export * from './try-out.ts';
