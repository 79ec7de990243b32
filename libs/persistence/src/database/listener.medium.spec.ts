import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openTestDatabase, type TestDatabase } from '../testing/index.ts';
import { Listener } from './listener.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
});

afterAll(() => database.close());

const until = async (done: () => boolean) => {
  while (!done()) await new Promise((resolve) => setTimeout(resolve, 10));
};
const notify = (channel: string, payload: string) =>
  database.dataSource.query('SELECT pg_notify($1, $2)', [channel, payload]);

describe('the listener', () => {
  it('hears its channels in order, and comes back by itself', async () => {
    const heard: string[] = [];
    let connected = 0;
    const lost: string[] = [];
    const listener = new Listener({
      url: database.url,
      channels: ['one', 'Two'],
      onNotification: (channel, payload) => heard.push(`${channel} ${payload}`),
      onConnected: () => (connected += 1),
      onLost: (error) => lost.push(error.message),
    });
    await listener.open();
    try {
      await notify('one', 'a');
      await notify('Two', 'b');
      await notify('three', 'c');
      await notify('one', 'd');
      await until(() => heard.length === 3);
      expect(heard).toEqual(['one a', 'Two b', 'one d']);
      await database.dataSource.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'arena listener'`,
      );
      await until(() => connected === 2);
      expect(lost).toHaveLength(1);
      await notify('one', 'e');
      await until(() => heard.length === 4);
    } finally {
      await listener.close();
    }
  });

  it('says so when the first connection fails', async () => {
    const listener = new Listener({
      url: 'postgres://nobody@127.0.0.1:1/none',
      channels: ['one'],
      onNotification: () => undefined,
      onConnected: () => undefined,
      onLost: () => undefined,
    });
    await expect(listener.open()).rejects.toThrow(/ECONNREFUSED/);
  });
});
