import type { Limits } from '@arena/contracts';
import { TURN, type Control, type Expiry } from './control.ts';

/** How often the clocks are looked at; limits are seconds, so a hundredth of one is exact enough. */
export const LOOK_MS = 10;
/**
 * A look that comes later than this after it was due was kept waiting: the thread that looks does nothing else. Beside six endless
 * programs looks come 0 to 4 ms late.
 */
const LATE_MS = LOOK_MS;
/** So many times its limit are excused in one turn at most: a turn lasts for four limits, whatever the machine does. */
const MOST_EXCUSED = 3;
/** The longest engine step seen takes milliseconds; ten games starting at once, tens of them. */
const ENGINE_HUNG_MS = 60_000;

/**
 * The turns of one shard, seen by the clock. Time for which the machine had no processor for the platform, or the platform was stopped, is not
 * charged: the turn may last longer by it. What shows it is a late look of the clock's thread, which does nothing but look;
 * so neither the platform's work nor an agent's sleeping processes count. Where the games of another shard were answered meanwhile, the
 * machine did have processors, and the agent is charged. Nothing of this repeats a game.
 */
export class TurnClock {
  readonly #control: Control;
  readonly #limits: Pick<Limits, 'startTimeoutMs' | 'stepTimeoutMs'>;
  #answers = 0;
  #since = Number.NaN;
  /** Of this turn. */
  #excusedMs = 0;
  /** A turn whose end was put off. */
  #patientWith = Number.NaN;
  /** The last look, and the agent's time up to then. */
  #seen = { at: Number.NaN, agentMs: 0 };
  #firedFor = Number.NaN;

  constructor(control: Control, limits: Pick<Limits, 'startTimeoutMs' | 'stepTimeoutMs'>) {
    this.#control = control;
    this.#limits = limits;
  }

  /** Whether a question was answered since this was asked last. */
  hasAnswered(): boolean {
    const { answers } = this.#control;
    const found = answers !== this.#answers;
    this.#answers = answers;
    return found;
  }

  /**
   * One look, which was due LOOK_MS after the last one. `othersPlay`: whether another shard's question was answered since. Returns why the turn is
   * over, and since when it lasted, once a turn; the control then says so, too.
   */
  look(time: number, othersPlay: boolean): { expiry: Expiry; since: number } | null {
    const { turn, since, budgetMs } = this.#control;
    if (this.#since !== since) {
      this.#since = since;
      this.#excusedMs = 0;
    }
    const elapsed = time - since;
    const agentMs = this.#control.turnsMs + (isAgents(turn) ? Math.max(0, elapsed) : 0);
    const seen = this.#seen;
    this.#seen = { at: time, agentMs };
    const lateMs = time - seen.at - LOOK_MS;
    const isLate = lateMs > LATE_MS;
    if (isLate && !othersPlay) {
      this.#excusedMs += Math.max(
        0,
        Math.min(lateMs, elapsed, MOST_EXCUSED * this.#limitOf(turn) - this.#excusedMs),
      );
      // Turns shorter than the wait are over by now: they are excused by their share of it.
      const share = (agentMs - seen.agentMs) / (time - seen.at);
      if (share > 0) this.#control.excuse(lateMs * Math.min(1, share));
    }
    if (this.#firedFor === since) return null;
    const expiry = this.#judge(turn, elapsed - this.#excusedMs, budgetMs);
    if (expiry === null) return null;
    if (isLate && this.#patientWith !== since) {
      // The answer may lie in the pipe since long, and who reads it was kept waiting, too.
      this.#patientWith = since;
      return null;
    }
    this.#firedFor = since;
    this.#control.expire(expiry, since);
    return { expiry, since };
  }

  #limitOf(turn: number): number {
    switch (turn) {
      case TURN.start:
        return this.#limits.startTimeoutMs;
      case TURN.write:
      case TURN.answer:
        return this.#limits.stepTimeoutMs;
      case TURN.game:
        return ENGINE_HUNG_MS;
      default:
        return 0;
    }
  }

  #judge(turn: number, charged: number, budgetMs: number): Expiry | null {
    switch (turn) {
      case TURN.start:
        return charged > this.#limits.startTimeoutMs ? 'start_timeout' : null;
      case TURN.write:
      case TURN.answer:
        if (charged > this.#limits.stepTimeoutMs) return 'step_timeout';
        return charged > budgetMs ? 'time_bank' : null;
      case TURN.game:
        return charged > ENGINE_HUNG_MS ? 'engine_hung' : null;
      default:
        return null;
    }
  }
}

function isAgents(turn: number): boolean {
  return turn === TURN.write || turn === TURN.answer;
}
