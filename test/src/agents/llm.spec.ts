/** The template for language models, played on this machine against servers that answer well, late, wrongly or not at all. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { decodeTape } from '@arena/tape';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ARENA, arena, type Ran } from '../kit/terminal.ts';

interface Asked {
  readonly model: string;
  readonly messages: { readonly role: string; readonly content: string }[];
}
/** What the server does with its nth question. */
type Script = (asked: Asked, reply: ServerResponse, n: number) => unknown;

// A machine that stands still for a while is no fault.
jest.setTimeout(300_000);

let folder: string;
let server: Server | null = null;
let asked: { body: Asked; headers: IncomingMessage['headers']; url: string; at: number }[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'arena-llm-'));
  await arena(folder, 'init', '--template', 'llm', 'llm');
});
afterAll(() => rm(folder, { recursive: true }));
afterEach(async () => {
  server?.closeAllConnections();
  const open = server;
  if (open !== null) await new Promise((resolve) => open.close(resolve));
  server = null;
});

/** Starts a server; gives its address. */
async function serve(script: Script): Promise<string> {
  asked = [];
  server = createServer((request, reply) => {
    void text(request).then((content) => {
      const body = JSON.parse(content) as Asked;
      asked.push({ body, headers: request.headers, url: request.url ?? '', at: Date.now() });
      script(body, reply, asked.length - 1);
    });
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
}

const completion = (content: unknown, tokens?: number): string =>
  JSON.stringify({
    choices: [{ message: { role: 'assistant', content } }],
    ...(tokens === undefined ? {} : { usage: { total_tokens: tokens } }),
  });
const says =
  (content: string, tokens = 10): Script =>
  (_asked, reply) =>
    reply.end(completion(content, tokens));

interface Played extends Ran {
  readonly games: { steps: number; verdict: string; score: number; tape: string | null }[];
  /** Of the lines at the games' ends, added up. */
  readonly cost: {
    calls: number;
    tokens: number;
    failed: number;
    unreadable: number;
    fallback: number;
    steps: number;
  };
}

const QUICK = { ARENA_MODEL_BACKOFF_MS: '1', ARENA_MODEL_TIMEOUT_MS: '120000' };

function run(args: readonly string[], env: Record<string, string>): Promise<Ran> {
  return new Promise((resolve) => {
    const options = { cwd: folder, env: { ...process.env, ...env }, maxBuffer: 2 ** 26 };
    execFile(process.execPath, [ARENA, ...args], options, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

async function play(env: Record<string, string>, ...args: readonly string[]): Promise<Played> {
  const usual = ['play', 'llm', '--seed', 'llm', '--json', '--max-steps', '40'];
  const games = args.includes('--games') ? [] : ['--games', '1'];
  const ran = await run([...usual, '--unsandboxed', ...games, ...args], { ...QUICK, ...env });
  if (ran.code !== 0) throw new Error(ran.stderr);
  const cost = { calls: 0, tokens: 0, failed: 0, unreadable: 0, fallback: 0, steps: 0 };
  const line =
    /^model: (\d+) calls, (\d+) tokens, [\d.]+ s, (\d+) failed, (\d+) unreadable; (\d+) of (\d+) steps by the fallback$/gm;
  for (const [, ...figures] of ran.stderr.matchAll(line))
    (Object.keys(cost) as (keyof typeof cost)[]).forEach((name, i) => (cost[name] += Number(figures[i])));
  return { ...ran, ...(JSON.parse(ran.stdout) as Pick<Played, 'games'>), cost };
}

/** The agent's keys in the game whose tape was kept. */
async function keysOf({ games }: Played): Promise<string> {
  const [game] = games;
  const tape = await decodeTape(await readFile(join(folder, game?.tape ?? '')));
  return Buffer.from(tape.keys.slice(-(game?.steps ?? 0))).toString('latin1');
}

describe('with a server that answers well', () => {
  it('does what the model says, shows it the game in words, and brings its notes back', async () => {
    const url = await serve((_asked, reply, n) =>
      reply.end(completion(`Sure! {"actions": ["search"], "note": "note ${n} {}"} Good luck.`, 10)),
    );
    const env = { ARENA_MODEL_URL: url, ARENA_MODEL: 'tiny', ARENA_MODEL_KEY: 'open sesame' };
    const played = await play(env, '--save', 'well');
    expect(played.cost).toEqual({
      calls: asked.length,
      tokens: 10 * asked.length,
      ...NOTHING_WRONG,
      steps: 40,
    });
    expect(await keysOf(played)).toMatch(/^[s\r]{40}$/);
    const [first, second] = asked;
    expect(first).toMatchObject({
      url: '/v1/chat/completions',
      headers: { authorization: 'Bearer open sesame' },
    });
    expect(first?.body).toMatchObject({ model: 'tiny', messages: [{ role: 'system' }, { role: 'user' }] });
    expect(first?.body.messages[0]?.content).toMatch(/"actions".*north, .*far east, .*search/s);
    expect(first?.body.messages[1]?.content).toMatch(/^You: .*\nBeside you: .*HP \d+.*You carry:\n[\w$] - /s);
    expect(first?.body.messages[1]?.content).not.toContain('notes');
    expect(second?.body.messages[1]?.content).toMatch(
      /^Your notes:\n- note 0 \{\}\n\nYou did last: search\n/,
    );
    // The latest twelve of them.
    const last = asked.at(-1)?.body.messages[1]?.content ?? '';
    expect(last.match(/^- note \d+/gm)).toHaveLength(12);
    expect(last).toContain(`- note ${asked.length - 2} `);
  });

  it('carries out several actions of one answer', async () => {
    const url = await serve(says('{"actions": ["search", "SEARCH", "wait", "far_east"]}'));
    const { cost } = await play({ ARENA_MODEL_URL: `${url}/chat/completions/` });
    expect(cost).toMatchObject({ ...NOTHING_WRONG, steps: 40 });
    expect(cost.calls).toBeLessThan(30);
    expect(asked[0]?.url).toBe('/v1/chat/completions');
  });

  it('lets the model answer what the game asks', async () => {
    const url = await serve(({ messages }, reply) => {
      const asks = messages[1]?.content.includes('Answer what the game asks') === true;
      reply.end(completion(asks ? '{"actions": ["escape"]}' : '{"actions": ["drop"]}'));
    });
    const played = await play({ ARENA_MODEL_URL: url }, '--save', 'asks');
    expect(await keysOf(played)).toMatch(/^\r?(d\x1b\r?){10}/);
    expect(played.cost).toMatchObject(NOTHING_WRONG);
    // No figures in the answer: counted by length.
    expect(played.cost.tokens).toBeGreaterThan(100 * played.cost.calls);
  });
});

const NOTHING_WRONG = { failed: 0, unreadable: 0, fallback: 0 };

describe('with a server in trouble', () => {
  it('tries again after 500, 503 and 429, as late as the server asks', async () => {
    const url = await serve((_asked, reply, n) => {
      if (n === 0) reply.writeHead(429, { 'retry-after': '9' }).end('slowly');
      else if (n % 3 !== 2) reply.writeHead(n % 2 === 0 ? 500 : 503).end('oops');
      else reply.end(completion('{"actions": ["search"]}'));
    });
    const { cost } = await play({ ARENA_MODEL_URL: url });
    expect(cost).toMatchObject(NOTHING_WRONG);
    expect(cost.calls).toBe(asked.length);
    expect(asked.length % 3).toBe(0);
    const [first, second] = asked;
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(8990);
  });

  it.each<[string, Script, Record<string, string>, number, RegExp]>([
    ['always 500', (_, reply) => reply.writeHead(500).end('broken'), {}, 4, /answered 500: broken/],
    [
      'always 404',
      (_, reply) => reply.writeHead(404).end('no such model'),
      {},
      1,
      /answered 404: no such model/,
    ],
    [
      'never in time',
      () => undefined,
      { ARENA_MODEL_TIMEOUT_MS: '40', ARENA_MODEL_TRIES: '2' },
      2,
      /timeout/,
    ],
    ['hanging up', (_, reply) => reply.destroy(), { ARENA_MODEL_TRIES: '3' }, 3, /no answer: /],
    [
      'hanging up in the middle',
      (_, reply) => {
        reply.writeHead(200, { 'content-length': '100' }).write('{"choices"');
        setTimeout(() => reply.destroy(), 5);
      },
      { ARENA_MODEL_TRIES: '2' },
      2,
      /no answer: /,
    ],
  ])('%s: plays on by the fallback, and asks ever more seldom', async (name, script, env, tries, told) => {
    const played = await play({ ARENA_MODEL_URL: await serve(script), ...env });
    const { cost, games, stderr } = played;
    expect(games).toMatchObject([{ steps: 40, verdict: 'ok' }]);
    // Questions at three steps in a row, then after 8, and after 16 more.
    expect(cost).toMatchObject({ unreadable: 0, calls: cost.failed * tries });
    expect(cost.failed).toBeGreaterThanOrEqual(4);
    expect(cost.failed).toBeLessThanOrEqual(5);
    // What is given up on a busy machine before it is sent does not arrive.
    if (name !== 'never in time') expect(asked).toHaveLength(cost.calls);
    expect(cost.fallback).toBeGreaterThan(30);
    expect(stderr).toMatch(told);
  });

  it('where there is none: the game is the one without a model', async () => {
    const url = await serve(() => undefined);
    server?.close();
    const none = await play({ ARENA_MODEL_URL: '' });
    expect(none.stderr).not.toContain('model:');
    const dead = await play({ ARENA_MODEL_URL: url, ARENA_MODEL_TRIES: '2' });
    expect(dead.cost.failed).toBeGreaterThan(0);
    const figures = ({ games }: Played): unknown => games.map((game) => ({ ...game, finishedAt: '' }));
    expect(figures(dead)).toEqual(figures(none));
  });

  it('is told to leave by Ctrl-C while it waits', async () => {
    const controller = new AbortController();
    const url = await serve(() => {
      controller.abort();
    });
    const ran = new Promise((resolve) => {
      const env = { ...process.env, ARENA_MODEL_URL: url };
      const child = execFile(process.execPath, [ARENA, 'play', 'llm', '--unsandboxed'], { cwd: folder, env });
      controller.signal.addEventListener('abort', () => child.kill('SIGINT'));
      child.once('exit', resolve);
    });
    expect(await ran).toBe(130);
  });
});

describe('with a server that answers nonsense', () => {
  const deep = `${'{"a":'.repeat(3000)}1${'}'.repeat(3000)}`;
  const NONSENSE: readonly string[] = [
    ...['', ' ', 'null', '[]', '7', '"search"', '{}', '<html>not found</html>', '{"choices":', deep],
    ...[
      '{"choices":null}',
      '{"choices":{}}',
      '{"choices":[]}',
      '{"choices":[null]}',
      '{"choices":[{"message":7}]}',
    ],
    ...['{"choices":[{"message":{"content":null}}],"usage":7}', '{"error":{"message":"overloaded"}}'],
    ...['\u0000\u0001\ufffd', 'x'.repeat(2_000_000)],
    ...[
      completion(''),
      completion('search'),
      completion('I would search here.'),
      completion(7),
      completion(['s']),
    ],
    ...[
      completion('{"actions": []}'),
      completion('{"actions": [1, null, {}]}'),
      completion('{"actions": "fly"}'),
    ],
    ...[
      completion('{"actions": ["quit"]}'),
      completion('{"actions": ["save", "yes"]}'),
      completion('{"action": 115}'),
    ],
    ...[
      completion('{"actions": ["\\u0000"]}'),
      completion('{"actions": ["S"]}'),
      completion('{'.repeat(500_000)),
    ],
    ...[completion(`${'{'.repeat(2000)}${'}'.repeat(2000)}`), completion('{"note": "only a note"}', -5)],
    ...[completion('[{"actions": ["constructor"]}]'), completion('{"actions": ["__proto__", "toString"]}')],
  ];

  it('plays on by the fallback, whatever came', async () => {
    const url = await serve((_asked, reply, n) => reply.end(NONSENSE[n % NONSENSE.length]));
    const { cost, games } = await play({ ARENA_MODEL_URL: url }, '--games', '10');
    expect(asked.length).toBeGreaterThanOrEqual(NONSENSE.length);
    expect(games).toHaveLength(10);
    for (const game of games) expect(game.verdict).toBe('ok');
    expect(cost.calls).toBe(asked.length);
    expect(cost.failed + cost.unreadable).toBe(asked.length);
    expect(cost.failed).toBeGreaterThan(0);
    expect(cost.unreadable).toBeGreaterThan(0);
    for (const { body } of asked) expect(body.messages[1]?.content).not.toContain('only a note');
  });

  it('listens again as soon as there is sense in it', async () => {
    const url = await serve((_asked, reply, n) =>
      reply.end(n < 2 ? '?' : completion('{"actions": ["search"]}')),
    );
    const { cost } = await play({ ARENA_MODEL_URL: url });
    expect(cost).toMatchObject({ failed: 2, fallback: 2, unreadable: 0 });
  });
});

describe('with a budget', () => {
  it.each<[string, Record<string, string>, number]>([
    ['calls', { ARENA_MODEL_MOST_CALLS: '5' }, 5],
    ['tokens', { ARENA_MODEL_MOST_TOKENS: '100' }, 2],
    ['no call', { ARENA_MODEL_MOST_CALLS: '0' }, 0],
    ['no time', { ARENA_MODEL_MOST_SECONDS: '0' }, 0],
  ])('of %s: asks no more when it is used up, in each game', async (_what, env, calls) => {
    const url = await serve(says('{"actions": ["search"]}', 60));
    const { cost, games } = await play({ ARENA_MODEL_URL: url, ...env }, '--games', '2');
    expect(asked).toHaveLength(2 * calls);
    expect(games.map(({ steps }) => steps)).toEqual([40, 40]);
    expect(cost).toMatchObject({ calls: 2 * calls, tokens: 120 * calls, failed: 0 });
    expect(cost.fallback).toBeGreaterThan(40);
  });

  it('of seconds: a server that is too slow for it is left alone', async () => {
    const url = await serve((_asked, reply) => {
      setTimeout(() => reply.end(completion('{"actions": ["search"]}')), 300);
    });
    const { games } = await play({ ARENA_MODEL_URL: url, ARENA_MODEL_MOST_SECONDS: '1' });
    expect(games).toMatchObject([{ steps: 40 }]);
    expect(asked.length).toBeGreaterThanOrEqual(1);
    expect(asked.length).toBeLessThanOrEqual(4);
  });
});

describe('the settings', () => {
  it.each([
    [{ ARENA_MODEL_URL: 'ftp://x' }, /ARENA_MODEL_URL is ftp:\/\/x; an address such as/],
    [{ ARENA_MODEL_URL: 'localhost' }, /ARENA_MODEL_URL is localhost/],
    [
      { ARENA_MODEL_URL: 'http://x', ARENA_MODEL_TRIES: '0' },
      /ARENA_MODEL_TRIES is 0; a whole number from 1 on/,
    ],
    [{ ARENA_MODEL_URL: 'http://x', ARENA_MODEL_MOST_CALLS: 'all' }, /ARENA_MODEL_MOST_CALLS is all/],
  ])('refuse %j by name', async (env, message) => {
    const ran = await run(['play', 'llm', '--unsandboxed', '--games', '1'], env);
    expect(ran).toMatchObject({ code: 1, stdout: '' });
    expect(ran.stderr).toMatch(message);
  });

  it('do not reach into the sandbox, where there is no server', async () => {
    const url = await serve(says('{"actions": ["search"]}'));
    const args = ['play', 'llm', '--seed', 'llm', '--games', '1', '--max-steps', '40', '--json', '--log'];
    const { code } = await run(args, { ARENA_MODEL_URL: url });
    expect(code).toBe(0);
    expect(asked).toHaveLength(0);
  });
});

it('agents for other runtimes are told how to play without a sandbox', async () => {
  await arena(folder, 'init', '--template', 'python', 'snake');
  const ran = await run(['play', 'snake', '--unsandboxed'], {});
  expect(ran.code).toBe(2);
  expect(ran.stderr).toMatch(/--unsandboxed plays agents for node; this one is for python/);
});
