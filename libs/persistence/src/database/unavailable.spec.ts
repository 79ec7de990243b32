import { describe, expect, it } from '@jest/globals';
import { runInNewContext } from 'node:vm';
import { QueryFailedError } from 'typeorm';
import { DatabaseBusyError } from './bounded-pool.ts';
import { isUnavailable } from './unavailable.ts';

const coded = (code: string): Error => Object.assign(new Error('failed'), { code });
const failed = (driver: Error): Error => new QueryFailedError('SELECT 1', [], driver);

const closed = (words: string): Error =>
  Object.assign(new Error(`database "arena" ${words}`), { code: '55000' });

describe('a failed query', () => {
  it.each([
    ['a full queue', new DatabaseBusyError(256)],
    ['a refused connection', coded('ECONNREFUSED')],
    [
      'a refused connection on two addresses',
      new AggregateError([coded('ECONNREFUSED'), coded('ECONNREFUSED')]),
    ],
    ['a server that stops', failed(coded('57P01'))],
    ['a server that starts', failed(coded('57P03'))],
    ['no connection left', coded('53300')],
    ['a full disk', failed(coded('53100'))],
    ['a cancelled query', failed(coded('57014'))],
    ['a database that is closed for new connections', closed('is not currently accepting connections')],
    [
      'an error of another realm',
      runInNewContext("Object.assign(new Error('no'), { code: 'ECONNREFUSED' })") as Error,
    ],
    ['a deadlock', failed(coded('40P01'))],
    ['a lost connection', new Error('Connection terminated unexpectedly')],
    ['a pool that waited too long', new Error('timeout exceeded when trying to connect')],
    ['another error caused by one of these', new Error('cannot', { cause: failed(coded('08006')) })],
  ])('by %s is the database’s fault', (_what, error) => {
    expect(isUnavailable(error)).toBe(true);
  });

  it.each([
    ['a wrong statement', failed(coded('42601'))],
    ['a broken rule', failed(coded('23505'))],
    ['a wrong value', failed(coded('22P02'))],
    ['a sequence that was not used yet', closed('has no current value')],
    ['a defect', new TypeError('x is not a function')],
    ['nothing', undefined],
    ['a text', 'ECONNREFUSED'],
  ])('by %s is not', (_what, error) => {
    expect(isUnavailable(error)).toBe(false);
  });
});
