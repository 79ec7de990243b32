/** `arena tournament` with the real sandbox and engine: the bundled agents, resumed, played again, held to their bounds. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { CHALLENGE_LIMITS } from '@arena/contracts';
import { rehearse, type Rehearsed } from '@arena/evaluation';
import { parseManifest } from '@arena/protocol';
import { gameSeeds } from '@arena/scoring';
import { decodeTape } from '@arena/tape';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ARENA, arena, type Ran } from '../kit/terminal.ts';

// A machine that stands still for a while is no fault.
jest.setTimeout(300_000);

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const GAMES = 4;

interface Game {
  index: number;
  score: number;
  turns: number;
  steps: number;
  verdict: string;
  digest: string;
  startedAt: string;
}
interface Report {
  seeds: { core: string; disp: string }[];
  settings: { engineId: string; seeds: string; games: number };
  agents: {
    name: string;
    sha256: string;
    games: Game[];
    usage: { verdicts: { verdict: string; games: number }[] };
    performance: { score: { median: number } };
  }[];
  bounds: { promise: string; kept: boolean }[];
  comparisons?: { agent: string; state: string; games: number }[];
}

let folder: string;
let first: Ran;
let report: Report;
const tournament = (...args: string[]): Promise<Ran> =>
  arena(folder, 'tournament', '--keep', 'kept', '--json', ...args);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'arena-tournament-'));
  first = await tournament('--games', String(GAMES), '--agents', 'random,explorer', '--out', 'out');
  report = JSON.parse(first.stdout) as Report;
});
afterAll(() => rm(folder, { recursive: true }));

const gamesOf = (name: string, of = report): Game[] =>
  of.agents.find((agent) => agent.name === name)?.games ?? [];

describe('a tournament of two agents', () => {
  it('plays the published seeds with each, without a fault', () => {
    expect(first.code).toBe(0);
    const root = createHash('sha256').update('tournament').digest();
    const seeds = Array.from({ length: GAMES }, (_, i) => gameSeeds(root, i));
    expect(report.seeds).toEqual(seeds.map(({ core, disp }) => ({ core: String(core), disp: String(disp) })));
    expect(report.agents.map(({ name }) => name)).toEqual(['explorer', 'random']);
    for (const { games, usage } of report.agents) {
      expect(games.map(({ index }) => index)).toEqual([0, 1, 2, 3]);
      expect(usage.verdicts).toEqual([{ verdict: 'ok', games: GAMES }]);
    }
  });

  it('plays the games that npm run tapes plays, by the digests of their tapes', async () => {
    const agent = join(ROOT, 'agents/baselines/explorer');
    const manifest = parseManifest(await readFile(join(agent, 'arena.json')));
    const rehearsed: Rehearsed[] = [];
    await rehearse({
      entry: join(agent, manifest.entry),
      fields: manifest.fields,
      limits: CHALLENGE_LIMITS,
      seedRoot: createHash('sha256').update('tournament').digest(),
      ...{ character: '@', tapes: true, games: GAMES },
      finished: (one) => rehearsed.push(one),
    });
    const digests = await Promise.all(
      rehearsed.map(async ({ game, tape }) => {
        const { checkpoints } = await decodeTape(tape ?? new Uint8Array());
        return [game.index, Buffer.from(checkpoints.at(-1) ?? []).toString('hex')] as const;
      }),
    );
    expect(new Map(digests.sort())).toEqual(
      new Map(gamesOf('explorer').map(({ index, digest }) => [index, digest])),
    );
  });

  it('writes page, JSON and pictures that belong together', async () => {
    const page = await readFile(join(folder, 'out/report.md'), 'utf8');
    const written = JSON.parse(await readFile(join(folder, 'out/report.json'), 'utf8')) as Report;
    expect(written).toEqual(report);
    const linked = [...page.matchAll(/\]\((images\/[a-z]+\.svg|report\.json)\)/g)].map(
      ([, path]) => path ?? '',
    );
    expect(linked.length).toBeGreaterThanOrEqual(7);
    for (const path of linked) expect(existsSync(join(folder, 'out', path))).toBe(true);
    expect((await readdir(join(folder, 'out/images'))).length).toBe(linked.length - 1);
    for (const { name, sha256 } of report.agents) expect(page).toMatch(new RegExp(`${name} .*${sha256}`));
  });

  it('gives the same games again, and tells a game that is another one', async () => {
    const same = await tournament(
      '--games',
      '3',
      '--agents',
      'random,explorer',
      '--compare',
      'out/report.json',
    );
    expect(same.code).toBe(0);
    const { comparisons, agents } = JSON.parse(same.stdout) as Report;
    expect(comparisons).toMatchObject([
      { agent: 'explorer', state: 'same', games: 3 },
      { agent: 'random', state: 'same', games: 3 },
    ]);
    // Played now, not taken from what is kept.
    expect(agents[0]?.games[0]?.startedAt).not.toBe(gamesOf('explorer')[0]?.startedAt);

    const forged = structuredClone(report);
    for (const game of gamesOf('random', forged)) if (game.index === 1) game.score += 1;
    await writeFile(join(folder, 'forged.json'), JSON.stringify(forged));
    const other = await arena(
      folder,
      ...['tournament', '--games', '2', '--agents', 'random', '--compare', 'forged.json', '--out', 'forged'],
    );
    expect(other.code).toBe(1);
    expect(other.stdout).toMatch(
      /random: 1 of 2 games came out differently\n {2}game 1: score was \d+, is \d+/,
    );
  });

  it('takes no game twice that is kept', async () => {
    const more = await tournament('--games', '6', '--agents', 'random', '--out', 'more');
    const { agents } = JSON.parse(more.stdout) as Report;
    expect(agents[0]?.games.slice(0, GAMES)).toEqual(gamesOf('random'));
    expect(agents[0]?.games).toHaveLength(6);
  });

  it('holds to the bounds: an agent that did not play misses its own', async () => {
    const { code, stderr } = await tournament(
      '--games',
      '2',
      '--agents',
      'random',
      '--check',
      '--out',
      'check',
    );
    expect(code).toBe(1);
    expect(stderr).toMatch(/missed: random below cloner.*\(cloner did not play\)/);
    expect(stderr).toMatch(/missed: explorer: median 1,000 at least \(explorer did not play\)/);
  });
});

describe('a tournament that is stopped', () => {
  it('keeps what is finished, and goes on from there', async () => {
    const args = [
      'tournament',
      '--games',
      '12',
      '--agents',
      'random',
      '--keep',
      'stop',
      '--json',
      '--out',
      's',
    ];
    const child = spawn(process.execPath, [ARENA, ...args], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let told = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (told += text));
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    const lines = (): Game[] => {
      const own = existsSync(join(folder, 'stop')) ? readdirSync(join(folder, 'stop'))[0] : undefined;
      const file = join(folder, 'stop', own ?? '', 'games.jsonl');
      const text = own !== undefined && existsSync(file) ? readFileSync(file, 'utf8') : '';
      return text
        .split('\n')
        .filter((line) => line.endsWith('}'))
        .map((line) => JSON.parse(line) as Game);
    };
    while (lines().length === 0) await delay(10);
    // Twice, as from a terminal with npm between.
    child.kill('SIGINT');
    child.kill('SIGINT');
    expect(await ended).toBe(130);
    expect(told).toContain('stopped; finished games are kept');
    const kept = lines();
    expect(kept.length).toBeLessThan(12);
    const { code, stdout } = await arena(folder, ...args);
    expect(code).toBe(0);
    const games = (JSON.parse(stdout) as Report).agents[0]?.games ?? [];
    expect(games).toHaveLength(12);
    for (const game of kept) expect(games[game.index]).toEqual(game);
  });
});

describe('a tournament of other agents', () => {
  it('has their verdicts, as a server would give them', async () => {
    await mkdir(join(folder, 'broken'));
    const manifest = {
      ...{ name: 'broken', version: '1', kind: 'symbolic', runtime: 'node', entry: 'agent.js' },
      ...{ fields: ['misc'], gamesAtOnce: 1, authors: ['Test'] },
    };
    await writeFile(join(folder, 'broken/arena.json'), JSON.stringify(manifest));
    const code = `export const createAgent = () => ({ act: ({ step, episode }) => {
      if (step === 3) { if (episode === 1) throw new Error('x'); return 1; }
      return 115; } });`;
    await writeFile(join(folder, 'broken/agent.js'), code);
    const ran = await tournament('--games', '3', '--agents', './broken', '--out', 'broken-out');
    expect(ran.code).toBe(0);
    const verdicts = (JSON.parse(ran.stdout) as Report).agents[0]?.games.map(({ verdict }) => verdict);
    expect(verdicts).toEqual(['invalid_action', 'crashed', 'invalid_action']);
    expect(await readFile(join(folder, 'broken-out/report.md'), 'utf8')).toContain(
      'invalid\\_action 2, crashed 1',
    );
  });

  it('refuses what a server would refuse before its first game, with what it printed', async () => {
    await mkdir(join(folder, 'stillborn'));
    const manifest = await readFile(join(folder, 'broken/arena.json'), 'utf8');
    await writeFile(join(folder, 'stillborn/arena.json'), manifest.replace('broken', 'stillborn'));
    await writeFile(join(folder, 'stillborn/agent.js'), 'throw new Error("no good");');
    const ran = await tournament('--games', '3', '--agents', 'random,./stillborn', '--out', 'none');
    expect(ran).toMatchObject({ code: 1, stdout: '' });
    expect(ran.stderr).toMatch(/^arena tournament: stillborn: .*no good/s);
    expect(existsSync(join(folder, 'none'))).toBe(false);
  });

  it.each([
    [['--agents', 'nobody'], 2, /there is no baseline 'nobody'; there are: .*explorer.*random/],
    [['--agents', 'random,random'], 2, /two agents are called random/],
    [['--agents', './nowhere'], 1, /there is no .*nowhere/],
    [['--compare', 'nothing.json'], 1, /there is no nothing\.json/],
  ])('refuses %j', async (args, code, message) => {
    const ran = await tournament('--games', '1', ...args);
    expect(ran).toMatchObject({ code, stdout: '' });
    expect(ran.stderr).toMatch(message);
  });
});

describe('the committed report', () => {
  // Whether today's engine and agents play its games again is asked by `npm run release:check`.
  it('can be compared with: every agent is the same, or it says in what it is another', async () => {
    const docs = join(ROOT, 'docs/baselines.json');
    const args = ['--games', '2', '--agents', 'random,explorer', '--compare', docs, '--out', 'again'];
    const { stdout } = await tournament(...args);
    const { comparisons = [], settings, agents } = JSON.parse(stdout) as Report;
    const committed = JSON.parse(await readFile(docs, 'utf8')) as Report;
    const stateOf = (name: string): string => {
      if (committed.settings.engineId !== settings.engineId) return 'another engine';
      const [was, is] = [committed, { agents }].map((each) => each.agents.find((one) => one.name === name));
      return was?.sha256 === is?.sha256 ? 'same' : 'another version';
    };
    expect(comparisons.map(({ agent, state }) => [agent, state]).sort()).toEqual(
      ['explorer', 'random'].map((name) => [name, stateOf(name)]),
    );
  });

  it('has a page that names its engine, and its pictures are there', async () => {
    const page = await readFile(join(ROOT, 'docs/BASELINES.md'), 'utf8');
    const committed = JSON.parse(await readFile(join(ROOT, 'docs/baselines.json'), 'utf8')) as Report;
    expect(page).toContain(committed.settings.engineId);
    const pictures = [...page.matchAll(/\]\((images\/[^)]+)\)/g)].map(([, path = '']) => path);
    expect(pictures).toHaveLength(6);
    for (const path of pictures) expect(existsSync(join(ROOT, 'docs', path))).toBe(true);
  });
});
