export * from './database.ts';
export * from './fixtures.ts';
export { layFreshServer } from './fresh-server.ts';
export { testRun } from './server.ts';
