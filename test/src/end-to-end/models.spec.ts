/** A model without code, from its upload over the API and a worker to its score and tapes. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { GameRow, SubmissionView } from '@arena/contracts';
import { CHALLENGE_LIMITS, packAgent, readConfig, startArena, type Arena } from '@arena/demo';
import { Engine } from '@arena/engine';
import { freePort } from '@arena/persistence/embedded';
import { openTestDatabase, type TestDatabase } from '@arena/persistence/testing';
import { decodeTape, verify } from '@arena/tape';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { builtAgent, dropBuilt } from '../kit/built-agent.ts';
import { arena as run } from '../kit/terminal.ts';

const root = new URL('../../../', import.meta.url).pathname;
const MODEL = join(root, 'agents/templates/onnx');
const MASTER = 'cd'.repeat(32);
const GAMES = 6;
const STEPS = 300;

let data: string;
let database: TestDatabase;
let arena: Arena;

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'arena-models-'));
  database = await openTestDatabase();
  const config = readConfig({ ...process.env, ARENA_DATA: data }, 'start');
  arena = await startArena({ config, databaseUrl: database.url, port: await freePort(), watch: false });
  await arena.client.putCompetition('models', {
    ...{ name: 'Models', description: '', gamesPerEvaluation: GAMES, masterSeed: MASTER },
    limits: { ...CHALLENGE_LIMITS, maxSteps: STEPS },
  });
}, 120_000);

afterAll(async () => {
  await arena.services.stop();
  await database.close();
  await rm(data, { recursive: true });
  dropBuilt();
}, 60_000);

async function evaluated(folder: string): Promise<SubmissionView> {
  const { id } = await arena.client.submit('models', (await packAgent(folder)).bytes);
  for (;;) {
    const view = await arena.client.submission(id);
    if (['finished', 'failed'].includes(view.evaluation.state)) return view;
    await delay(50);
  }
}

const essence = (games: readonly GameRow[]): unknown =>
  games.map(({ index, character, score, turns, steps, verdict, endReason }) => ({
    ...{ index, character, score, turns, steps, verdict, endReason },
  }));

describe('a model that is uploaded', () => {
  it('is played by the worker, shown on the board, and its games can be played again', async () => {
    const { id, evaluation } = await evaluated(MODEL);
    expect(evaluation).toMatchObject({ state: 'finished', gamesDone: GAMES, reason: null });
    expect(evaluation.board).toMatchObject({ agentName: 'my-model', kind: 'neural', faults: 0 });
    const games = await arena.client.games(id);
    expect(new Set(games.map(({ verdict }) => verdict))).toEqual(new Set(['ok']));
    expect(new Set(games.map(({ steps }) => steps))).toContain(STEPS);

    const same = ['--games', String(GAMES), '--seed', MASTER, '--max-steps', String(STEPS), '--json'];
    const played = JSON.parse((await run(data, 'play', MODEL, ...same)).stdout) as { games: GameRow[] };
    expect(essence(played.games)).toEqual(essence(games));

    const answer = await fetch(`${arena.url}/api/games/${games[0]?.id ?? ''}/tape`);
    const tape = await decodeTape(new Uint8Array(await answer.arrayBuffer()));
    expect(tape.keys).toHaveLength(games[0]?.steps ?? 0);
    expect(verify(tape, await Engine.load()).differences).toEqual([]);
  }, 120_000);

  it('that does not fit its map is refused with both shapes, and costs no game', async () => {
    const { evaluation } = await evaluated(builtAgent(join(root, 'test/agents/broken/onnx-wrong-shape')));
    expect(evaluation).toMatchObject({ state: 'failed', gamesDone: 0 });
    expect(evaluation.reason).toMatch(
      /ModelError: the input .* of policy\.onnx is .*, arena\.json feeds it /,
    );
  }, 120_000);
});
