/** `arena engine replay`, `verify`, `export` and `import` on tapes of recorded games. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, gunzipSync } from 'node:zlib';
import { BLSTATS, Engine, type GameSettings } from '@arena/engine';
import { decodeTape, encodeTape, recordTape, screenOf, TapePlayer, type Tape } from '@arena/tape';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TIDY, arena, inTerminal, python } from '../kit/terminal.ts';

const GOLDEN = new URL('../../golden/', import.meta.url);

/** One that ends, one of items and menus, one in debug mode. */
const GAMES = ['dev-walk-010', 'dev-items-006', 'dev-wizard-009'];

interface Golden {
  core: string;
  disp: string;
  options: string;
  wizard: boolean;
  spawnMonsters: boolean;
  clock: number;
  tape: string;
}

let engine: Engine;
let folder: string;
const tapes = new Map<string, Tape>();

beforeAll(async () => {
  engine = await Engine.load();
  folder = await mkdtemp(join(tmpdir(), 'arena-tapes-'));
  for (const name of GAMES) {
    const golden = JSON.parse(
      gunzipSync(await readFile(new URL(`${name}.json.gz`, GOLDEN))).toString(),
    ) as Golden;
    const { core, disp, options, wizard, spawnMonsters, clock } = golden;
    const settings: GameSettings = {
      seeds: { core: BigInt(core), disp: BigInt(disp) },
      options,
      debug: wizard,
      spawnMonsters,
      clock,
    };
    const tape = recordTape(engine, settings, Buffer.from(golden.tape, 'base64'), { every: 500 });
    tapes.set(name, tape);
    await save(`${name}.tape`, tape);
  }
}, 60_000);
afterAll(() => rm(folder, { recursive: true }));

async function save(name: string, tape: Tape): Promise<string> {
  await writeFile(join(folder, name), await encodeTape(tape));
  return name;
}

function tapeOf(name: string): Tape {
  const tape = tapes.get(name);
  if (tape === undefined) throw new Error(`no tape ${name}`);
  return tape;
}

const textAt = (player: TapePlayer, position: number): string[] => {
  player.seek(position);
  const { chars, columns } = screenOf(player.observation);
  return Array.from({ length: 24 }, (_, row) =>
    Buffer.from(Uint8Array.from({ length: columns }, (_cell, i) => chars[row * columns + i] ?? 32))
      .toString('latin1')
      .trimEnd(),
  );
};

describe('arena engine verify', () => {
  it('says of each tape that it is the same', async () => {
    const ran = await arena(folder, 'engine', 'verify', ...GAMES.map((name) => `${name}.tape`));
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    const lines = ran.stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(GAMES.length);
    for (const line of lines)
      expect(line).toMatch(/^dev-\S+\.tape: same: [\d,]+ keys, \d+ checkpoints, score -?[\d,]+, \S/);
  });

  it('says of each other file what is wrong with it, in one line, and goes on', async () => {
    const tape = tapeOf('dev-items-006');
    const keys = tape.keys.slice();
    keys[700] = 46;
    const bytes = await encodeTape(tape);
    await writeFile(join(folder, 'cut.tape'), bytes.subarray(0, -10));
    await writeFile(join(folder, 'bent.tape'), bytes.with(300, (bytes[300] ?? 0) ^ 1));
    await writeFile(join(folder, 'text.tape'), 'Dear diary');
    const { seeds } = tape.settings;
    const files = [
      await save('key.tape', { ...tape, keys }),
      await save('seed.tape', {
        ...tape,
        settings: { ...tape.settings, seeds: { ...seeds, core: seeds.core + 1n } },
      }),
      await save('score.tape', { ...tape, figures: { ...tape.figures, score: 1_000_000 } }),
      await save('engine.tape', { ...tape, engineId: 'ab'.repeat(32) }),
      ...['cut.tape', 'bent.tape', 'text.tape', 'missing.tape', '.', 'dev-items-006.tape'],
    ];
    const ran = await arena(folder, 'engine', 'verify', ...files);
    expect([ran.code, ran.stderr]).toEqual([1, '']);
    const lines = ran.stdout.trimEnd().split('\n');
    const expected = [
      /^key\.tape: differs: checkpoint 2 of 4 differs: .* from key 501 to key 1,000/,
      /^seed\.tape: differs: checkpoint 1 of 4 differs: .* from its start/,
      /^score\.tape: differs: the score is [\d,-]+, recorded is 1,000,000$/,
      /^engine\.tape: differs: it was recorded with engine abababababab, this is [0-9a-f]{12}; checkpoint 1/,
      /^cut\.tape: unreadable: the tape ends early/,
      /^bent\.tape: unreadable: /,
      /^text\.tape: unreadable: this is no tape/,
      /^missing\.tape: unreadable: there is no such file$/,
      /^\.: unreadable: this is a folder$/,
      /^dev-items-006\.tape: same: /,
    ];
    expect(lines).toHaveLength(expected.length);
    expected.forEach((pattern, i) => {
      expect(lines[i]).toMatch(pattern);
    });

    const json = await arena(folder, 'engine', 'verify', '--json', ...files);
    expect(json.code).toBe(1);
    const report = JSON.parse(json.stdout) as {
      engine: string;
      same: number;
      checked: number;
      tapes: unknown[];
    };
    expect(report).toMatchObject({ engine: engine.id, same: 1, checked: files.length });
    expect(report.tapes[0]).toMatchObject({
      path: 'key.tape',
      same: false,
      firstDifferentCheckpoint: 1,
      differences: expect.arrayContaining([expect.objectContaining({ what: 'checkpoint' })]) as unknown,
      error: null,
    });
    expect(report.tapes[6]).toMatchObject({ same: false, error: { code: 'not_a_tape' } });
  });
});

describe('arena engine replay', () => {
  const name = 'dev-items-006';

  it('prints one screen where there is no terminal', async () => {
    const player = new TapePlayer(engine, tapeOf(name));
    const ran = await arena(folder, 'engine', 'replay', `${name}.tape`, '--at', '700');
    expect(ran).toEqual({ code: 0, stderr: '', stdout: `${textAt(player, 700).join('\n')}\n` });
    player.dispose();
  });

  it('plays, pauses, seeks, and fits the terminal', async () => {
    const total = tapeOf(name).keys.length;
    const shown = total.toLocaleString('en-US');
    const session = await inTerminal(
      folder,
      ['engine', 'replay', `${name}.tape`],
      [
        { wait: `paused  10/s  key 0/${shown}`, send: '\x1b[C\x1b[C\x1b[D' },
        { wait: `key 1/${shown}`, send: 'g700\r' },
        { wait: `key 700/${shown}`, send: '5' },
        { wait: `key ${Math.round(total / 2).toLocaleString('en-US')}/`, send: '\x1b[1;2D' },
        { wait: `key ${Math.round(total / 2 - 100).toLocaleString('en-US')}/`, send: '\x1b[H' },
        { wait: `key 0/`, send: '++++ ' },
        { wait: `playing  1,?000/s  key [1-9]`, send: ' ' },
        { wait: 'paused', send: '++++ ' },
        { wait: `paused  max  key ${shown}/.*the end`, resize: [12, 50] },
        { wait: `key ${shown}`, send: 'q' },
      ],
      [25, 80],
    );
    expect(session).toMatchObject({ ...TIDY, code: 0, after: '' });
    const player = new TapePlayer(engine, tapeOf(name));
    expect(session.screens[2]?.split('\n').slice(0, 24)).toEqual(textAt(player, 700));
    expect(session.screens[2]?.split('\n')[24]).toMatch(/^ paused .*score [\d,]+ {2}Dlvl \d+ {2}next \S+/);
    expect(session.screens.at(-1)?.split('\n')).toHaveLength(12);
    player.dispose();
  });

  it('leaves out the row that NetHack never uses where only one is missing', async () => {
    const steps = [{ wait: 'key 700/', send: '\x03' }];
    const session = await inTerminal(folder, ['engine', 'replay', `${name}.tape`, '--at', '700'], steps);
    expect(session).toMatchObject({ ...TIDY, code: 0 });
    const player = new TapePlayer(engine, tapeOf(name));
    const screen = textAt(player, 700);
    expect(screen[1]).toBe('');
    expect(session.screens[0]?.split('\n').slice(0, 23)).toEqual(screen.filter((_, row) => row !== 1));
    player.dispose();
  });

  it('gives the terminal back when it is told to stop while it plays', async () => {
    const session = await inTerminal(
      folder,
      ['engine', 'replay', `${name}.tape`],
      [
        { wait: 'paused', send: ' ' },
        { wait: 'playing', signal: 15 },
      ],
    );
    expect(session).toMatchObject({ ...TIDY, code: 143 });
  });

  it.each([
    ['no file', [], 2, 'which tape? Give its file (see arena engine replay --help)'],
    ['two files', ['a', 'b'], 2, 'one tape at a time, not 2 (see arena engine replay --help)'],
    ['a file that is not there', ['nothing.tape'], 1, 'there is no nothing.tape'],
    [
      'a position behind the end',
      [`${name}.tape`, '--at', '99999'],
      1,
      /has [\d,]+ keys; --at 99999 is behind its end/,
    ],
    ['a position that is none', [`${name}.tape`, '--at', 'x'], 2, /--at x: a whole number is wanted/],
    [
      'no terminal',
      [`${name}.tape`],
      1,
      'a replay needs a terminal, for what is typed and for what is shown',
    ],
  ])('refuses %s in one line', async (_what, args, code, message) => {
    const ran = await arena(folder, 'engine', 'replay', ...args);
    expect([ran.code, ran.stdout]).toEqual([code, '']);
    expect(ran.stderr).toMatch(/^arena engine replay: [^\n]*\n$/);
    if (typeof message === 'string') expect(ran.stderr).toBe(`arena engine replay: ${message}\n`);
    else expect(ran.stderr).toMatch(message);
  });
});

describe('docs/TAPES.md', () => {
  it.each(GAMES)('reads %s by the lines it gives for those who do without us', async (name) => {
    const page = await readFile(new URL('../../../docs/TAPES.md', import.meta.url), 'utf8');
    const lines = /```python file=read_tape\.py\n(.*?)```/s.exec(page)?.[1] ?? '';
    await writeFile(join(folder, 'read.py'), lines);
    const tape = tapeOf(name);
    const { settings, figures, end } = tape;
    expect(await python(folder, join(folder, 'read.py'), `${name}.tape`)).toMatchObject({
      engine: engine.id,
      descriptions: true,
      core: Number(settings.seeds.core),
      lgen: null,
      character: '@',
      options: settings.options,
      clock: settings.clock,
      keys: Buffer.from(tape.keys).toString('hex'),
      end: end.kind === 'ended' ? end.how : 255,
      score: figures.score,
      turns: figures.turns,
      deepest: figures.deepestLevel,
      xlogfile: end.kind === 'ended' ? end.xlogfile : '',
      checkpoints: tape.checkpoints.map((digest) => Buffer.from(digest).toString('hex')),
    });
  });
});

interface Decoded {
  pictures: number[];
  keys: string;
  scores: number[];
  times: number[];
  order: number[];
}

/**
 * What a decoder must see: a checksum of the terminal at each observation, the last one after the game's end included, and at each
 * that was answered, or could be, the status line's score.
 */
function observed(tape: Tape): { pictures: number[]; scores: number[] } {
  const game = engine.newGame(tape.settings);
  const pictures: number[] = [];
  const scores: number[] = [];
  const look = (): void => {
    const { tty_chars, tty_colors, tty_cursor, blstats } = game.observation;
    const cells = Buffer.concat([tty_chars, Uint8Array.from(tty_colors), tty_cursor]);
    pictures.push(crc32(cells));
    if (!game.ended) scores.push(blstats[BLSTATS.score] ?? 0);
  };
  look();
  for (const key of tape.keys) {
    game.step(key);
    look();
  }
  game.dispose();
  return { pictures, scores };
}

describe('arena engine export', () => {
  it.each(GAMES)('writes %s as a ttyrec3 that another decoder reads as the same game', async (name) => {
    const ran = await arena(folder, 'engine', 'export', `${name}.tape`, '--ttyrec3');
    expect(ran.stdout).toMatch(new RegExp(`^${name}\\.ttyrec3\\.bz2 \\([\\d.]+ kB\\)\n$`));
    const tape = tapeOf(name);
    const decoded = (await python(folder, 'decode_ttyrec.py', '3', `${name}.ttyrec3.bz2`)) as Decoded;
    const { pictures, scores } = observed(tape);
    expect(decoded.pictures).toEqual(pictures);
    expect(decoded.scores).toEqual(scores);
    expect(Buffer.compare(Buffer.from(decoded.keys, 'base64'), tape.keys)).toBe(0);
    expect(decoded.order.slice(0, 6)).toEqual([0, 2, 1, 0, 2, 1]);
    expect(decoded.times.slice(0, 3)).toEqual([0, 0.1, 0.2].map((time) => tape.settings.clock + time));
  });

  it('writes a classic ttyrec of the same pictures', async () => {
    const [name = ''] = GAMES;
    await arena(folder, 'engine', 'export', `${name}.tape`, '--ttyrec', '-o', 'classic.ttyrec');
    const decoded = (await python(folder, 'decode_ttyrec.py', '1', 'classic.ttyrec')) as Decoded;
    expect(decoded.pictures).toEqual(observed(tapeOf(name)).pictures);
    expect(decoded.keys).toBe('');
  });

  it('writes NetHack’s own line about an ended game, and says that others have none', async () => {
    const { settings, keys } = tapeOf('dev-items-006');
    const quit = [27, 27, 241, ...Buffer.from('y'), ...Array<number>(12).fill(27)];
    await save('quit.tape', recordTape(engine, settings, Uint8Array.from(quit)));
    await save('open.tape', recordTape(engine, settings, keys.subarray(0, 300)));
    const ran = await arena(folder, 'engine', 'export', 'quit.tape', '--xlogfile');
    expect([ran.code, ran.stderr]).toEqual([0, '']);
    expect(ran.stdout).toMatch(/^version=3\.6\.6\tpoints=\d+\t(\w+=[^\t\n]*\t)*death=quit\t[^\n]*\n$/);
    const open = await arena(folder, 'engine', 'export', 'open.tape', '--xlogfile');
    expect([open.code, open.stdout]).toEqual([1, '']);
    expect(open.stderr).toMatch(/^arena engine export: open\.tape: NetHack wrote no xlogfile line[^\n]*\n$/);
  });

  it.each([
    ['no kind', [], 2, /say one of --ttyrec, --ttyrec3 and --xlogfile/],
    ['two kinds', ['--ttyrec', '--ttyrec3'], 2, /say one of/],
    ['a file that is there', ['--ttyrec', '-o', 'dev-walk-010.tape'], 1, /is there already; .* --force/],
    ['a folder that is not there', ['--ttyrec', '-o', 'no/a.ttyrec'], 1, /there is no no\/a\.ttyrec/],
  ])('refuses %s in one line', async (_what, args, code, message) => {
    const ran = await arena(folder, 'engine', 'export', 'dev-walk-010.tape', ...args);
    expect([ran.code, ran.stdout]).toEqual([code, '']);
    expect(ran.stderr).toMatch(/^[^\n]*\n$/);
    expect(ran.stderr).toMatch(message);
  });
});

describe('arena engine import', () => {
  const name = 'dev-items-006';
  const settings = (): string[] => {
    const { seeds, options, clock } = tapeOf(name).settings;
    return [
      '--core',
      String(seeds.core),
      '--disp',
      String(seeds.disp),
      '--options',
      options,
      '--clock',
      String(clock),
    ];
  };

  it('makes the same game of a recording, packed or not', async () => {
    await arena(folder, 'engine', 'export', `${name}.tape`, '--ttyrec3', '-o', 'in.ttyrec3.bz2');
    const ran = await arena(folder, 'engine', 'import', 'in.ttyrec3.bz2', ...settings());
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expect(ran.stdout).toMatch(/^in\.tape \([\d.]+ kB, [\d,]+ keys, /);
    const tape = await decodeTape(await readFile(join(folder, 'in.tape')));
    expect(Buffer.compare(tape.keys, tapeOf(name).keys)).toBe(0);
    expect(tape.figures).toEqual(tapeOf(name).figures);
    expect((await arena(folder, 'engine', 'verify', 'in.tape')).code).toBe(0);
  });

  it('notices that the seeds were others', async () => {
    await arena(folder, 'engine', 'export', 'dev-wizard-009.tape', '--ttyrec3', '-o', 'wizard.ttyrec3.bz2');
    const ran = await arena(folder, 'engine', 'import', 'wizard.ttyrec3.bz2', ...settings());
    expect([ran.code, ran.stdout]).toEqual([1, '']);
    expect(ran.stderr).toMatch(
      /^arena engine import: wizard\.ttyrec3\.bz2: after [\d,]+ keys its score is [^\n]*\n$/,
    );
  });

  it.each([
    ['a recording without its seeds', ['in.ttyrec3.bz2'], 2, /--core is wanted/],
    ['what is no recording', [`${name}.tape`, '--core', '1', '--disp', '1'], 1, /is no ttyrec3/],
    ['what is not there', ['nothing.bz2', '--core', '1', '--disp', '1'], 1, /there is no nothing\.bz2/],
  ])('refuses %s in one line', async (_what, args, code, message) => {
    const ran = await arena(folder, 'engine', 'import', ...args);
    expect([ran.code, ran.stdout]).toEqual([code, '']);
    expect(ran.stderr).toMatch(/^arena engine import: [^\n]*\n$/);
    expect(ran.stderr).toMatch(message);
  });
});
