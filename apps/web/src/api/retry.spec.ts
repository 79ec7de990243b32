import { describe, expect, it } from '@jest/globals';
import { ApiError, errorFrom } from './client.ts';
import { isPassing, retryDelay } from './retry.ts';

const away = new ApiError(0, 'unreachable', 'away');

describe('retryDelay', () => {
  it('waits longer with each failure, up to half a minute', () => {
    const delays = [1, 2, 3, 4, 5, 6, 100].map((failures) => retryDelay(away, failures, 0));
    expect(delays).toEqual([2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
  });

  it('never comes sooner than the server asks, within reason', () => {
    expect(retryDelay(errorFrom(503, undefined, '10'), 1, 0)).toBe(10_000);
    expect(retryDelay(errorFrom(429, undefined, '1'), 1, 0)).toBe(2000);
    expect(retryDelay(errorFrom(503, undefined, '999999'), 1, 0)).toBe(120_000);
    expect(retryDelay(errorFrom(503, undefined, 'soon'), 1, 0)).toBe(2000);
    const date = new Date(Date.now() + 20_000).toUTCString();
    expect(retryDelay(errorFrom(503, undefined, date), 1, 0)).toBeGreaterThan(15_000);
  });

  it('spreads the pages of many visitors', () => {
    expect(retryDelay(away, 1, 1)).toBe(2500);
  });

  it.each([400, 401, 404, 409, 410, 500])('leaves %i alone', (status) => {
    expect(retryDelay(errorFrom(status, undefined), 1, 0)).toBeNull();
  });

  it('leaves an answer alone that the page cannot read', () => {
    expect(isPassing(new ApiError(0, 'unreadable', 'a fault of the page'))).toBe(false);
  });
});

it.each([
  [429, 'More was asked from your address'],
  [502, 'being restarted'],
  [503, 'being restarted'],
  [504, 'takes too long'],
])('%i without words of the server’s is told in words', (status, words) => {
  expect(errorFrom(status, '<html>').message).toContain(words);
});
