import { availableParallelism } from 'node:os';
import { describe, expect, it } from '@jest/globals';
import { readConfig } from './config.ts';
import { ConfigError } from './errors.ts';

const good = { DATABASE_URL: 'postgres://arena:hidden@localhost:5432/arena' };

describe('worker config', () => {
  it('needs nothing but the database', () => {
    const config = readConfig(good);
    expect(config.databaseUrl).toBe(good.DATABASE_URL);
    expect(config.shards).toBeGreaterThanOrEqual(1);
    expect(config.sandboxUids).toBeUndefined();
  });

  it('keeps a processor for the worker itself, unless it is told otherwise', () => {
    expect(readConfig(good).shards).toBe(Math.max(1, availableParallelism() - 1));
    expect(readConfig({ ...good, ARENA_WORKER_SHARDS: '7' }).shards).toBe(7);
  });

  it('offers all runtimes, or those that it names', () => {
    expect(readConfig(good).runtimes).toBeNull();
    expect(readConfig({ ...good, ARENA_RUNTIMES: 'node,my-torch' }).runtimes).toEqual(['node', 'my-torch']);
  });

  it('runs agents without a sandbox only where that is said, outside of production', () => {
    expect(readConfig({ ...good, NODE_ENV: 'production' }).unprotected).toBe(false);
    expect(readConfig({ ...good, ARENA_UNPROTECTED: '0', NODE_ENV: 'production' }).unprotected).toBe(false);
    expect(readConfig({ ...good, ARENA_UNPROTECTED: '1' }).unprotected).toBe(true);
  });

  it('reads the range of users', () => {
    expect(readConfig({ ...good, ARENA_SANDBOX_UIDS: '300000+16' }).sandboxUids).toEqual({
      first: 300_000,
      count: 16,
    });
  });

  it.each([
    ['no database', {}, /DATABASE_URL/],
    ['another database', { DATABASE_URL: 'mysql://arena:hidden@localhost/arena' }, /DATABASE_URL.*postgres/],
    ['no shards', { ...good, ARENA_WORKER_SHARDS: '0' }, /ARENA_WORKER_SHARDS/],
    ['words for shards', { ...good, ARENA_WORKER_SHARDS: 'all' }, /ARENA_WORKER_SHARDS/],
    ['no list of runtimes', { ...good, ARENA_RUNTIMES: 'node python' }, /ARENA_RUNTIMES.*commas/],
    [
      'agents without a sandbox in production',
      { ...good, ARENA_UNPROTECTED: '1', NODE_ENV: 'production' },
      /ARENA_UNPROTECTED=1 .*NODE_ENV=production forbids/,
    ],
    ['half a word for it', { ...good, ARENA_UNPROTECTED: 'yes' }, /ARENA_UNPROTECTED: 1 is wanted/],
    ['a list of users', { ...good, ARENA_SANDBOX_UIDS: '1000-2000' }, /ARENA_SANDBOX_UIDS.*FIRST\+COUNT/],
  ])('refuses %s by name, without the password', (_name, env, message) => {
    expect(() => readConfig(env)).toThrow(ConfigError);
    expect(() => readConfig(env)).toThrow(message);
    expect(() => readConfig(env)).not.toThrow(/hidden/);
  });
});
