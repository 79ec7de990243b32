import { CHALLENGE_LIMITS, type BoardRow, type GameRow, type Limits } from '@arena/contracts';
import { Engine } from '@arena/engine';
import { ShardAborted, type GameSpecification, type Refusal } from '@arena/evaluation';
import { Bars, boardRowOf } from '@arena/report';
import { summarize } from '@arena/scoring';
import { evaluate, gameRow, openHost, refusalOf, type Evaluated } from '../agent/evaluate.ts';
import { oneAgent, readAgent, tellNotices, withBoxed, type ReadAgent } from '../agent/open.ts';
import { parse, type Command } from '../command.ts';
import { wholeNumber } from '../engine/settings.ts';
import { EXIT } from '../program.ts';
import { refusalText } from '../agent/fault.ts';
import { CommandError, UsageError } from '../usage.ts';
import { gamesFrom, parseHandover } from './from.ts';
import { HELP } from './help.ts';
import { LivePicture } from './live.ts';
import { jsonReport, textReport, type Played } from './report.ts';
import { saveTapes } from './save.ts';
import { chooseSeed, gamesOf, rootOf } from './seeds.ts';
import { stuckGames, type Stuck } from './stuck.ts';
import { playUnsandboxed } from './unsandboxed.ts';
import { out } from '../terminal/out.ts';

const OPTIONS = {
  games: { type: 'string' },
  seed: { type: 'string' },
  evaluation: { type: 'string' },
  first: { type: 'string' },
  from: { type: 'string' },
  'max-steps': { type: 'string' },
  save: { type: 'string' },
  log: { type: 'boolean', default: false },
  unsandboxed: { type: 'boolean', default: false },
  plain: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const;

const MOST_GAMES = 4096;
const USUAL_GAMES = 8;

interface Wanted {
  readonly games: readonly GameSpecification[];
  /** How to have the same games again. */
  readonly again: string;
  /** Where their seeds come from, and which is the first; null for games that are handed over. */
  readonly seeds: { readonly root: Uint8Array; readonly first: number } | null;
}

function numberOf(name: string, text: string | undefined, usual: number, least: number): number {
  if (text === undefined) return usual;
  const value = wholeNumber(name, text);
  if (value < least) throw new UsageError(`--${name} ${text}: at least ${least} is wanted`);
  return value;
}

async function gamesWanted(values: ReturnType<typeof parse<typeof OPTIONS>>['values']): Promise<Wanted> {
  const count = numberOf('games', values.games, values.from === undefined ? USUAL_GAMES : 1, 1);
  if (count > MOST_GAMES) throw new UsageError(`--games ${count}: at most ${MOST_GAMES} at a time`);
  if (values.from !== undefined) {
    for (const other of ['seed', 'evaluation', 'first'] as const)
      if (values[other] !== undefined)
        throw new UsageError(`--from brings its own game: leave --${other} away`);
    const handover = parseHandover(values.from);
    return {
      games: await gamesFrom(handover, await Engine.load(), count),
      again: `--from ${values.from}`,
      seeds: null,
    };
  }
  const evaluation = numberOf('evaluation', values.evaluation, 1, 1);
  const first = numberOf('first', values.first, 1, 1) - 1;
  const choice = chooseSeed(values.seed, evaluation);
  const words = [`--seed ${choice.text}`, ...(evaluation === 1 ? [] : [`--evaluation ${evaluation}`])];
  return {
    games: gamesOf(choice, first, count),
    again: [...words, ...(first === 0 ? [] : [`--first ${first + 1}`])].join(' '),
    seeds: { root: rootOf(choice), first },
  };
}

/** Plays with whatever shows it. `stopped`: what to exit with, if whoever watched stopped it. */
async function play(
  agent: ReadAgent,
  { games }: Wanted,
  limits: Limits,
  live: boolean,
): Promise<{ evaluated: Evaluated; stopped: number | null } | { refused: Refusal }> {
  const host = openHost();
  const rows: GameRow[] = [];
  const row = (): BoardRow => boardRowOf(agent.manifest, rows, games.length, summarize);
  const bars = new Bars(process.stderr.isTTY, (text) => process.stderr.write(text));
  const results: Evaluated['results'][number][] = [];
  let picture: LivePicture | null = null;
  try {
    return await withBoxed(agent, host, async (folder) => {
      const refused = await refusalOf({ host, folder, manifest: agent.manifest, games, limits });
      if (refused !== null) return { refused };
      // only now: what goes wrong before is told on the shell's own screen
      picture = live ? new LivePicture(row) : null;
      const shown = picture;
      try {
        const evaluated = await evaluate({
          ...{ host, folder, manifest: agent.manifest, games, limits },
          onShard: (shard) => shown?.follow(shard),
          events: {
            ...shown?.events,
            finished: (result) => {
              results.push(result);
              rows.push(gameRow(Number(result.id), result));
              if (shown === null) bars.show([row()]);
              shown?.events.finished?.(result);
            },
          },
        });
        return { evaluated, stopped: null };
      } catch (error) {
        if (!(error instanceof ShardAborted)) throw error;
        const report = { processes: 0, peakMemoryMiB: 0, cpuMs: 0, startMs: 0, sdk: null, log: '' };
        return { evaluated: { results, report }, stopped: shown?.stopped ?? EXIT.stopped };
      } finally {
        shown?.close();
      }
    });
  } finally {
    host.stage.dispose();
  }
}

/** The engine is loaded only where there is something to look at. */
async function stuckOf(results: Evaluated['results'], { noProgressSteps }: Limits): Promise<Stuck[]> {
  if (results.every(({ endReason }) => endReason !== 'no_progress')) return [];
  return stuckGames(await Engine.load(), results, noProgressSteps);
}

async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parse(args, OPTIONS);
  const path = oneAgent(positionals);
  const wanted = await gamesWanted(values);
  const maxSteps = numberOf('max-steps', values['max-steps'], CHALLENGE_LIMITS.maxSteps, 1);
  const limits = { ...CHALLENGE_LIMITS, maxSteps };
  const agent = await readAgent(path);
  tellNotices(agent);
  if (values.unsandboxed) {
    if (wanted.seeds === null)
      throw new UsageError('--from hands over in the sandbox: leave --unsandboxed away');
    const { again, games, seeds } = wanted;
    const { save, json } = values;
    return playUnsandboxed({
      ...{ agent, limits, again, save, json },
      ...{ seedRoot: seeds.root, first: seeds.first, games: games.length },
    });
  }
  const isTerminal = process.stdin.isTTY && process.stdout.isTTY;
  const live = isTerminal && !values.json && !values.plain;
  const outcome = await play(agent, wanted, limits, live);
  if ('refused' in outcome) {
    const { reason, log } = outcome.refused;
    if (values.json) out(`${JSON.stringify({ refused: outcome.refused }, null, 2)}\n`);
    throw new CommandError(refusalText(reason, values.json ? null : log));
  }
  const { evaluated, stopped } = outcome;
  const rows = evaluated.results.map((result) => gameRow(Number(result.id), result));
  const saved = values.save === undefined ? [] : await saveTapes(values.save, evaluated.results);
  const played: Played = {
    ...{ agent, rows, limits, saved, again: wanted.again, log: values.log },
    board: boardRowOf(agent.manifest, rows, wanted.games.length, summarize),
    results: evaluated.results,
    stuck: await stuckOf(evaluated.results, limits),
    report: evaluated.report,
  };
  const text = values.json ? JSON.stringify(jsonReport(played), null, 2) : textReport(played);
  out(`${text}\n`);
  if (stopped !== null) return stopped;
  return rows.every(({ verdict }) => verdict === 'ok') ? EXIT.ok : EXIT.failed;
}

export const PLAY: Command = {
  name: 'play',
  summary: 'play games with an agent as the server would, and see the table',
  help: HELP,
  run,
};
