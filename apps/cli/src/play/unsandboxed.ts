import { join } from 'node:path';
import { plural, type BoardRow, type GameRow, type Limits } from '@arena/contracts';
import { rehearse, ShardAborted, type RehearsedGame } from '@arena/evaluation';
import { Bars, boardRowOf, boardTable, causesText, gamesTable } from '@arena/report';
import { summarize } from '@arena/scoring';
import { decodeTape, type Tape } from '@arena/tape';
import { withUnpacked, type ReadAgent } from '../agent/open.ts';
import { EXIT } from '../program.ts';
import { CommandError, UsageError } from '../usage.ts';
import { saveTapes, type SavedTape } from './save.ts';
import { out } from '../terminal/out.ts';

export interface UnsandboxedPlay {
  readonly agent: ReadAgent;
  readonly seedRoot: Uint8Array;
  readonly first: number;
  readonly games: number;
  readonly limits: Limits;
  /** Options that give the same games. */
  readonly again: string;
  /** A folder for tapes. */
  readonly save: string | undefined;
  readonly json: boolean;
}

/**
 * Plays with a trusted agent in threads of this process: with the network and the environment of whoever runs it, without
 * clocks, by the challenge's rules. Prints what was played; returns the exit code.
 */
export async function playUnsandboxed(play: UnsandboxedPlay): Promise<number> {
  const { agent, games: total, save } = play;
  const { runtime } = agent.manifest;
  if (runtime !== 'node')
    throw new UsageError(
      `--unsandboxed plays agents for node; this one is for ${runtime}. On your own machine an agent in Python plays by arena.make`,
    );
  const rows: GameRow[] = [];
  const tapes: { id: string; tape: Tape }[] = [];
  const board = (): BoardRow => boardRowOf(agent.manifest, rows, total, summarize);
  const bars = new Bars(process.stderr.isTTY, (text) => process.stderr.write(text));
  const stopped = await played(play, async ({ game, tape }) => {
    const row = rowOf(game);
    rows.push(row);
    bars.show([board()]);
    if (tape !== null) tapes.push({ id: row.id, tape: await decodeTape(tape) });
  });
  rows.sort((a, b) => a.index - b.index);
  tapes.sort((a, b) => Number(a.id) - Number(b.id));
  const saved = save === undefined ? [] : await saveTapes(save, tapes);
  out(`${play.json ? json(play, rows, board(), saved) : text(play, rows, board(), saved)}\n`);
  return stopped ? EXIT.stopped : EXIT.ok;
}

/** Resolves with whether a signal stopped it. Throws CommandError where the agent failed. */
async function played(
  { agent, seedRoot, first, games, limits, save }: UnsandboxedPlay,
  take: (rehearsed: { game: RehearsedGame; tape: Uint8Array | null }) => Promise<void>,
): Promise<boolean> {
  const { entry, fields, gamesAtOnce } = agent.manifest;
  const stop = new AbortController();
  const abort = (): void => {
    stop.abort();
  };
  process.once('SIGINT', abort).once('SIGTERM', abort);
  const taken: Promise<void>[] = [];
  try {
    await withUnpacked(agent, (folder) =>
      rehearse({
        ...{ entry: join(folder, entry), fields, limits, seedRoot, first, games },
        ...{ character: '@', tapes: save !== undefined, signal: stop.signal },
        // Agents that are worth it wait for others, not for a processor.
        threads: gamesAtOnce,
        finished: (rehearsed) => {
          taken.push(take(rehearsed));
        },
      }),
    );
    return false;
  } catch (error) {
    if (error instanceof ShardAborted) return true;
    throw new CommandError(`the agent failed: ${(error as Error).stack ?? String(error)}`, { cause: error });
  } finally {
    process.off('SIGINT', abort).off('SIGTERM', abort);
    await Promise.all(taken);
  }
}

function rowOf(game: RehearsedGame): GameRow {
  const { index, score, turns, steps, deepestLevel, experienceLevel, character, death, ascended } = game;
  const now = new Date().toISOString();
  return {
    ...{ id: String(index), index, state: 'finished', verdict: 'ok', verdictReason: null },
    ...{ score, turns, steps, deepestLevel, experienceLevel, character, death, ascended },
    endReason: game.endReason as GameRow['endReason'],
    ...{ startedAt: null, finishedAt: now },
  };
}

function text(
  { again }: UnsandboxedPlay,
  rows: readonly GameRow[],
  board: BoardRow,
  saved: readonly SavedTape[],
): string {
  if (rows.length === 0) return 'No game came to its end.';
  const tapes = saved.length === 0 ? [] : [`${plural(saved.length, 'tape')} saved`];
  return [
    ...[gamesTable(rows), boardTable([board]), causesText(rows)],
    ['without sandbox and clocks', `the same games again: ${again} --unsandboxed`, ...tapes].join('\n'),
  ].join('\n\n');
}

function json(
  { agent, again, limits }: UnsandboxedPlay,
  rows: readonly GameRow[],
  board: BoardRow,
  saved: readonly SavedTape[],
): string {
  const { name, version, kind, runtime } = agent.manifest;
  const report = {
    agent: { name, version, kind, runtime, sha256: agent.archive.sha256 },
    ...{ again: `${again} --unsandboxed`, unsandboxed: true, limits, board },
    games: rows.map((row) => ({ ...row, tape: saved.find(({ id }) => id === row.id)?.path ?? null })),
  };
  return JSON.stringify(report, null, 2);
}
