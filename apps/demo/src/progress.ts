/** Whether a start gets on: decides from what services tell and use, and keeps no clock of its own. */

export interface ProgressLimits {
  /** Nothing moved for this long: no new phase, and less than {@link MOVES_MS} of processor time. */
  stalledMs: number;
  /** One phase took this long, however busy it was: an endless loop is busy too. */
  phaseMs: number;
}

/**
 * A self-test of a runtime may take its full 60 s of start and 60 s of steps before it gives up by itself; a machine with six
 * busy programs a processor stretches the other phases (1 to 3 s on an idle one) to 20 s.
 */
export const LIMITS: ProgressLimits = { stalledMs: 150_000, phaseMs: 900_000 };

/** Processor time that shows life: a process that only waits and polls uses some ms a second. */
const MOVES_MS = 3_000;

/** What is seen of a service at one moment. */
export interface Sight {
  name: string;
  /** The last phase of its start that it told; null before the first. */
  phase: string | null;
  /** Processor time it has used, with its children that ended. */
  cpuMs: number;
}

export class Progress {
  readonly #limits: ProgressLimits;
  /** Each phase counts once: a service that dies and starts again gets nowhere. */
  readonly #seen = new Set<string>();
  #phaseSince: number;
  #movedAt: number;
  #cpuAtMove = 0;

  constructor(now: number, limits: ProgressLimits = LIMITS) {
    this.#limits = limits;
    this.#phaseSince = now;
    this.#movedAt = now;
  }

  /** Takes a look at all services; answers with why the wait is over, or null while the start gets on. */
  look(now: number, sights: readonly Sight[]): string | null {
    for (const { name, phase } of sights) {
      const key = `${name}: ${phase ?? ''}`;
      if (this.#seen.has(key)) continue;
      this.#seen.add(key);
      this.#phaseSince = now;
      this.#moved(now, sights);
    }
    const used = cpuOf(sights);
    // A service that was started again begins at 0.
    if (used < this.#cpuAtMove) this.#cpuAtMove = used;
    if (used - this.#cpuAtMove >= MOVES_MS) this.#moved(now, sights);
    const { stalledMs, phaseMs } = this.#limits;
    if (now - this.#movedAt > stalledMs)
      return `nothing has moved for ${Math.round((now - this.#movedAt) / 1000)} s`;
    if (now - this.#phaseSince > phaseMs)
      return `the same phase has taken ${Math.round((now - this.#phaseSince) / 1000)} s`;
    return null;
  }

  #moved(now: number, sights: readonly Sight[]): void {
    this.#movedAt = now;
    this.#cpuAtMove = cpuOf(sights);
  }
}

const cpuOf = (sights: readonly Sight[]): number => sights.reduce((sum, { cpuMs }) => sum + cpuMs, 0);
