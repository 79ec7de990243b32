import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { openEmptyDatabase } from '../testing/index.ts';
import { openDataSource } from './data-source.ts';
import { isUnavailable } from './unavailable.ts';

let database: Awaited<ReturnType<typeof openEmptyDatabase>>;
beforeAll(async () => {
  database = await openEmptyDatabase();
});
afterAll(() => database.drop());

it('a statement that takes too long is ended, and its connection serves the next', async () => {
  const source = await openDataSource({
    ...{ url: database.url, applicationName: 'test', poolSize: 1, statementTimeoutMs: 200 },
  });
  try {
    const failure: unknown = await source.query('SELECT pg_sleep(60)').catch((error: unknown) => error);
    expect(String(failure)).toContain('statement timeout');
    expect(isUnavailable(failure)).toBe(true);
    expect(await source.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  } finally {
    await source.destroy();
  }
});
