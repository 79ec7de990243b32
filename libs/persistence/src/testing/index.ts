export * from './database.ts';
export * from './fixtures.ts';
export { testRun } from './server.ts';
