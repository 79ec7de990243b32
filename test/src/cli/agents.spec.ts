/** `arena init`, `play` and `pack`, and `check` of every template, with the real sandbox and engine. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BoardRow, GameRow } from '@arena/contracts';
import { Engine } from '@arena/engine';
import { decodeTape, verify } from '@arena/tape';
import { compileC } from '@arena/wasm';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { smallAgent, type Checked } from '../kit/small-agent.ts';
import { ARENA, TIDY, arena, inTerminal } from '../kit/terminal.ts';

const BASELINES = ['cloner', 'explorer', 'pilot'];
const TEMPLATES = [
  ...(await readdir(new URL('../../../agents/templates/', import.meta.url), { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name),
  ...BASELINES,
].sort();

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'arena-agents-'));
  for (const name of TEMPLATES) {
    const { code, stderr } = await arena(folder, 'init', '--template', name, name);
    if (code !== 0) throw new Error(`init of ${name}: ${stderr}`);
    build(join(folder, name));
  }
}, 60_000);
afterAll(() => rm(folder, { recursive: true }));

/** Those that are compiled, as their README says. */
function build(agentFolder: string): void {
  if (existsSync(join(agentFolder, 'agent.c')))
    compileC(join(agentFolder, 'agent.c'), join(agentFolder, 'agent.wasm'));
  const about = join(agentFolder, 'package.json');
  if (!existsSync(about)) return;
  const { scripts } = JSON.parse(readFileSync(about, 'utf8')) as { scripts: { build: string } };
  const tools = fileURLToPath(new URL('../../../node_modules/.bin', import.meta.url));
  const env = { ...process.env, PATH: `${tools}:${process.env['PATH'] ?? ''}` };
  execFileSync('sh', ['-c', scripts.build], { cwd: agentFolder, env });
}

interface Played {
  board: BoardRow;
  games: (GameRow & { log: string | null; tape: string | null })[];
}

async function play(...args: string[]): Promise<{ code: number; played: Played }> {
  const { code, stdout, stderr } = await arena(folder, 'play', '--json', ...args);
  if (stdout === '') throw new Error(stderr);
  return { code, played: JSON.parse(stdout) as Played };
}

const outcomes = ({ games }: Played): unknown =>
  games.map(({ character, score, turns, steps, verdict, endReason, death }) => ({
    ...{ character, score, turns, steps, verdict, endReason, death },
  }));

const agent = (name: string, body: string, manifest?: Record<string, unknown>): Promise<string> =>
  smallAgent(folder, name, body, manifest);

describe.each(TEMPLATES)('the template %s', (name) => {
  it('plays and passes every check', async () => {
    const { code, stdout } = await arena(folder, 'check', '--json', '--seconds', '10', name);
    const { checks, failed } = JSON.parse(stdout) as Checked;
    // whether a game of a baseline is over within seconds depends on the machine
    const wanting = checks.filter(({ check, grade }) => grade !== 'PASS' && check !== 'whole games');
    expect(wanting).toEqual([]);
    expect({ code, failed }).toEqual({ code: 0, failed: 0 });
    expect(checks.map(({ check }) => check)).toEqual([
      ...[
        'manifest',
        'games',
        'determinism',
        'batch',
        'endings',
        'whole games',
        'start time',
        'step time',
        'memory',
      ],
    ]);
    const endings = checks.find(({ check }) => check === 'endings')?.message ?? '';
    for (const end of ['died', 'quit', 'escaped', 'ascended', 'step limit', 'no progress'])
      expect(endings).toContain(end);
    for (const end of ['time bank', 'invalid action']) expect(endings).toContain(end);
  }, 180_000);
});

it("the template onnx's model is what its program writes", async () => {
  const model = join(folder, 'onnx', 'policy.onnx');
  const before = await readFile(model);
  await rm(model);
  execFileSync('python3', [join(folder, 'onnx', 'make_model.py')]);
  expect(await readFile(model)).toEqual(before);
});

describe('arena init', () => {
  it('lists the templates, in lines that fit', async () => {
    const { stdout } = await arena(folder, 'init', '--list');
    const lines = stdout.trimEnd().split('\n');
    expect(lines.flatMap((line) => /^\S+/.exec(line) ?? [])).toEqual(TEMPLATES);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
  });

  const builds: Record<string, string> = {
    'wasm-c': 'make',
    'wasm-assemblyscript': 'npm install && npm run build',
  };
  it.each<[string, string | null]>(TEMPLATES.map((name) => [name, builds[name] ?? null]))(
    'says what builds an agent of the template %s, if anything',
    async (name, build) => {
      const { code, stdout } = await arena(folder, 'init', '--template', name, `built/${name}`);
      expect(code).toBe(0);
      expect(stdout).toContain(`${ARENA} play built/${name} --games 4`);
      const lines = stdout.split('\n').filter((line) => line.startsWith('Build it:'));
      expect(lines).toEqual(
        build === null ? [] : [expect.stringContaining(`cd built/${name} && ${build} (`)],
      );
    },
  );

  it('names the agent after its folder, and overwrites nothing', async () => {
    expect((await arena(folder, 'init', '-t', 'node', 'deep/sokoban')).code).toBe(0);
    const path = join(folder, 'deep/sokoban/arena.json');
    expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ name: 'sokoban', runtime: 'node' });
    await writeFile(path, 'mine');
    await rm(join(folder, 'deep/sokoban/agent.ts'));
    const again = await arena(folder, 'init', '-t', 'node', 'deep/sokoban');
    expect(again).toMatchObject({ code: 1, stdout: '' });
    expect(again.stderr).toMatch(
      /^arena init: deep\/sokoban has README.md, arena.json already, and nothing is/,
    );
    expect(await readFile(path, 'utf8')).toBe('mine');
    expect(await readdir(join(folder, 'deep/sokoban'))).toEqual(['README.md', 'arena.json']);
  });

  it.each([
    [['--template', 'cobol'], 1, /there is no template 'cobol'; there are: .*node/],
    [['--template', '../baselines/random'], 1, /there is no template/],
    [[], 2, /which template\? Say --template NAME/],
  ])('refuses %j', async (args, code, message) => {
    const ran = await arena(folder, 'init', ...args);
    expect(ran.code).toBe(code);
    expect(ran.stderr).toMatch(message);
  });
});

describe('arena pack', () => {
  it('gives the same bytes again, and says what it left out', async () => {
    const name = await agent('packed', 'return { act: () => 115 };');
    await mkdir(join(folder, name, '__pycache__'));
    await writeFile(join(folder, name, '.arenaignore'), 'notes.txt\n');
    await writeFile(join(folder, name, 'notes.txt'), 'private');
    const first = await arena(folder, 'pack', name, '-o', 'one.tar.gz', '--json');
    const { sha256, leftOut, files } = JSON.parse(first.stdout) as Record<string, unknown>;
    expect(leftOut).toEqual(['.arenaignore', '__pycache__/', 'notes.txt']);
    expect(Object.keys(files as object)).toEqual(['agent.js', 'arena.json']);
    const second = await arena(folder, 'pack', name, '-o', 'two.tar.gz');
    expect(second.stdout).toContain(
      `sha256 ${String(sha256)}\nleft out: .arenaignore, __pycache__/, notes.txt\n`,
    );
    expect(await readFile(join(folder, 'one.tar.gz'))).toEqual(await readFile(join(folder, 'two.tar.gz')));
    expect((await arena(folder, 'pack', name, '-o', 'two.tar.gz')).stderr).toMatch(
      /is there already.*--force/,
    );
  });

  it.each<[string, (name: string) => Promise<unknown>, RegExp]>([
    ['a link', (name) => symlink('/etc/passwd', join(folder, name, 'secret')), /"secret" is a link/],
    ['a wrong manifest', (name) => agent(name, '', { kind: 'magic' }), /arena.json: kind: found "magic"/],
    [
      'no entry',
      (name) => rm(join(folder, name, 'agent.js')),
      /arena.json: entry: found "agent.js", and there is no/,
    ],
    ['no manifest', (name) => rm(join(folder, name, 'arena.json')), /no arena.json at its top/],
    [
      'a file',
      (name) =>
        Promise.all([rm(join(folder, name), { recursive: true }), writeFile(join(folder, `${name}x`), '')]),
      /there is no/,
    ],
  ])('refuses %s in one line', async (what, spoil, message) => {
    const name = await agent(`bad-${what.replaceAll(' ', '-')}`, '');
    await spoil(name);
    const ran = await arena(folder, 'pack', name, '-o', 'bad.tar.gz');
    expect([ran.code, ran.stdout]).toEqual([1, '']);
    expect(ran.stderr).toMatch(message);
    expect(ran.stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(await readdir(folder)).not.toContain('bad.tar.gz');
  });
});

describe('a submission of 2021', () => {
  const KIT = fileURLToPath(new URL('../../agents/batched-2021', import.meta.url));
  const NOTICE =
    'aicrowd.json: gpu: true is ignored: agents are run without graphics cards, and models on the processor';

  it.each([
    ['pack', ['-o', 'kit.tar.gz', '--force']],
    ['play', ['--games', '1', '--max-steps', '5']],
    ['check', []],
    ['submit', ['--server', 'http://127.0.0.1:9']],
  ])('is told what of it has no effect by arena %s', async (command, args) => {
    const { stderr } = await arena(folder, command, KIT, ...args);
    expect(stderr.split('\n').filter((line) => line === `warning: ${NOTICE}`)).toHaveLength(1);
  });

  it('plays the environments it asks for, and programs can read the warnings', async () => {
    const packed = await arena(folder, 'pack', KIT, '-o', 'kit.tar.gz', '--force', '--json');
    expect(JSON.parse(packed.stdout)).toMatchObject({ notices: [NOTICE] });
    const { played } = await play('kit.tar.gz', '--games', '1', '--max-steps', '5');
    expect(played).toMatchObject({ agent: { gamesAtOnce: 16 } });
  });
});

describe('arena play', () => {
  it('gives the same games for the same seed, from a folder and from an archive', async () => {
    await arena(folder, 'pack', 'node', '-o', 'node.tar.gz');
    const args = ['--games', '3', '--max-steps', '400', '--seed', 'spring'];
    const one = await play('node', ...args);
    expect(one.code).toBe(0);
    expect(one.played.board).toMatchObject({ gamesDone: 3, gamesTotal: 3, faults: 0, agentName: 'node' });
    expect(outcomes((await play('node.tar.gz', ...args)).played)).toEqual(outcomes(one.played));
    const last = await play('node', '--max-steps', '400', '--seed', 'spring', '--first', '3', '--games', '1');
    expect(outcomes(last.played)).toEqual((outcomes(one.played) as unknown[]).slice(2));
    expect(last.played.games[0]?.index).toBe(2);
    const other = await play('node', ...args, '--evaluation', '2');
    expect(outcomes(other.played)).not.toEqual(outcomes(one.played));
  });

  it("plays the demo competition's own games", async () => {
    // Seeds of its first evaluation, computed apart with Python's hmac.
    const { played } = await play(
      'node',
      '--games',
      '1',
      '--max-steps',
      '5',
      '--seed',
      'demo',
      '--save',
      'demo-tapes',
    );
    const tape = await decodeTape(await readFile(join(folder, played.games[0]?.tape ?? '')));
    expect(tape.settings.seeds).toMatchObject({ core: 3378181212107298873n, disp: 1982431727112767660n });
  });

  it('hands over to the agent in the middle of a tape', async () => {
    const args = ['--games', '1', '--max-steps', '300', '--seed', 'handover', '--save', 'from'];
    const { played } = await play('node', ...args);
    const whole = played.games[0]?.tape ?? '';
    const tape = await decodeTape(await readFile(join(folder, whole)));
    const step = tape.keys.length - 100;
    for (const where of [`${whole}@${step}`, `${whole}@-100`]) {
      const { played: on } = await play('python', '--from', where, '--max-steps', '50', '--save', 'from-on');
      expect(on.games).toMatchObject([{ verdict: 'ok', steps: 50, endReason: 'step_limit' }]);
      const both = await decodeTape(await readFile(join(folder, on.games[0]?.tape ?? '')));
      expect(verify(both, await Engine.load()).differences).toEqual([]);
      expect(both.keys.length).toBe(step + 50);
      expect([...both.keys.slice(0, step)]).toEqual([...tape.keys.slice(0, step)]);
    }
  });

  it('shows the stack trace and the last lines of an agent that fails, and exits with 1', async () => {
    const body = `console.log('hello from', context.gamesAtOnce);
      return { act({ step }) { if (step === 7) throw new TypeError('seven is too many'); return 115; } };`;
    const name = await agent('thrower', body, { gamesAtOnce: 1 });
    const ran = await arena(folder, 'play', name, '--games', '2', '--seed', '1');
    expect(ran.code).toBe(1);
    expect(ran.stdout).toMatch(
      /game 1, and 1 more alike: Agent crashed: .*exit code 1 .*TypeError: seven is too many/,
    );
    expect(ran.stdout).toMatch(/The last it printed:\n {4}hello from 1\n/);
    expect(ran.stdout).toMatch(/ {4}TypeError: seven is too many\n {8}at Object.act \(.*agent\.js:2:/);
    expect(ran.stdout).toContain('verdicts: crashed 2 (Agent crashed); 2 games lost to faults of the agent');
    for (const line of ran.stdout.split('\n').slice(0, 10)) expect(line.length).toBeLessThanOrEqual(80);
    const { code, played } = await play(name, '--games', '1', '--seed', '1');
    expect(code).toBe(1);
    expect(played.games[0]).toMatchObject({ verdict: 'crashed', steps: 7 });
    expect(played.games[0]?.log).toContain('seven is too many');
  });

  it('explains games that ended for lack of progress', async () => {
    const name = await agent('searcher', "return { act: () => context.key('SEARCH') };", { gamesAtOnce: 1 });
    const args = ['play', name, '--games', '2', '--seed', 'stuck'];
    const { code, stdout } = await arena(folder, ...args);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^game 1: no game time passed for 10,000 keys at --More--, so it was ended\n {2}on the screen: .*--More--\n {2}pressed: Command.SEARCH \(10,000 times\)\n {2}→ press MORE, /m,
    );
    const { games } = JSON.parse((await arena(folder, ...args, '--json')).stdout) as {
      games: { endReason: string; stuck: Record<string, unknown> | null }[];
    };
    expect(games.map(({ endReason }) => endReason)).toEqual(['no_progress', 'no_progress']);
    expect(games[0]?.stuck).toMatchObject({
      ...{ keys: 10_000, waits: 'more', pressed: [{ action: 'Command.SEARCH', times: 10_000 }] },
      screen: [expect.stringContaining('--More--')],
    });
  });

  it('says what a server would of an agent that cannot start, and plays no game', async () => {
    const name = await agent('stillborn', `console.log('loading'); throw new Error('no weights');`);
    const ran = await arena(folder, 'play', name, '--games', '2', '--seed', '1');
    expect([ran.code, ran.stdout]).toEqual([1, '']);
    expect(ran.stderr).toMatch(
      /^arena play: Refused before its first game, so that none was played: .* exit code 1 before it was ready to play: Error: no weights\. Correct the agent and submit a new version\.\n {2}The last it printed:\n {4}loading\n/,
    );
    const json = await arena(folder, 'play', name, '--json');
    expect(JSON.parse(json.stdout)).toMatchObject({ refused: { log: expect.stringContaining('loading') } });
  });

  it.each([
    [
      'a runtime that nobody offers',
      { runtime: 'ruby' },
      /runtime ruby is not offered here: there is none of that name\. Here are node, python/,
    ],
    [
      'a module that is not compiled yet',
      { runtime: 'wasm', entry: 'agent.wasm' },
      /no such file\. Compile it \(make/,
    ],
  ])('says what to do about %s', async (_, manifest, message) => {
    const name = await agent(`cannot-${manifest.runtime}`, 'return null;', manifest);
    const ran = await arena(folder, 'play', name, '--games', '1');
    expect([ran.code, ran.stdout]).toEqual([1, '']);
    expect(ran.stderr).toMatch(message);
  });

  it('shows a game in the terminal while it plays, then the table', async () => {
    const args = ['play', 'node', '--games', '2', '--seed', 'tty', '--max-steps', '3000'];
    const session = await inTerminal(folder, args, [{ wait: 'Dlvl:\\d.*node .*\\d/2' }], [26, 80]);
    expect(session).toMatchObject({ ...TIDY, code: 0 });
    expect(session.after).toMatch(/game character +score/);
    expect(session.after).toMatch(/verdicts: ok 2/);
  });

  it('can be stopped, and shows what was played', async () => {
    const name = await agent('endless', 'return { act: () => 115 };', { gamesAtOnce: 1 });
    const args = ['play', name, '--games', '50', '--seed', 'tty'];
    const session = await inTerminal(folder, args, [{ wait: 'Dlvl:\\d', send: 'q' }], [26, 80]);
    expect(session).toMatchObject({ ...TIDY, code: 130 });
  });

  it.each([
    [['node', '--games', '0'], 2, /--games 0: at least 1/],
    [['node', '--games', 'many'], 2, /--games many: a whole number/],
    [['node', '--from', 'x'], 2, /TAPE@STEP is wanted/],
    [['node', '--from', 'no.tape@3'], 1, /there is no no.tape/],
    [['node', '--from', 'x.tape@3', '--seed', '1'], 2, /leave --seed away/],
    [['nowhere'], 1, /there is no nowhere/],
    [[], 2, /which agent\?/],
    [['node', 'python'], 2, /one agent at a time/],
  ])('refuses %j in one line', async (args, code, message) => {
    const ran = await arena(folder, 'play', ...args);
    expect([ran.code, ran.stdout]).toEqual([code, '']);
    expect(ran.stderr).toMatch(message);
    expect(ran.stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});

describe('help', () => {
  it.each(['init', 'play', 'check', 'pack', 'submit'])('of %s fits 80 columns', async (command) => {
    const { code, stdout } = await arena(folder, command, '--help');
    expect([code, stdout]).toEqual([0, expect.stringContaining(`usage: arena ${command}`)]);
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });
});
