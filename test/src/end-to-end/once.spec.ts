/** `npm start -- --once --games N --json` as a user types it: npm, entry script, everything real. */
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import type { BoardView } from '@arena/contracts';
import { openTestDatabase } from '@arena/persistence/testing';
import { describe, expect, it } from '@jest/globals';

/** Few, since only their being the same at every run is looked at. */
const GAMES = 2;
const root = new URL('../../../', import.meta.url).pathname;

async function once(
  args: string[],
  env: NodeJS.ProcessEnv = {},
): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn('npm', ['start', '--', '--once', ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, out, err };
}

describe('npm start -- --once', () => {
  it('prints one JSON document with all baselines scored, the same at every run', async () => {
    const first = await once(['--games', String(GAMES), '--json']);
    expect([first.code, first.err]).toEqual([0, expect.any(String)]);
    const board = JSON.parse(first.out) as BoardView;
    expect(board.rows.map((row) => [row.agentName, row.gamesDone, row.gamesTotal, row.state])).toEqual(
      expect.arrayContaining([
        ['random', GAMES, GAMES, 'finished'],
        ['explorer', GAMES, GAMES, 'finished'],
        ['cloner', GAMES, GAMES, 'finished'],
        ['pilot', GAMES, GAMES, 'finished'],
      ]),
    );
    expect(board.rows).toHaveLength(4);
    expect(first.err).toMatch(/explorer .*2\/2/);

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

  it("gives explorer at least three times random's score over 24 games, on a server of one's own", async () => {
    const database = await openTestDatabase();
    try {
      const { code, out } = await once(['--games', '24', '--agents', 'random,explorer', '--json'], {
        DATABASE_URL: database.url,
      });
      expect(code).toBe(0);
      const { rows } = JSON.parse(out) as BoardView;
      expect(rows.map(({ agentName }) => agentName).sort()).toEqual(['explorer', 'random']);
      const of = (name: string) => rows.find(({ agentName }) => agentName === name);
      const [explorer, random] = [of('explorer'), of('random')];
      expect([explorer?.gamesDone, random?.gamesDone]).toEqual([24, 24]);
      expect(explorer?.median ?? 0).toBeGreaterThanOrEqual(3 * (random?.median ?? Infinity));
      // Random's median is 0, of which three times is nothing: its mean, about 1, and a floor say more.
      expect(explorer?.mean ?? 0).toBeGreaterThanOrEqual(3 * (random?.mean ?? Infinity));
      expect(explorer?.median ?? 0).toBeGreaterThan(500);
    } finally {
      await database.close();
    }
  }, 600_000);
});
