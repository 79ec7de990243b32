/** `arena submit` to a real server with a worker: to the score, refused, left. */
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GameRow, SubmissionView } from '@arena/contracts';
import { CHALLENGE_LIMITS, readConfig, startArena, type Arena } from '@arena/demo';
import { freePort } from '@arena/persistence/embedded';
import { openTestDatabase, type TestDatabase } from '@arena/persistence/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { arena as run, inTerminal, type Ran } from '../kit/terminal.ts';

const MASTER = 'ab'.repeat(32);
const GAMES = 4;
const STEPS = 400;

let folder: string;
let database: TestDatabase;
let arena: Arena;
let server: readonly string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'arena-submit-'));
  database = await openTestDatabase();
  // not the usual loopback address: this one's server wants a token
  const config = readConfig({ ...process.env, ARENA_DATA: join(folder, 'data'), HOST: '127.0.0.2' }, 'start');
  arena = await startArena({ config, databaseUrl: database.url, port: await freePort(), watch: false });
  await writeFile(join(folder, 'token'), `${config.adminToken}\n`);
  server = ['--server', arena.url, '--competition', 'spring', '--token-file', 'token'];
  const spring = { name: 'Spring', description: '', gamesPerEvaluation: GAMES, masterSeed: MASTER };
  await arena.client.putCompetition('spring', {
    ...spring,
    limits: { ...CHALLENGE_LIMITS, maxSteps: STEPS },
  });
  const long = { name: 'Long', description: '', gamesPerEvaluation: 64, limits: CHALLENGE_LIMITS };
  await arena.client.putCompetition('long', long);
  await run(folder, 'init', '--template', 'node', 'agent');
}, 120_000);

afterAll(async () => {
  await arena.services.stop();
  await database.close();
  await rm(folder, { recursive: true });
}, 60_000);

const submit = (...args: readonly string[]): Promise<Ran> => run(folder, 'submit', ...args);

const essence = (games: readonly GameRow[]): unknown =>
  games.map(({ index, character, score, turns, steps, verdict, endReason, death, deepestLevel }) => ({
    ...{ index, character, score, turns, steps, verdict, endReason, death, deepestLevel },
  }));

describe('arena submit', () => {
  it('follows a submission to its score, which is what arena play shows with the same seeds', async () => {
    const { code, stdout, stderr } = await submit('agent', ...server, '--json');
    expect(stderr).toMatch(
      /^agent 0\.1\.0: 3 files, .* kB, to http:.*, spring\nsubmitted: http:.*\/submissions\/[-0-9a-f]+\n/,
    );
    expect(stderr).toMatch(new RegExp(`agent .* ${GAMES}/${GAMES} {2}median`));
    expect(code).toBe(0);
    const { submission, games, page } = JSON.parse(stdout) as {
      submission: SubmissionView;
      games: GameRow[];
      page: string;
    };
    expect(submission.evaluation).toMatchObject({ state: 'finished', gamesDone: GAMES });
    expect(page).toBe(`${arena.url}/submissions/${submission.id}`);
    const same = ['--games', String(GAMES), '--seed', MASTER, '--max-steps', String(STEPS), '--json'];
    const played = JSON.parse((await run(folder, 'play', 'agent', ...same)).stdout) as {
      games: GameRow[];
      board: unknown;
    };
    expect(essence(played.games)).toEqual(essence(games));
    const { median, mean, bestDepth, faults } = submission.evaluation.board ?? {};
    expect(played.board).toMatchObject({ median, mean, bestDepth, faults });
  }, 120_000);

  it('is refused the second time in one line, with the address of the first', async () => {
    const { code, stdout, stderr } = await submit('agent', ...server);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr.trimEnd().split('\n').at(-1)).toMatch(
      /^arena submit: This very archive is on the board already, .* See http:.*\/submissions\/[-0-9a-f]+$/,
    );
  });

  it('prints the table', async () => {
    await run(folder, 'init', '--template', 'node', 'other');
    const { code, stdout } = await submit('other', ...server);
    expect(code).toBe(0);
    expect(stdout).toMatch(/game character +score/);
    expect(stdout).toMatch(new RegExp(`other 0\\.1\\.0 +symbolic +${GAMES}/${GAMES}`));
    for (const line of stdout.split('\n').filter((text) => !text.startsWith('http')))
      expect(line.length).toBeLessThanOrEqual(80);
  }, 120_000);

  it('shows what went wrong and the stack trace of an agent that crashes', async () => {
    await run(folder, 'init', '--template', 'node', 'lost');
    const crash = 'let steps = 0;\nexport const createAgent = () => ({ act: findKey });\n';
    const find =
      "function findKey() {\n  steps += 1;\n  if (steps < 9) return 115;\n  console.log('step', steps);\n";
    await writeFile(
      join(folder, 'lost', 'agent.ts'),
      `${crash}${find}  throw new TypeError('lost my way');\n}\n`,
    );
    const { code, stdout } = await submit('lost', ...server);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /verdicts: crashed \d+ \(Agent crashed\); \d+ games lost to faults of the agent\nhttp/,
    );
    const trace = stdout.slice(stdout.indexOf('\n\ngame 1'));
    expect(trace).toMatch(
      /game 1(, and \d more alike)?: Agent crashed: .*\n {2}The last it printed:\n {4}step 9\n.*TypeError: lost my way\n +at .*findKey.*agent\.ts:7/s,
    );
  }, 120_000);

  it('gives programs the logs of lost games', async () => {
    await run(folder, 'init', '--template', 'python', 'astray');
    await writeFile(
      join(folder, 'astray', 'agent.py'),
      "import arena\n\n\nclass MyAgent(arena.Agent):\n    def act(self, observation):\n        raise ValueError('astray')\n",
    );
    const { code, stdout } = await submit('astray', ...server, '--json');
    expect(code).toBe(0);
    const { games } = JSON.parse(stdout) as { games: { verdict: string; log: string | null }[] };
    expect(games).toHaveLength(GAMES);
    for (const { log } of games)
      expect(log).toMatch(/agent\.py", line 6, in act\n.*\nValueError: astray\n$/s);
  }, 120_000);

  it('has a submission of 2021 played in as many environments as it says', async () => {
    await run(folder, 'init', '--template', 'batched-2021', 'kit');
    const file = join(folder, 'kit', 'submission_config.py');
    const config = await readFile(file, 'utf8');
    const checked = config
      .replace('NUM_ENVIRONMENTS = 32', 'NUM_ENVIRONMENTS = 3')
      .replace(
        'class SubmissionConfig',
        'class Counted(MyAgent):\n    def __init__(self, num_envs, num_actions):\n        assert num_envs == 3, num_envs\n        super().__init__(num_envs, num_actions)\n\n\nclass SubmissionConfig',
      )
      .replace('AGENT = MyAgent', 'AGENT = Counted');
    await writeFile(file, checked);
    const { code, stdout, stderr } = await submit('kit', ...server, '--json');
    expect([code, code === 0 ? '' : stderr]).toEqual([0, '']);
    const { games } = JSON.parse(stdout) as { games: GameRow[] };
    expect(games.map(({ verdict }) => verdict)).toEqual(Array.from({ length: GAMES }, () => 'ok'));
  }, 120_000);

  it('is left by Ctrl-C, and goes on', async () => {
    await run(folder, 'init', '--template', 'node', 'left');
    const args = ['submit', 'left', '--server', arena.url, '--competition', 'long', '--token-file', 'token'];
    const session = await inTerminal(folder, args, [{ wait: 'left .*/64', send: '\x03' }]);
    expect(session.code).toBe(130);
    expect(session.after).toMatch(/The submission goes on; its page: http:\S+\/submissions\/[-0-9a-f]+/);
    const id = /submissions\/([-0-9a-f]+)/.exec(session.after)?.[1] ?? '';
    expect((await arena.client.submission(id)).agentName).toBe('left');
  }, 120_000);

  it('says the address and leaves when told to', async () => {
    await run(folder, 'init', '--template', 'node', 'detached');
    const { code, stdout } = await submit('detached', ...server, '--detach');
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^http:\S+\/submissions\/[-0-9a-f]+\n$/)]);
  });

  it.each<[string, () => readonly string[], RegExp]>([
    [
      'without a token',
      () => ['--server', arena.url, '--competition', 'spring'],
      /Give the token by --token-file/,
    ],
    [
      'to no server',
      () => ['--server', 'http://127.0.0.1:9'],
      /127\.0\.0\.1:9 cannot be reached.*Is it running\?/,
    ],
    [
      'to a name that is none',
      () => ['--server', 'http://arena.invalid'],
      /arena\.invalid cannot be reached/,
    ],
  ])('%s is refused in one line', async (_what, args, message) => {
    const ran = await submit('agent', ...args());
    expect([ran.code, ran.stdout]).toEqual([1, '']);
    expect(ran.stderr.trimEnd().split('\n').at(-1)).toMatch(message);
  });

  it.each<[string, string[], RegExp]>([
    ['to no competition', ['--competition', 'autumn'], /has no competition 'autumn'\. Say one of its own:$/m],
    ['to none of several', [], /has 2 competitions\. Say which, by --competition NAME:$/m],
  ])('%s is refused with the list', async (_what, args, message) => {
    const { code, stderr } = await submit('agent', '--server', arena.url, '--token-file', 'token', ...args);
    expect(code).toBe(1);
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^ {2}spring +Spring, 4 games\n {2}long +Long, 64 games$/m);
  });

  it('sends nothing that the server would refuse', async () => {
    await run(folder, 'init', '--template', 'node', 'spoilt');
    await writeFile(join(folder, 'spoilt', 'arena.json'), '{');
    const { code, stderr } = await submit('spoilt', ...server);
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/^arena submit: arena\.json: the file is not JSON: .*\n$/),
    ]);
  });
});

describe('a server that is no arena', () => {
  let other: Server;
  let status = 200;
  beforeAll(async () => {
    other = createServer((request, response) => {
      request.resume();
      response.writeHead(status, { 'content-type': 'text/html', 'retry-after': '90' }).end('<p>Hello</p>');
    });
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
  });
  afterAll(() => {
    other.close();
  });

  it.each([
    [200, /answers, but not as an arena does/],
    [429, /the server answered 429\. \(try again in 90 s\)/],
    [502, /the server answered 502/],
  ])('that answers %i gives one line', async (answer, message) => {
    status = answer;
    const { port } = other.address() as AddressInfo;
    const { code, stderr } = await submit('agent', '--server', `http://127.0.0.1:${port}`);
    expect(code).toBe(1);
    expect(stderr.trimEnd().split('\n')).toEqual([expect.stringMatching(message)]);
  });

  it.each(['ftp://x', 'localhost', ''])('%j is no address', async (address) => {
    const { code, stderr } = await submit('agent', '--server', address);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/an address such as http:\/\/localhost:3000/)]);
  });
});
