import { describe, expect, it } from '@jest/globals';
import { Coalescer } from './coalescer.ts';

const until = async (done: () => boolean) => {
  while (!done()) await new Promise((resolve) => setTimeout(resolve, 5));
};

describe('Coalescer', () => {
  it('runs at once, and once more for all touches that came meanwhile', async () => {
    const runs: string[] = [];
    const coalescer = new Coalescer(30, (key) => Promise.resolve(void runs.push(key)), fail);
    for (let touch = 0; touch < 50; touch++) coalescer.touch('a');
    coalescer.touch('b');
    expect(runs).toEqual(['a', 'b']);
    await until(() => runs.length === 3);
    expect(runs).toEqual(['a', 'b', 'a']);
  });

  it('never overlaps for one key and loses no last touch', async () => {
    let running = 0;
    let most = 0;
    let seen = 0;
    let value = 0;
    const coalescer = new Coalescer(
      1,
      async () => {
        running += 1;
        most = Math.max(most, running);
        const read = value;
        await new Promise((resolve) => setTimeout(resolve, 3));
        seen = read;
        running -= 1;
      },
      fail,
    );
    for (value = 1; value < 20; value++) {
      coalescer.touch('a');
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    coalescer.touch('a');
    await until(() => seen === 20);
    expect(most).toBe(1);
  });

  it('goes on after an error', async () => {
    const errors: unknown[] = [];
    let runs = 0;
    const coalescer = new Coalescer(
      1,
      () => (++runs === 1 ? Promise.reject(new Error('lost')) : Promise.resolve()),
      (error) => errors.push(error),
    );
    coalescer.touch('a');
    coalescer.touch('a');
    await until(() => runs === 2);
    expect(errors).toEqual([new Error('lost')]);
  });
});

function fail(error: unknown): void {
  throw error;
}
