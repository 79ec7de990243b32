import { formatWhole } from '@arena/contracts';
import { cell } from '@arena/report';
import type { TournamentGame } from './report.ts';

const WIDTH = 24;
/** Elsewhere than on a terminal a line each twentieth: a tournament lasts for hours. */
const PARTS = 20;
const HOUR = 3600;

/** How far one agent is. */
interface Part {
  readonly name: string;
  readonly total: number;
  done: number;
  /** Milliseconds that its finished games took the agent and the engine. */
  busyMs: number;
}

/** `1 h 05 min`, `3 min`, `40 s`. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < HOUR) return `${Math.round(whole / 60)} min`;
  const minutes = Math.round((whole % HOUR) / 60) % 60;
  const hours = Math.floor((whole + 30) / HOUR);
  return `${hours} h ${String(minutes).padStart(2, '0')} min`;
}

/**
 * One bar over all agents' games, with how long the rest will take: by what a game of each agent has cost so far, since a
 * game of one may cost a thousand times another's.
 */
export class TournamentProgress {
  readonly #parts = new Map<string, Part>();
  readonly #shards: number;
  readonly #write: (text: string) => void;
  readonly #interactive: boolean;
  #told = -1;

  constructor(shards: number, interactive: boolean, write: (text: string) => void) {
    this.#shards = shards;
    this.#interactive = interactive;
    this.#write = write;
  }

  /** An agent takes part, with games that are finished already. */
  enter(name: string, total: number, games: readonly TournamentGame[]): void {
    const part: Part = { name, total, done: 0, busyMs: 0 };
    this.#parts.set(name, part);
    for (const game of games) count(part, game);
  }

  add(name: string, game: TournamentGame): void {
    const part = this.#parts.get(name);
    if (part === undefined) throw new RangeError(`${name} takes no part`);
    count(part, game);
    this.show(name);
  }

  /** Seconds that the rest will take; null before the first game. */
  secondsLeft(): number | null {
    const parts = [...this.#parts.values()];
    const done = parts.reduce((sum, part) => sum + part.done, 0);
    if (done === 0) return null;
    const usual = parts.reduce((sum, part) => sum + part.busyMs, 0) / done;
    const busy = parts.reduce(
      (sum, part) => sum + (part.total - part.done) * (part.done === 0 ? usual : part.busyMs / part.done),
      0,
    );
    return busy / 1000 / this.#shards;
  }

  show(name: string): void {
    const parts = [...this.#parts.values()];
    const done = parts.reduce((sum, part) => sum + part.done, 0);
    const total = parts.reduce((sum, part) => sum + part.total, 0);
    const share = total === 0 ? 1 : done / total;
    const at = Math.floor(share * PARTS);
    if (!this.#interactive && at === this.#told) return;
    this.#told = at;
    const filled = Math.floor(share * WIDTH);
    const bar = '█'.repeat(filled) + '░'.repeat(WIDTH - filled);
    const own = this.#parts.get(name);
    const left = this.secondsLeft();
    const rest = done === total || left === null ? '' : `, ${duration(left)} left`;
    const which = own === undefined ? '' : `  ${cell(own.name, 12, 'left')} ${own.done}/${own.total}`;
    const line = `${bar} ${formatWhole(done)}/${formatWhole(total)} games${rest}${which}`;
    this.#write(this.#interactive ? `\r\x1b[K${line}${done === total ? '\n' : ''}` : `${line}\n`);
  }
}

function count(part: Part, { agentTimeMs, gameTimeMs }: TournamentGame): void {
  part.done += 1;
  part.busyMs += agentTimeMs + gameTimeMs;
}
