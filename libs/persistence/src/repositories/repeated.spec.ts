import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Repeated } from './repeated.ts';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

const errors: string[] = [];
const log = { error: (message: string) => void errors.push(message) };

describe('Repeated', () => {
  it('never runs twice at once, and waits for the last run when it stops', async () => {
    const ends: (() => void)[] = [];
    const repeated = new Repeated('work', 1000, () => new Promise<void>((end) => ends.push(end)), log);
    await jest.advanceTimersByTimeAsync(3500);
    expect(ends).toHaveLength(1);
    ends[0]?.();
    await jest.advanceTimersByTimeAsync(1000);
    expect(ends).toHaveLength(2);
    let stopped = false;
    const stopping = repeated.stop().then(() => {
      stopped = true;
    });
    await jest.advanceTimersByTimeAsync(5000);
    expect([ends.length, stopped]).toEqual([2, false]);
    ends[1]?.();
    await stopping;
    expect(stopped).toBe(true);
  });

  it('tells a failure and goes on', async () => {
    let runs = 0;
    const failing = () => (++runs === 1 ? Promise.reject(new Error('lost')) : Promise.resolve());
    const repeated = new Repeated('the beat', 3000, failing, log);
    await jest.advanceTimersByTimeAsync(6000);
    expect(runs).toBe(2);
    expect(errors).toEqual(['the beat failed and is tried again in 3 s: lost']);
    await repeated.stop();
  });
});
