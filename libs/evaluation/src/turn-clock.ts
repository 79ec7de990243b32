import type { Limits } from '@arena/contracts';
import { TURN, now, type Control } from './control.ts';

export type Expiry = 'start_timeout' | 'step_timeout' | 'time_bank' | 'engine_hung';

/** How often the clocks are looked at; limits are seconds, so a hundredth of one is exact enough. */
const LOOK_MS = 10;
/** A look that comes later than this after the last one was kept waiting. */
const LATE_MS = 2 * LOOK_MS;
/** The longest engine step seen takes milliseconds; ten games starting at once, tens of them. */
const ENGINE_HUNG_MS = 60_000;

/**
 * The share of a turn, or of a game, in which this thread, which only looks at clocks and hands results on, did not come to look in time:
 * above it the worker was short of processor time itself, and so perhaps was the agent. Agents cannot bring that about: they
 * share the processors by sandbox, and the worker keeps one. With six programs for each processor it was a fifth.
 */
const STARVED_SHARE = 0.5;

/** Whether what took `ms` did so while the worker was short of processor time, `latenessMs` of it. */
export function isStarved(latenessMs: number, ms: number): boolean {
  return latenessMs > STARVED_SHARE * ms;
}

/** The beginning of what is said then, everywhere. */
export const STARVED =
  'an agent ran out of time while this worker was short of processor time itself: its games are played again. ' +
  'Run fewer shards (ARENA_WORKER_SHARDS) or nothing else on this machine';

/** Holds the limits from outside: calls `expired` once a turn that lasts too long, while it lasts. */
export class TurnClock {
  readonly #control: Control;
  readonly #limits: Limits;
  readonly #expired: (expiry: Expiry, starved: boolean) => void;
  #timer: NodeJS.Timeout | null = null;
  #firedFor = Number.NaN;
  #lookedAt = Number.NaN;
  /** When this turn began, and how late looks came in it, milliseconds. */
  #turn = { since: Number.NaN, lateMs: 0 };

  constructor(control: Control, limits: Limits, expired: (expiry: Expiry, starved: boolean) => void) {
    this.#control = control;
    this.#limits = limits;
    this.#expired = expired;
  }

  start(): void {
    this.#lookedAt = now();
    this.#timer = setInterval(() => {
      this.#look();
    }, LOOK_MS);
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer);
  }

  #look(): void {
    const { turn, since, budgetMs } = this.#control;
    const time = now();
    if (this.#turn.since !== since) this.#turn = { since, lateMs: 0 };
    const lateMs = Math.max(0, time - this.#lookedAt - LATE_MS);
    if (lateMs > 0) this.#control.addLateness(lateMs);
    // What lies in this turn.
    this.#turn.lateMs += Math.max(0, Math.min(lateMs, time - since));
    this.#lookedAt = time;
    if (this.#firedFor === since) return;
    const expiry = this.#judge(turn, time - since, budgetMs);
    if (expiry === null) return;
    this.#firedFor = since;
    this.#expired(expiry, isStarved(this.#turn.lateMs, time - since));
  }

  #judge(turn: number, elapsed: number, budgetMs: number): Expiry | null {
    switch (turn) {
      case TURN.start:
        return elapsed > this.#limits.startTimeoutMs ? 'start_timeout' : null;
      case TURN.write:
      case TURN.answer:
        if (elapsed > this.#limits.stepTimeoutMs) return 'step_timeout';
        return elapsed > budgetMs ? 'time_bank' : null;
      case TURN.game:
        return elapsed > ENGINE_HUNG_MS ? 'engine_hung' : null;
      default:
        return null;
    }
  }
}
