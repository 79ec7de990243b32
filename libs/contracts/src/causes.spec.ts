import { describe, expect, it } from '@jest/globals';
import { causesOf, topCauses } from './causes.ts';
import { game } from './testing/index.ts';

describe('causesOf', () => {
  it('counts deaths without what the hero was doing, faults apart', () => {
    const causes = causesOf([
      game(0, { death: 'killed by a newt' }),
      game(1, { death: 'killed by a newt, while praying' }),
      game(2, { death: 'killed by a newt', verdict: 'crashed', endReason: 'agent' }),
      game(3, { death: null, endReason: 'no_progress' }),
      game(4, { death: 'ascended', ascended: true }),
      game(5, { state: 'running', verdict: null, death: null }),
    ]);
    expect(causes).toEqual([
      { label: 'killed by a newt', count: 2, fault: false },
      { label: 'Agent crashed', count: 1, fault: true },
      { label: 'Stopped: no game time passed', count: 1, fault: false },
      { label: 'ascended', count: 1, fault: false },
    ]);
  });
});

describe('topCauses', () => {
  const causes = [3, 2, 1, 1].map((count, i) => ({ label: `c${i}`, count, fault: false }));

  it('sums up the rest', () => {
    expect(topCauses(causes, 2)).toMatchObject({
      top: [{ label: 'c0' }, { label: 'c1' }],
      others: { kinds: 2, count: 2 },
    });
  });

  it('does not sum up a single one', () => {
    expect(topCauses(causes, 3)).toMatchObject({ top: { length: 4 }, others: { kinds: 0, count: 0 } });
  });
});
