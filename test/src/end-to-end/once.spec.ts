/** `npm start -- --once --games N --json` as a user types it: npm, entry script, everything real. */
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import type { BoardView } from '@arena/contracts';
import { describe, expect, it } from '@jest/globals';

/** Few for a score, enough to tell the two apart: over 64 games explorer's median is about 1,000, random's 0. */
const GAMES = 8;
const root = new URL('../../../', import.meta.url).pathname;

async function once(args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn('npm', ['start', '--', '--once', ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, out, err };
}

describe('npm start -- --once', () => {
  it('prints one JSON document with both baselines scored, the same at every run', async () => {
    const first = await once(['--games', String(GAMES), '--json']);
    expect([first.code, first.err]).toEqual([0, expect.any(String)]);
    const board = JSON.parse(first.out) as BoardView;
    expect(board.rows.map((row) => [row.agentName, row.gamesDone, row.gamesTotal, row.state])).toEqual(
      expect.arrayContaining([
        ['random', GAMES, GAMES, 'finished'],
        ['explorer', GAMES, GAMES, 'finished'],
      ]),
    );
    expect(board.rows).toHaveLength(2);
    const median = (name: string): number =>
      board.rows.find(({ agentName }) => agentName === name)?.median ?? Number.NaN;
    expect(median('explorer')).toBeGreaterThanOrEqual(3 * median('random'));
    expect(median('explorer')).toBeGreaterThan(100);
    expect(first.err).toMatch(/explorer .*8\/8/);

    const figures = ({ rows }: BoardView): unknown =>
      rows.map(({ agentName, rank, median, mean, bestDepth }) => ({
        agentName,
        rank,
        median,
        mean,
        bestDepth,
      }));
    const second = await once(['--games', String(GAMES), '--json']);
    expect(figures(JSON.parse(second.out) as BoardView)).toEqual(figures(board));
  }, 600_000);
});
