import { tmpdir } from 'node:os';
import { PlatformError, ShardAborted } from '@arena/evaluation';
import { describe, expect, it } from '@jest/globals';
import { DatabaseGoneError, askDatabase, confirmed, usesUpTry } from './outside-faults.ts';

/** An error of the operating system, as Node makes them. */
const system = (code: string, path?: string): Error =>
  Object.assign(new Error(`${code}: something failed`), { code, ...(path === undefined ? {} : { path }) });
const within = (cause: Error): Error => new PlatformError('a game could not be played', { cause });
const rejection = (asked: Promise<unknown>): Promise<unknown> =>
  asked.then(
    () => null,
    (error: unknown) => error,
  );

describe('a try of a shard', () => {
  it.each(['ENOSPC', 'EDQUOT', 'EROFS', 'EIO', 'EMFILE', 'ENFILE'])(
    'is not used up by %s of this machine, however deep it lies',
    (code) => {
      expect(usesUpTry(system(code, '/tmp/cache'))).toBe(false);
      expect(usesUpTry(within(within(system(code))))).toBe(false);
      expect(usesUpTry(new AggregateError([new Error('one'), within(system(code))]))).toBe(false);
    },
  );

  it.each(['ECONNREFUSED', 'ECONNRESET', '53100', '53300', '57P01', '57P03', '58030', '25006', '08006'])(
    'is not used up by %s of the database',
    async (code) => {
      const error = await rejection(askDatabase(Promise.reject(within(system(code)))));
      expect(error).toBeInstanceOf(DatabaseGoneError);
      expect(usesUpTry(error)).toBe(false);
    },
  );

  it('is not used up where the worker stops or has lost its lease', () => {
    expect(usesUpTry(new ShardAborted())).toBe(false);
  });

  it.each([
    ["a broken pipe, which may be an agent's", system('EPIPE')],
    ['a connection reset that was not the database', within(system('ECONNRESET'))],
    ["words of an agent's that look like a full disk", within(new Error('ENOSPC: no space left on device'))],
    ["words that look like the database's", new Error('Connection terminated unexpectedly')],
    ['a control group that cannot be made', within(system('ENOSPC', '/sys/fs/cgroup/pids/arena/1'))],
    ['too few processes', within(system('EAGAIN'))],
    ['anything else', new PlatformError('the sandbox could not be set up')],
  ])('is used up by %s', (_what, error) => {
    expect(usesUpTry(error)).toBe(true);
  });

  it("is used up by the database's own refusal", async () => {
    const error = await rejection(askDatabase(Promise.reject(within(system('23505')))));
    expect(usesUpTry(error)).toBe(true);
  });

  it('is used up by a program that reads archives and only says that the disk is broken', async () => {
    // A stranger's archive may have taken it over; this folder takes files.
    const error = new PlatformError('the program that reads archives failed (exit code 1): EIO: i/o error');
    expect(usesUpTry(await confirmed(error, tmpdir()))).toBe(true);
    expect(usesUpTry(await confirmed(error, '/proc'))).toBe(false);
  });
});
