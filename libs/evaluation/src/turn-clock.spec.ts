import { describe, expect, it } from '@jest/globals';
import { Control, TURN } from './control.ts';
import { LOOK_MS, TurnClock } from './turn-clock.ts';

const LIMITS = { stepTimeoutMs: 400, startTimeoutMs: 800 };

interface Machine {
  /** So much later than due comes each look. */
  lateMs?: number;
  othersPlay?: boolean;
  budgetMs?: number;
  turn?: (typeof TURN)['start' | 'answer'];
}

/** What the clock says first of a turn without an end, and after how many milliseconds of it. */
function judged({ lateMs = 0, othersPlay = false, budgetMs = Infinity, turn = TURN.answer }: Machine): {
  expiry: string | null;
  lasted: number;
  control: Control;
} {
  const control = new Control();
  const clock = new TurnClock(control, LIMITS);
  control.enter(turn, 1000, budgetMs);
  const step = LOOK_MS + lateMs;
  for (let time = 1000; time < 10_000; time += step) {
    const found = clock.look(time, othersPlay);
    if (found) return { expiry: found.expiry, lasted: time - 1000, control };
  }
  return { expiry: null, lasted: Infinity, control };
}

describe('a turn that lasts too long', () => {
  it('ends at its limit where the clock has a processor', () => {
    for (const lateMs of [0, 4, LOOK_MS]) {
      const { expiry, lasted, control } = judged({ lateMs });
      expect(expiry).toBe('step_timeout');
      expect(lasted).toBeGreaterThan(400);
      expect(lasted).toBeLessThanOrEqual(400 + 2 * LOOK_MS);
      expect(control.excusedMs).toBe(0);
    }
    expect(judged({ budgetMs: 100 })).toMatchObject({ expiry: 'time_bank', lasted: 110 });
    expect(judged({ turn: TURN.start })).toMatchObject({ expiry: 'start_timeout', lasted: 810 });
  });

  it('is not charged for the time in which the clock could not look, up to four limits in all', () => {
    const { expiry, lasted, control } = judged({ lateMs: 90 });
    expect(expiry).toBe('step_timeout');
    expect(lasted).toBeGreaterThan(1600);
    // One look more, for an answer that nobody has read.
    expect(lasted).toBeLessThanOrEqual(1800);
    expect(control.excusedMs).toBeGreaterThan(1200);
    expect(control.excusedMs).toBeLessThanOrEqual(1800);
  });

  it('is not charged for it where it is over before the clock looks, by its share of the time', () => {
    const control = new Control();
    const clock = new TurnClock(control, LIMITS);
    // In each 100 ms two turns of 30 ms of the agent's, and the engine's turns.
    for (let time = 1000; time <= 2000; time += 100) {
      control.enter(TURN.game, time);
      clock.look(time, false);
      control.noteTurn(30);
      control.noteTurn(30);
    }
    expect(control.excusedMs).toBeCloseTo(10 * 90 * 0.6);
  });

  it('is charged for it where the games of others are answered meanwhile', () => {
    const { lasted, control } = judged({ lateMs: 90, othersPlay: true });
    expect(lasted).toBe(600);
    expect(control.excusedMs).toBe(0);
  });

  it('has one look more where the clock was stopped, so that an answer that came meanwhile is read', () => {
    const control = new Control();
    const clock = new TurnClock(control, LIMITS);
    control.enter(TURN.answer, 1000);
    clock.look(1000, false);
    expect(clock.look(61_000, false)).toBeNull();
    control.enter(TURN.game, 61_001);
    expect(clock.look(61_010, false)).toBeNull();
    control.enter(TURN.answer, 61_020);
    clock.look(61_020, false);
    expect(clock.look(121_020, false)).toBeNull();
    expect(clock.look(121_030, false)).toMatchObject({ expiry: 'step_timeout' });
  });

  it('is told once, and holds for the process that had it, and for no other', () => {
    const control = new Control();
    const clock = new TurnClock(control, LIMITS);
    control.enter(TURN.answer, 1000);
    expect(clock.look(1401, false)).toEqual({ expiry: 'step_timeout', since: 1000 });
    expect(clock.look(1411, false)).toBeNull();
    expect(control.expiryAfter(900)).toBe('step_timeout');
    expect(control.expiryAfter(1001)).toBeNull();
  });
});
