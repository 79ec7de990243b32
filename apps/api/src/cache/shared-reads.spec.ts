import { describe, expect, it } from '@jest/globals';
import { SharedReads } from './shared-reads.ts';

/** A query that ends when the test says so. */
function query(): { run: () => Promise<number>; end: (error?: Error) => void; readonly runs: number } {
  let runs = 0;
  const pending: { resolve: (value: number) => void; reject: (error: Error) => void }[] = [];
  return {
    run: () => {
      const run = ++runs;
      return new Promise<number>((resolve, reject) => {
        pending.push({
          resolve: () => {
            resolve(run);
          },
          reject,
        });
      });
    },
    end: (error) => {
      for (const { resolve, reject } of pending.splice(0))
        if (error) reject(error);
        else resolve(0);
    },
    get runs() {
      return runs;
    },
  };
}
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('shared reads', () => {
  it('make two queries of 5,000 questions for one key', async () => {
    const reads = new SharedReads();
    const board = query();
    const answers = Array.from({ length: 5000 }, () => reads.read('board', board.run));
    expect(board.runs).toBe(1);
    board.end();
    await turn();
    expect(board.runs).toBe(2);
    board.end();
    expect(new Set(await Promise.all(answers))).toEqual(new Set([1, 2]));
    expect(await answers[0]).toBe(1);
  });

  it('never answer with what was read before the question came', async () => {
    const reads = new SharedReads();
    const board = query();
    const early = reads.read('board', board.run);
    const late = reads.read('board', board.run);
    board.end();
    expect(await early).toBe(1);
    await turn();
    // The second query has begun: who asks now waits for the third.
    const latest = reads.read('board', board.run);
    board.end();
    expect(await late).toBe(2);
    await turn();
    board.end();
    expect(await latest).toBe(3);
  });

  it('keep keys apart, and keep nothing once all is answered', async () => {
    const reads = new SharedReads();
    const [one, two] = [query(), query()];
    const answers = [reads.read('one', one.run), reads.read('two', two.run), reads.read('two', two.run)];
    expect(reads.size).toBe(2);
    one.end();
    two.end();
    await turn();
    two.end();
    expect(await Promise.all(answers)).toEqual([1, 1, 2]);
    await turn();
    expect(reads.size).toBe(0);
  });

  it('tell a failure to those who shared it, and read anew for the next', async () => {
    const reads = new SharedReads();
    const board = query();
    const failed = reads.read('board', board.run);
    const next = reads.read('board', board.run);
    board.end(new Error('away'));
    await expect(failed).rejects.toThrow('away');
    await turn();
    board.end();
    expect(await next).toBe(2);
  });
});
