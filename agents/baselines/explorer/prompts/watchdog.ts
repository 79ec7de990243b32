import { DIRECTIONS } from '../perception/geometry.ts';
import type { Random } from '../random.ts';
import type { Seen } from '../world.ts';

/** Keys without game time after which something else is tried. The platform ends a game after 10,000. */
const ALARM = 60;

/** Notices that no game time passes, whatever the reason, and types its way out. */
export class Watchdog {
  #turn = -1;
  #keys = 0;

  /** A key to type instead of what the agent had in mind, or null while all is well. */
  check(seen: Seen, random: Random): string | null {
    const turn = seen.blstats[20] ?? 0;
    if (turn !== this.#turn) {
      this.#turn = turn;
      this.#keys = 0;
      return null;
    }
    this.#keys++;
    if (this.#keys < ALARM || this.#keys % ALARM > 24) return null;
    // First out of any prompt, then a wait, then any step.
    switch (this.#keys % 4) {
      case 0:
      case 1:
        return '\x1b';
      case 2:
        return this.#keys % 8 < 4 ? 's' : ' ';
      default:
        return DIRECTIONS[random.below(8)]?.key ?? 's';
    }
  }
}
