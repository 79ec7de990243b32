import { endRun } from './server.ts';

/** Jest's globalTeardown. */
export default async function teardown(): Promise<void> {
  await endRun();
}
