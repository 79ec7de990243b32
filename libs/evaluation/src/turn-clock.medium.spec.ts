/** A program that never comes back, with the clock and with the clock taken away. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Limits } from '@arena/contracts';
import { Sandbox, type SandboxExit } from '@arena/sandbox';
import { afterAll, describe, expect, it } from '@jest/globals';
import { Control, TURN, now } from './control.ts';
import { Clocks } from './clocks.ts';

const sandbox = new Sandbox();
const LIMITS = { stepTimeoutMs: 300, startTimeoutMs: 300, timeBankMs: 300 } as Limits;
const clocks = new Clocks();
afterAll(() => clocks.dispose());
const HELD = { memoryMiB: 64, processes: 8, tmpMiB: 1 };

/** How it ended while it had the turn, or null if it still runs long after its time. */
async function ends(
  turn: (typeof TURN)['start' | 'answer'],
  withClock: boolean,
): Promise<SandboxExit | null> {
  const running = await sandbox.start({
    command: ['/bin/bash', '-c', 'trap "" TERM INT HUP; while :; do :; done'],
    bindings: [],
    limits: HELD,
  });
  const control = new Control();
  const forget = withClock
    ? clocks.watch(control, LIMITS, {
        expired: () => {
          running.kill();
        },
        failed: (error) => {
          throw error;
        },
      })
    : (): void => undefined;
  control.enter(turn, now(), turn === TURN.answer ? LIMITS.timeBankMs : Infinity);
  const late = delay(withClock ? 20_000 : 5 * LIMITS.stepTimeoutMs, null);
  const found = await Promise.race([running.exit, late]);
  forget();
  running.kill();
  await running.exit;
  running.close();
  return found;
}

describe.each([
  ['load', TURN.start],
  ['answer', TURN.answer],
] as const)('what takes for ever to %s', (_what, turn) => {
  it('is ended while it runs, and goes on where nobody looks at the clock', async () => {
    expect(await ends(turn, true)).toEqual({ cause: 'stopped' });
    expect(await ends(turn, false)).toBeNull();
  });
});
