export * from './specification.ts';
export * from './agent-host.ts';
export * from './errors.ts';
export * from './seeds.ts';
export * from './shard.ts';
export * from './self-test.ts';
