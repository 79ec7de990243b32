import { describe, expect, it } from '@jest/globals';
import { ConfigError, readConfig } from './config.ts';

const DATABASE_URL = 'postgres://arena:s3cret@127.0.0.1/arena';

describe('the configuration', () => {
  it('has defaults that let nobody do anything', () => {
    expect(readConfig({ DATABASE_URL, ARENA_ADMIN_TOKEN: '' })).toEqual({
      databaseUrl: DATABASE_URL,
      port: 3000,
      host: '127.0.0.1',
      adminToken: null,
      openSubmissions: false,
      webDir: null,
      engineDir: null,
      maxUploadBytes: 67_108_864,
      instance: null,
    });
  });

  it.each([
    [{}, /DATABASE_URL is not set/],
    [{ DATABASE_URL: 'mysql://x' }, /DATABASE_URL must be a postgres/],
    [{ DATABASE_URL, PORT: '70000' }, /PORT/],
    [{ DATABASE_URL, PORT: 'http' }, /PORT/],
    [{ DATABASE_URL, ARENA_OPEN_SUBMISSIONS: 'yes' }, /ARENA_OPEN_SUBMISSIONS/],
    [{ DATABASE_URL, ARENA_ADMIN_TOKEN: 'short' }, /ARENA_ADMIN_TOKEN must have at least 16/],
  ])('refuses %j in one line', (environment, message) => {
    expect(() => readConfig(environment)).toThrow(message);
    expect(() => readConfig(environment)).toThrow(/^[^\n]*$/);
  });

  it('repeats no secret in its errors', () => {
    try {
      readConfig({ DATABASE_URL: 'mysql://arena:s3cret@x', ARENA_ADMIN_TOKEN: 'hunter2' });
      throw new Error('accepted');
    } catch (error) {
      expect(error).toBeInstanceOf(ConfigError);
      expect(String(error)).not.toMatch(/s3cret|hunter2/);
    }
  });
});
