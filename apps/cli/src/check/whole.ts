import { decodeFrame, formatWhole, plural } from '@arena/contracts';
import { ShardAborted, type GameResult, type Shard } from '@arena/evaluation';
import { evaluate } from '../agent/evaluate.ts';
import { chooseSeed, gamesOf } from '../play/seeds.ts';
import { gradeVerdicts } from './grades.ts';
import { caution, pass, type Outcome } from './outcome.ts';
import type { Checked } from './run.ts';

/** Enough to meet what comes late in games; a quick agent plays them in seconds. */
const WHOLE_GAMES = 8;
const CHECK = 'whole games';

/** Steps of games that are still in play, as their pictures tell: ten a second come while they are watched. */
class InPlay {
  readonly #steps = new Map<string, number>();

  constructor(readonly watch: (id: string) => void) {}

  started(id: string): void {
    this.#steps.set(id, 0);
    this.watch(id);
  }

  shown(id: string, frame: Uint8Array): void {
    if (this.#steps.has(id)) this.#steps.set(id, decodeFrame(frame).step);
  }

  finished(id: string): void {
    this.#steps.delete(id);
  }

  get games(): number {
    return this.#steps.size;
  }

  get steps(): number {
    return [...this.#steps.values()].reduce((sum, steps) => sum + steps, 0);
  }
}

/** Plays games to their own ends, for `seconds` at most, or until one is lost to a fault. */
export async function checkWhole(about: Checked, seconds: number): Promise<Outcome> {
  const finished: GameResult[] = [];
  let shard = null as Shard | null;
  const inPlay = new InPlay((id) => shard?.watch(id));
  const clock = { isLate: false };
  const timer = setTimeout(() => {
    clock.isLate = true;
    shard?.abort();
  }, seconds * 1000);
  try {
    await evaluate({
      ...about,
      games: gamesOf(chooseSeed('arena check whole games'), 0, WHOLE_GAMES),
      onShard: (begun) => {
        shard = begun;
        if (clock.isLate) begun.abort();
      },
      events: {
        started: ({ id }) => {
          inPlay.started(id);
        },
        frame: (id, bytes) => {
          inPlay.shown(id, bytes);
        },
        finished: (result) => {
          inPlay.finished(result.id);
          finished.push(result);
          // one is enough to know, and the process may need long to lose the others
          if (result.verdict !== 'ok') shard?.abort();
        },
      },
    });
  } catch (error) {
    if (!(error instanceof ShardAborted)) throw error;
    // else somebody pressed Ctrl-C
    if (!clock.isLate && finished.every(({ verdict }) => verdict === 'ok')) throw error;
  } finally {
    clearTimeout(timer);
  }
  return gradeWhole(finished, inPlay, seconds);
}

/** What whole games showed, and how much of them there was. */
export function gradeWhole(
  finished: readonly Pick<GameResult, 'verdict' | 'verdictReason' | 'log' | 'steps' | 'endReason'>[],
  inPlay: { readonly games: number; readonly steps: number },
  seconds: number,
): Outcome {
  const verdicts = gradeVerdicts(CHECK, 'played to their ends', finished);
  if (verdicts.grade === 'FAIL') return verdicts;
  const steps = finished.reduce((sum, each) => sum + each.steps, 0) + inPlay.steps;
  const covered = `${plural(finished.length, 'whole game')}, ${formatWhole(steps)} steps`;
  const stuck = finished.filter(({ endReason }) => endReason === 'no_progress').length;
  if (stuck > 0)
    return caution(
      CHECK,
      `${covered}; ${stuck} of them ended since no game time passed any more`,
      'see what they waited for: arena play AGENT tells',
    );
  if (inPlay.games === 0 && finished.length > 0) return pass(CHECK, covered);
  const message = `${covered} in ${plural(seconds, 'second')}; ${plural(inPlay.games, 'game')} were still in play`;
  return finished.length > 0
    ? pass(CHECK, message)
    : caution(
        CHECK,
        message,
        `play longer, e.g. arena check --seconds ${10 * seconds}, to see how games end`,
      );
}
