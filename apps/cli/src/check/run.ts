import type { Limits } from '@arena/contracts';
import type { Engine } from '@arena/engine';
import type { AgentHost, GameResult, GameSpecification } from '@arena/evaluation';
import type { Manifest } from '@arena/protocol';
import { SandboxError } from '@arena/sandbox';
import { evaluate, type Evaluated } from '../agent/evaluate.ts';
import { chooseSeed, gamesOf } from '../play/seeds.ts';
import { endingGames, idleGame, judgedGames } from './ends.ts';
import { firstDifference, gradeMemory, gradeStart, gradeSteps, gradeVerdicts } from './grades.ts';
import { caution, fail, pass, type Outcome } from './outcome.ts';
import { checkWhole } from './whole.ts';

export interface Checked {
  readonly host: AgentHost;
  readonly folder: string;
  readonly manifest: Manifest;
  readonly engine: Engine;
  /** Of the server; games are cut short beside. */
  readonly limits: Limits;
  /** How long whole games are played at most. */
  readonly seconds: number;
}

/** Enough for prompts, fights and deaths of most agents; a tenth of a second for a quick one. */
const STEPS = 300;
const STEPS_AT_END = 60;
const IDLE_AT_END = 30;
/** More games than places, so that places are used again. */
const MORE_GAMES = 2;
/** Played one at a time: enough to see that slots are kept apart; all 66 would take an agent of 10 ms a step three minutes. */
const MOST_ALONE = 18;

/** All checks of a sound agent, one after another. What cannot be played is told once. */
export async function* checksOf(
  about: Checked,
  begin: (check: string) => void,
): AsyncGenerator<Outcome, void, undefined> {
  const { manifest, host } = about;
  try {
    host.runtime(manifest.runtime);
  } catch (error) {
    if (!(error instanceof SandboxError)) throw error;
    yield fail(
      'runtime',
      error.message,
      'name one that is offered, or install what is missing; then check again',
    );
    return;
  }
  const limits = { ...about.limits, maxSteps: STEPS };
  const games = gamesOf(chooseSeed('arena check'), 0, manifest.gamesAtOnce + MORE_GAMES);
  const play = (atOnce: number, some = games): Promise<Evaluated> =>
    evaluate({ ...about, manifest: { ...manifest, gamesAtOnce: atOnce }, games: some, limits });

  begin('games');
  const first = await play(manifest.gamesAtOnce);
  const games1 = gradeVerdicts('games', `${STEPS} steps each`, first.results);
  yield games1;
  // one that loses games cannot be compared
  if (games1.grade === 'FAIL') return;
  begin('determinism');
  const determinism = gradeAgain(first, await play(manifest.gamesAtOnce));
  yield determinism;
  if (manifest.gamesAtOnce > 1) {
    begin('batch');
    const compared = spread(games.length, MOST_ALONE);
    const alone = await play(
      1,
      games.filter((_, game) => compared.includes(game)),
    );
    yield gradeBatch(first, alone, compared, manifest.gamesAtOnce, determinism.grade === 'PASS');
  } else yield pass('batch', 'it plays one game at a time');
  begin('endings');
  yield await checkEndings(about);
  begin('whole games');
  yield await checkWhole(about, about.seconds);
  yield gradeStart(first.report, about.limits);
  yield gradeSteps(first.results, about.limits);
  yield gradeMemory(first.report, about.limits);
}

function gradeAgain(first: Evaluated, again: Evaluated): Outcome {
  const difference = firstDifference(first.results, again.results);
  if (difference === null)
    return pass('determinism', 'the same games, played twice, are the same key by key');
  const { game, key } = difference;
  return caution(
    'determinism',
    `the same games, played twice, differ: game ${game + 1} from key ${key + 1} on`,
    "draw random numbers from each game's own seed (reset's info), not from the clock or the process' seed; else no score can be repeated",
  );
}

/** `most` numbers below `count`, the first and the last among them: games of all places, not of the first ones alone. */
export function spread(count: number, most: number): number[] {
  if (count <= most) return Array.from({ length: count }, (_, i) => i);
  return Array.from({ length: most }, (_, i) => Math.round((i * (count - 1)) / (most - 1)));
}

/** `compared`: the numbers, among `many`, of the games that were played alone. */
function gradeBatch(
  many: Evaluated,
  single: Evaluated,
  compared: readonly number[],
  atOnce: number,
  comparable: boolean,
): Outcome {
  const verdicts = gradeVerdicts('batch', 'one game at a time', single.results);
  if (verdicts.grade === 'FAIL') return verdicts;
  const difference = firstDifference(
    compared.flatMap((game) => many.results[game] ?? []),
    single.results,
  );
  const of =
    compared.length === many.results.length ? '' : ` (${compared.length} of ${many.results.length} compared)`;
  if (difference === null) return pass('batch', `${atOnce} games at once are the same as one at a time${of}`);
  if (!comparable)
    return caution('batch', 'cannot be compared: its games differ from play to play', 'see determinism');
  const game = (compared[difference.game] ?? 0) + 1;
  return caution(
    'batch',
    `${atOnce} games at once are others than one at a time: game ${game} from key ${difference.key + 1} on`,
    'keep what an agent remembers for each slot by itself, and forget it at reset',
  );
}

/** A process that ends behind a game costs the next one nothing when that has not begun, so that no verdict tells it. */
function betweenGames(played: readonly GameResult[]): Outcome {
  const told = played.find(({ verdict, log }) => verdict === 'ok' && log !== null)?.log ?? null;
  const [reason = ''] = (told ?? '').split('\n');
  return fail(
    'endings',
    `its process crashed in between two games: ${reason}`,
    'see what gameOver and reset do: a process must go on after every game, whatever ended it',
    told,
  );
}

/** Brings games to each kind of end; the last game of each shard shows that the agent plays on. */
async function checkEndings(about: Checked): Promise<Outcome> {
  const { engine, limits } = about;
  const after = (name: string): GameSpecification[] =>
    gamesOf(chooseSeed('arena check endings'), 0, 1).map((game) => ({ ...game, id: `after ${name}` }));
  const ends = endingGames(engine);
  const judged = judgedGames();
  const ruled = await evaluate({
    ...about,
    games: [...ends, ...judged, ...after('them')],
    limits: { ...limits, maxSteps: STEPS_AT_END, noProgressSteps: IDLE_AT_END },
  });
  const idle = await evaluate({
    ...about,
    games: [idleGame(engine), ...after('no progress')],
    limits: { ...limits, maxSteps: STEPS_AT_END, noProgressSteps: 1 },
  });
  const played = [...ruled.results, ...idle.results];
  const asJudged = (result: GameResult): boolean =>
    judged.some(
      ({ id, judged: by }) =>
        // An agent's own fault would have come before the game was to be judged.
        id === result.id && by?.verdict === result.verdict && by.steps === result.steps,
    );
  const results = played.map((result) => (asJudged(result) ? { ...result, verdict: 'ok' as const } : result));
  const reached = new Set(
    played.map((result) =>
      (asJudged(result) ? result.verdict : (result.how ?? result.endReason)).toLowerCase().replace('_', ' '),
    ),
  );
  const verdicts = gradeVerdicts('endings', `games that ended by ${[...reached].join(', ')}`, results);
  if (verdicts.grade === 'FAIL') return verdicts;
  if (ruled.report.processes + idle.report.processes > 2) return betweenGames(played);
  const stuck = ruled.results.filter(
    ({ id, endReason }) => ends.some((end) => end.id === id) && endReason !== 'game_over',
  );
  if (stuck.length === 0) return verdicts;
  return caution(
    'endings',
    `it never answers the last questions of a game (${stuck.map(({ id }) => id).join(', ')}): such games end by no progress`,
    'press Escape or Return (MiscAction MORE) where misc says that a question or --More-- waits',
  );
}
