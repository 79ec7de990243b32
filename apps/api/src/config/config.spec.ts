import { describe, expect, it } from '@jest/globals';
import { ConfigError, readConfig } from './config.ts';
import { DEFAULT_VISITOR_LIMITS } from './limits.ts';

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
      visitors: DEFAULT_VISITOR_LIMITS,
    });
  });

  it.each([
    [{}, /DATABASE_URL is not set/],
    [{ DATABASE_URL: 'mysql://x' }, /DATABASE_URL must be a postgres/],
    [{ DATABASE_URL, PORT: '70000' }, /PORT/],
    [{ DATABASE_URL, PORT: 'http' }, /PORT/],
    [{ DATABASE_URL, ARENA_OPEN_SUBMISSIONS: 'yes' }, /ARENA_OPEN_SUBMISSIONS/],
    [{ DATABASE_URL, ARENA_ADMIN_TOKEN: 'short' }, /ARENA_ADMIN_TOKEN must have at least 16/],
    [{ DATABASE_URL, ARENA_TRUST_PROXY: 'yes' }, /ARENA_TRUST_PROXY must be the number of proxies/],
    [{ DATABASE_URL, ARENA_REQUESTS_PER_ADDRESS: '0' }, /ARENA_REQUESTS_PER_ADDRESS must be a whole number/],
  ])('refuses %j in one line', (environment, message) => {
    expect(() => readConfig(environment)).toThrow(message);
    expect(() => readConfig(environment)).toThrow(/^[^\n]*$/);
  });

  it('takes proxies by their number or their addresses', () => {
    const trusted = (text: string) =>
      readConfig({ DATABASE_URL, ARENA_TRUST_PROXY: text }).visitors.trustProxy;
    expect([trusted('2'), trusted('10.0.0.2,fd00::/8')]).toEqual([2, ['10.0.0.2', 'fd00::/8']]);
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
