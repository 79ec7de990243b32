import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Limits } from '@arena/contracts';
import { Control, TURN, now } from './control.ts';
import { TurnClock, type Expiry } from './turn-clock.ts';

const LIMITS = { stepTimeoutMs: 400, startTimeoutMs: 400, timeBankMs: 1000 } as Limits;

let clock: TurnClock | null = null;
afterEach(() => {
  clock?.stop();
});

/** Resolves to what the clock says of a turn during which this thread does `meanwhile`. */
async function judged(meanwhile: () => void): Promise<{ expiry: Expiry; starved: boolean }> {
  const control = new Control();
  const told = new Promise<{ expiry: Expiry; starved: boolean }>((resolve) => {
    clock = new TurnClock(control, LIMITS, (expiry, starved) => {
      resolve({ expiry, starved });
    });
  });
  clock?.start();
  await delay(30);
  control.enter(TURN.answer, now());
  meanwhile();
  return told;
}

describe('a turn that lasts too long', () => {
  it('is the agent’s fault where the clock was looked at all the time', async () => {
    // Three tries: this very test may run on a machine that is short of processor time.
    const found: boolean[] = [];
    while (found.length < 3 && !found.includes(false)) found.push((await judged(() => undefined)).starved);
    expect(found).toContain(false);
  });

  it('is the worker’s where the thread with the clock did not come to look', async () => {
    const blocked = await judged(() => {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 600);
    });
    expect(blocked).toEqual({ expiry: 'step_timeout', starved: true });
  });
});
