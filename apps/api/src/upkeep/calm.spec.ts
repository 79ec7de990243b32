import { setImmediate as round } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { Calm, type Look } from './calm.ts';
import { collectGarbage } from './collect.ts';

const look = (mib: number, busy = 0): Look => ({ rss: mib * 2 ** 20, busy });
/** How many of the looks ask for a collection. */
const asked = (calm: Calm, looks: readonly Look[]): number => looks.filter((each) => calm.sees(each)).length;
const times = (many: number, each: Look): Look[] => Array.from({ length: many }, () => each);

describe('a collection of garbage', () => {
  const started = (): Calm => {
    const calm = new Calm(150 * 2 ** 20);
    expect(asked(calm, times(10, look(150)))).toBe(0);
    return calm;
  };

  it('is asked for once after a flood, when the process is calm', () => {
    const calm = started();
    expect(asked(calm, times(20, look(330, 0.9)))).toBe(0);
    expect(asked(calm, [look(330), look(330)])).toBe(1);
    expect(asked(calm, [...times(3, look(330)), ...times(100, look(160))])).toBe(0);
    expect(asked(calm, times(100, look(330)))).toBe(1);
  });

  it('is not asked for again where it gave nothing back', () => {
    expect(asked(started(), times(1000, look(330)))).toBe(1);
  });

  it('is not asked for while visitors come and go, nor for little', () => {
    const calm = started();
    expect(asked(calm, [...times(50, look(330, 0.5)), look(330), ...times(50, look(330, 0.2))])).toBe(0);
    expect(asked(calm, times(100, look(175)))).toBe(0);
  });

  it('collects what nobody holds any more', async () => {
    const left = new WeakRef({ name: 'left behind' });
    // What was made or looked at in this turn is kept until the next.
    await round();
    collectGarbage();
    expect(left.deref()).toBeUndefined();
  });
});
