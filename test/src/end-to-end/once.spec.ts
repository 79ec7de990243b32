/** `npm start -- --once --games N --json` as a user types it: npm, entry script, everything real. */
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import type { BoardView } from '@arena/contracts';
import { describe, expect, it } from '@jest/globals';

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
    const first = await once(['--games', '2', '--json']);
    expect([first.code, first.err]).toEqual([0, expect.any(String)]);
    const board = JSON.parse(first.out) as BoardView;
    expect(board.rows.map((row) => [row.agentName, row.gamesDone, row.gamesTotal, row.state])).toEqual(
      expect.arrayContaining([
        ['random', 2, 2, 'finished'],
        ['explorer', 2, 2, 'finished'],
      ]),
    );
    expect(board.rows).toHaveLength(2);
    for (const row of board.rows) expect(row.median).not.toBeNull();
    expect(first.err).toMatch(/explorer .*2\/2/);

    const figures = ({ rows }: BoardView): unknown =>
      rows.map(({ agentName, rank, median, mean, bestDepth }) => ({
        agentName,
        rank,
        median,
        mean,
        bestDepth,
      }));
    const second = await once(['--games', '2', '--json']);
    expect(figures(JSON.parse(second.out) as BoardView)).toEqual(figures(board));
  }, 300_000);
});
