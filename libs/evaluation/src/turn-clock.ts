import type { Limits } from '@arena/contracts';
import { TURN, now, type Control } from './control.ts';

export type Expiry = 'start_timeout' | 'step_timeout' | 'time_bank' | 'engine_hung';

/** How often the clocks are looked at; limits are seconds, so a hundredth of one is exact enough. */
const LOOK_MS = 10;
/** The longest engine step seen takes milliseconds; ten games starting at once, tens of them. */
const ENGINE_HUNG_MS = 60_000;

/** Holds the limits from outside: calls `expired` once a turn that lasts too long, while it lasts. */
export class TurnClock {
  readonly #control: Control;
  readonly #limits: Limits;
  readonly #expired: (expiry: Expiry) => void;
  #timer: NodeJS.Timeout | null = null;
  #firedFor = Number.NaN;

  constructor(control: Control, limits: Limits, expired: (expiry: Expiry) => void) {
    this.#control = control;
    this.#limits = limits;
    this.#expired = expired;
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.#look();
    }, LOOK_MS);
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer);
  }

  #look(): void {
    const { turn, since, budgetMs } = this.#control;
    if (this.#firedFor === since) return;
    const expiry = this.#judge(turn, now() - since, budgetMs);
    if (expiry === null) return;
    this.#firedFor = since;
    this.#expired(expiry);
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
