/** Workers die; games are counted once all the same. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { BoardRow } from '@arena/contracts';
import { CHALLENGE_LIMITS, packAgent, readConfig, startArena, type Arena } from '@arena/demo';
import { freePort } from '@arena/persistence/embedded';
import { openTestDatabase, type TestDatabase } from '@arena/persistence/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const root = new URL('../../../', import.meta.url).pathname;
const GAMES = 48;

let data: string;
let database: TestDatabase;
let arena: Arena;

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'arena-kill-'));
  database = await openTestDatabase();
  const config = readConfig({ ...process.env, ARENA_DATA: data }, 'start');
  arena = await startArena({ config, databaseUrl: database.url, port: await freePort(), watch: false });
}, 120_000);

afterAll(async () => {
  await arena.services.stop();
  await database.close();
  await rm(data, { recursive: true });
}, 60_000);

async function row(): Promise<BoardRow> {
  const { rows } = await arena.client.board('kill');
  const [only] = rows;
  if (rows.length !== 1 || !only) throw new Error(`one row is wanted, the board has ${rows.length}`);
  return only;
}

async function until(what: (row: BoardRow) => boolean): Promise<BoardRow> {
  for (;;) {
    const now = await row();
    if (what(now)) return now;
    await delay(20);
  }
}

describe('a worker killed in mid-evaluation', () => {
  it('and started again ends with every game counted exactly once', async () => {
    await arena.client.putCompetition('kill', {
      name: 'Kill',
      description: '',
      gamesPerEvaluation: GAMES,
      limits: CHALLENGE_LIMITS,
    });
    await arena.client.submit('kill', (await packAgent(join(root, 'agents/baselines/random'))).bytes);

    for (const killAt of [3, 20]) {
      const before = await until(({ gamesDone }) => gamesDone >= killAt);
      expect(before.gamesDone).toBeLessThan(GAMES);
      const pid = arena.services.pidOf('worker');
      if (pid === undefined) throw new Error('the worker is not running');
      process.kill(pid, 'SIGKILL');
      // The launcher starts it again, as an operator's service manager would.
      while (arena.services.pidOf('worker') === undefined || arena.services.pidOf('worker') === pid)
        await delay(20);
    }

    const done = await until(({ state }) => state === 'finished' || state === 'failed');
    const { evaluation } = await arena.client.submission(done.submissionId);
    expect(evaluation.reason).toBeNull();
    expect(done).toMatchObject({ state: 'finished', gamesDone: GAMES, gamesTotal: GAMES });

    const [counts] = await database.dataSource.query<unknown[]>(`
      SELECT count(*)::int AS games, count(*) FILTER (WHERE g.state = 'finished')::int AS finished, count(DISTINCT g.game_index)::int AS indexes,
             count(t.game_id)::int AS tapes, percentile_cont(0.5) WITHIN GROUP (ORDER BY g.score)::float AS median, avg(g.score)::float AS mean
      FROM game g LEFT JOIN tape t ON t.game_id = g.id`);
    expect(counts).toEqual({
      games: GAMES,
      finished: GAMES,
      indexes: GAMES,
      tapes: GAMES,
      median: done.median,
      mean: expect.closeTo(done.mean ?? NaN, 6),
    });
  }, 300_000);
});
