import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { checkArchive } from '@arena/archive';
import { ArchiveBox } from '@arena/archive/boxed';
import { pack } from '@arena/archive/testing';
import type { GameRow } from '@arena/contracts';
import type { Engine } from '@arena/engine';
import { PlatformError, createAgentHost, type AgentHost } from '@arena/evaluation';
import {
  ArchiveRepository,
  CompetitionRepository,
  EvaluationRepository,
  GameRepository,
  PlayRepository,
  StrikeRepository,
  SubmissionRepository,
  TryOutRepository,
  WorkerRepository,
  type ShardQueue,
} from '@arena/persistence';
import {
  competitionSettings,
  LIMITS,
  newSubmission,
  openTestDatabase,
  workerCard,
  type TestDatabase,
} from '@arena/persistence/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AgentCache } from '../agents/agent-cache.ts';
import { loadEngine } from '../engine/engine-files.ts';
import { FrameSender } from '../watching/frame-sender.ts';
import { ShardPlayer, type ShardOutcome } from './shard-player.ts';

const ENGINE = fileURLToPath(new URL('../../../../nle-wasm/out', import.meta.url));
const GAMES = 48;
const limits = {
  ...LIMITS,
  maxSteps: 20,
  startTimeoutMs: 1500,
  stepTimeoutMs: 500,
  timeBankMs: 10_000,
};

const SEARCHES = `export function createAgent() { return { act: () => 115 }; }`;
const HANGS = `for (;;);`;
const THROWS = `console.log('loading'); throw new Error('no weights');`;
const HANGS_AT_FIRST = `export function createAgent() { return { act() { for (;;); } }; }`;
const HANGS_LATER = `export function createAgent() { return { act({ step }) { if (step === 2) for (;;); return 115; } }; }`;
/** Processes' seeds are spread evenly: about one in four does not start. */
const OFTEN_STARTS = `export function createAgent({ seed }) {
  if (seed % 4 === 0) throw new Error('four');
  return { act: () => 115, gameOver() { process.exit(1); } }; }`;

let host: AgentHost;
let folder: string;
let engine: Engine;
let database: TestDatabase;
let queue: ShardQueue;
let submissions: SubmissionRepository;

beforeAll(async () => {
  host = createAgentHost({ uids: { first: 3_970_000, count: 16 } });
  engine = await loadEngine(ENGINE);
});
afterAll(() => {
  host.stage.dispose();
});
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'arena-shard-player-'));
  chmodSync(folder, 0o755);
  database = await openTestDatabase();
  queue = await database.queue();
  submissions = new SubmissionRepository(database.dataSource, queue);
  await new CompetitionRepository(database.dataSource).put(
    'test',
    competitionSettings({ gamesPerEvaluation: GAMES, limits }),
  );
});
afterEach(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

async function submit(code: string): Promise<string> {
  const manifest = {
    ...{ name: 'test', version: '1', kind: 'symbolic', runtime: 'node', entry: 'agent.js' },
    ...{ fields: ['blstats'], gamesAtOnce: 1, authors: ['test'] },
  };
  const bytes = await pack([
    { name: 'arena.json', content: JSON.stringify(manifest) },
    { name: 'agent.js', content: code },
  ]);
  const archive = await checkArchive(Readable.from([bytes]));
  const id = await submissions.create(newSubmission('test', { archive, gamesAtOnce: 1 }));
  if (id === null) throw new Error('not created');
  return id;
}

/** Shards so far that this machine had no time for. */
let disturbed = 0;

/** One worker with one place takes shards until nothing waits; what became of each, in order. */
async function work(turnMs?: number): Promise<{ submission: string; from: number; outcome: ShardOutcome }[]> {
  const worker = workerCard({ engineId: engine.id });
  await new WorkerRepository(database.dataSource).register(worker);
  const player = new ShardPlayer({
    workerId: worker.id,
    host,
    engine: engine.modules,
    agents: new AgentCache(
      new ArchiveRepository(database.dataSource),
      new ArchiveBox(host.sandbox, host.stage),
      folder,
      ['node'],
    ),
    plays: new PlayRepository(database.dataSource, queue),
    strikes: new StrikeRepository(database.dataSource),
    tryOuts: new TryOutRepository(database.dataSource),
    frames: new FrameSender(
      () => Promise.resolve(),
      () => undefined,
    ),
    ...(turnMs === undefined ? {} : { turnMs }),
  });
  const owners = new Map<string, string>();
  for (const row of await database.dataSource.query<{ id: string; submission_id: string }[]>(
    'SELECT "id", "submission_id" FROM "evaluation"',
  ))
    owners.set(row.id, row.submission_id);
  const played: Awaited<ReturnType<typeof work>> = [];
  let failed: unknown;
  await queue.work(['node'], 1, async (leased) => {
    try {
      const outcome = await player.play(leased);
      const { evaluationId, from } = leased.job;
      played.push({ submission: owners.get(evaluationId) ?? '', from, outcome });
    } catch (error) {
      // The queue gives it again, and the game in play is begun anew.
      if (error instanceof PlatformError && error.message.includes('short of processor time')) disturbed++;
      else failed ??= error;
      throw error;
    }
  });
  for (;;) {
    const [open] = await database.dataSource.query<{ open: number }[]>(
      `SELECT count(*)::int AS open FROM "evaluation" WHERE "state" NOT IN ('finished', 'failed')`,
    );
    const { shardsActive } = await queue.counts();
    if (failed) throw failed as Error;
    if (open?.open === 0 && shardsActive === 0) return played;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function gamesOf(submission: string): Promise<GameRow[]> {
  const page = await new GameRepository(database.dataSource).page(submission, 0, GAMES);
  return page?.games ?? [];
}

const attempts = async (): Promise<number> =>
  Number((await database.dataSource.query<{ sum: string }[]>('SELECT sum("attempt") FROM "game"'))[0]?.sum);

describe('an evaluation that gets nowhere', () => {
  it.each([
    ['hangs', HANGS, /: the agent was not ready within 1\.5 s of its start\. Correct/, ''],
    ['throws', THROWS, /exit code 1 before it was ready to play: Error: no weights\. Correct/, 'loading'],
  ])('is refused before its first game if its agent %s at its start', async (_how, code, reason, log) => {
    const id = await submit(code);
    const outcomes = await work();
    expect(outcomes[0]?.outcome).toBe('refused');
    for (const { outcome } of outcomes.slice(1)) expect(outcome).toBe('nothing left to play');
    const evaluation = (await submissions.find(id))?.evaluation;
    expect(evaluation).toMatchObject({ state: 'failed', gamesDone: 0, startedAt: null });
    expect(evaluation?.reason).toMatch(reason);
    expect(evaluation?.log).toContain(log);
    for (const game of await gamesOf(id)) expect(game).toMatchObject({ state: 'pending', verdict: null });
    expect(await attempts()).toBe(0);
    // What was refused may come again, and then is tried again.
    expect(await new EvaluationRepository(database.dataSource, queue).retry(id)).toBe(true);
    while ((await submissions.find(id))?.evaluation.state !== 'failed')
      await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await attempts()).toBe(0);
  });

  it('is given up after the third process that hangs at its first question', async () => {
    const id = await submit(HANGS_AT_FIRST);
    await work();
    expect(await attempts()).toBe(3);
    const games = await gamesOf(id);
    expect(games.every(({ state, verdict }) => state === 'finished' && verdict === 'step_timeout')).toBe(
      true,
    );
    expect(games[2]?.verdictReason).toBe('the agent did not answer within 0.5 s');
    expect(games[3]?.verdictReason).toMatch(/^not played, since 3 processes /);
  });

  it('is given up after eight games that hang before they scored', async () => {
    const id = await submit(HANGS_LATER);
    const before = disturbed;
    await work();
    expect(await attempts()).toBe(8 + disturbed - before);
    const games = await gamesOf(id);
    expect(games.every(({ verdict, score }) => verdict === 'step_timeout' && score === 0)).toBe(true);
    expect(games[8]?.verdictReason).toMatch(
      /^not played, since this agent ran out of time 8 times in a row /,
    );
  });
});

describe('an evaluation that gets on', () => {
  it('is played to its end though many a start fails', async () => {
    const id = await submit(OFTEN_STARTS);
    await work();
    const games = await gamesOf(id);
    expect(games.every(({ state }) => state === 'finished')).toBe(true);
    expect(games.filter(({ verdictReason }) => verdictReason?.startsWith('not played'))).toEqual([]);
    expect(games.some(({ verdict }) => verdict === 'ok')).toBe(true);
  });

  it('makes room for another one that waits, and comes back', async () => {
    // A seventh of a second a game: a shard of 16 lasts for two or three.
    const slow = (mark: string): string =>
      SEARCHES.replace('115', `{ const end = Date.now() + 7; while (Date.now() < end); return ${mark}115; }`);
    const [first, second] = [await submit(slow('')), await submit(slow('+'))];
    const played = await work(1000);
    const long = played.filter(({ outcome }) => outcome === 'made room');
    expect(new Set(long.map(({ submission }) => submission))).toEqual(new Set([first, second]));
    // The second was served before the first had played its first shard to the end.
    const at = played.findIndex(({ submission }) => submission === second);
    expect(played.slice(0, at).map(({ outcome }) => outcome)).toEqual(['made room']);
    for (const id of [first, second])
      expect((await gamesOf(id)).map(({ verdict }) => verdict)).toEqual(
        Array.from({ length: GAMES }, () => 'ok'),
      );
    // Making room costs no game: each was begun once.
    expect(await attempts()).toBe(2 * GAMES);
  }, 240_000);

  it('does not stop where nobody waits', async () => {
    await submit(SEARCHES);
    expect((await work(50)).map(({ from, outcome }) => [from, outcome])).toEqual([
      [0, 'done'],
      [16, 'done'],
      [32, 'done'],
    ]);
  });
});
