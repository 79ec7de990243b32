import { describe, expect, it } from '@jest/globals';
import { fuzz } from './run.ts';

describe('the reader of answers, given chance', () => {
  it.each([1, 2, 3])('comes to a verdict on each output (seed %i)', (seed) => {
    const { outputs, verdicts } = fuzz(3000, seed);
    expect(Object.values(verdicts).reduce((sum, count) => sum + count, 0)).toBe(outputs);
    // All ends are met, so that the fuzzer would see each go wrong.
    expect(Object.keys(verdicts)).toEqual(
      expect.arrayContaining([
        ...['answered', 'answered no action', 'ready', 'more bytes wanted'],
        ...[
          'too_much_output',
          'unknown_frame',
          'unexpected_frame',
          'wrong_length',
          'wrong_ticket',
          'bad_ready',
        ],
      ]),
    );
  });

  it('comes to one on each of 100,000', () => {
    expect(fuzz(100_000, 4).outputs).toBe(100_000);
  }, 120_000);

  it('is given the same by the same seed', () => {
    expect(fuzz(500, 7)).toEqual(fuzz(500, 7));
  });
});
