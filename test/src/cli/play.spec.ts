/** `arena engine play` in a pseudo terminal: keys in, screen out, and the terminal as it was afterwards. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Engine } from '@arena/engine';
import { decodeTape, verify, type Tape } from '@arena/tape';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { TIDY, arena, inTerminal } from '../kit/terminal.ts';

const SEEDS = ['--core', '1', '--disp', '1'];
const PLAY = ['engine', 'play', ...SEEDS, '--character', 'val-dwa-law-fem', '--tape', 'game.tape'];
const DEBUG = [...PLAY, '--debug'];
const bytes = (text: string): number[] => [...Buffer.from(text, 'latin1')];

let engine: Engine;
let folder: string;
beforeAll(async () => {
  engine = await Engine.load();
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'arena-play-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** The tape that was saved, which must be the game it claims to be. */
async function savedTape(name = 'game.tape'): Promise<Tape> {
  const tape = await decodeTape(await readFile(join(folder, name)));
  expect(verify(tape, engine).differences).toEqual([]);
  return tape;
}

describe('arena engine play', () => {
  it('gives the keys to the game, shows what comes of them, and keeps the tape when left', async () => {
    const session = await inTerminal(folder, PLAY, [
      { wait: 'Dlvl:1 .*T:1', send: 's' },
      { wait: 'T:2', send: '\x1b[D' },
      { wait: 'T:3', send: '\x1bO' },
      { wait: 'perfectly|overview|Dungeons|Unknown|Dlvl', send: ' \x7f' },
      { send: '\x03' },
    ]);
    expect(session).toMatchObject({ ...TIDY, code: 0 });
    expect(session.screens[0]).toContain('@');
    expect(session.after).toMatch(/still going on: score 0, \d+ turns, deepest level 1/);
    expect(session.after).toMatch(
      /game\.tape \(4\d\d bytes, 5 keys\)\. Watch it: arena engine replay game\.tape/,
    );
    const tape = await savedTape();
    expect(tape.settings).toMatchObject({ seeds: { core: 1n, disp: 1n }, character: 'val-dwa-law-fem' });
    const typed = [...bytes('sh'), 0x80 | 0x4f, ...bytes(' \b')];
    expect([...tape.keys]).toEqual(typed.slice(0, tape.keys.length));
    expect(tape.keys.length).toBeGreaterThanOrEqual(3);
  });

  it('ends with the game, and tells how it went', async () => {
    const session = await inTerminal(folder, PLAY, [
      { wait: 'Dlvl:1', send: '\x1bq' },
      { wait: 'Really quit', send: 'y' },
      { wait: '\\(end\\)', send: '\x1b' },
      { wait: 'attributes|conduct|overview|challenges', send: '\x1b' },
      ...Array.from({ length: 6 }, () => ({ send: ' ' })),
    ]);
    expect(session).toMatchObject({ ...TIDY, code: 0 });
    expect(session.after).toMatch(/quit: score 0, 1 turns/);
    expect((await savedTape()).end).toMatchObject({ kind: 'ended', how: 13 });
  });

  it.each([
    ['SIGTERM', 15, 143],
    ['SIGHUP', 1, 129],
    ['SIGINT', 2, 130],
  ])('keeps the tape and gives the terminal back at %s', async (_name, signal, code) => {
    const session = await inTerminal(folder, PLAY, [
      { wait: 'T:1', send: 's' },
      { wait: 'T:2', signal },
    ]);
    expect(session).toMatchObject({ ...TIDY, code });
    expect([...(await savedTape()).keys]).toEqual(bytes('s'));
  });

  it('does so too when the engine fails', async () => {
    const session = await inTerminal(folder, DEBUG, [
      { wait: 'Dlvl:1|--More--', send: '  #panic\r' },
      { wait: 'Do you want to panic|panic', send: 'y' },
    ]);
    expect(session).toMatchObject({ ...TIDY, code: 1 });
    expect(session.after).toMatch(/ended by an engine fault: .*\r\n/);
    expect(session.after).toMatch(
      /arena engine play: engine fault, not the player's: NetHack gave up[^\n]*\n$/,
    );
    expect((await savedTape()).end).toEqual({ kind: 'fault' });
  });

  it('fits smaller terminals, with the cursor in sight, and follows when they are resized', async () => {
    const session = await inTerminal(
      folder,
      PLAY,
      [
        { wait: '@', resize: [24, 80] },
        { wait: 'Dlvl:1.*T:1', resize: [23, 80] },
        { wait: 'T:1', send: '\x03' },
      ],
      [10, 40],
    );
    expect(session).toMatchObject({ ...TIDY, code: 0 });
    expect(session.screens[0]?.split('\n')).toHaveLength(10);
  });

  it('uses other seeds each time, and another name, unless told', async () => {
    for (let i = 0; i < 2; i++)
      await inTerminal(folder, ['engine', 'play', '--core', '5'], [{ wait: 'Dlvl:1', send: '\x03' }]);
    const [one, two] = [await savedTape('nethack-5.tape'), await savedTape('nethack-5-2.tape')];
    expect(one.settings.seeds.disp).not.toBe(two.settings.seeds.disp);
  });

  it('does not begin a game whose tape could not be saved', async () => {
    await writeFile(join(folder, 'game.tape'), 'precious');
    const session = await inTerminal(folder, PLAY, []);
    expect(session).toMatchObject({ code: 1, restored: true });
    expect(session.after).toBe(
      'arena engine play: game.tape is there already; choose another name or say --force\r\n',
    );
    expect(await readFile(join(folder, 'game.tape'), 'utf8')).toBe('precious');
  });

  it.each([
    ['an unknown option', ['--cor', '1'], 2, "unknown option '--cor' (see arena engine play --help)"],
    ['a seed that is none', ['--core', '-1'], 2, /^arena engine play: [^\n]*--core[^\n]*$/],
    [
      'a seed too large',
      ['--core', '18446744073709551616'],
      2,
      /--core 18446744073709551616: a whole number from 0/,
    ],
    ['an unknown character', ['--character', 'jedi'], 1, /'jedi' is no character: use a role, race, /],
    ['an unknown NetHack option', ['--options', 'nosuch'], 1, /NETHACKOPTIONS: .*nosuch|such/],
    ['a folder that is not there', ['--tape', 'no/where.tape'], 1, 'there is no no'],
    ['no terminal', [], 1, 'playing needs a terminal, for what is typed and for what is shown'],
  ])('refuses %s in one line', async (_what, args, code, message) => {
    const ran = await arena(folder, 'engine', 'play', ...args);
    expect([ran.code, ran.stdout]).toEqual([code, '']);
    expect(ran.stderr.trimEnd().split('\n')).toHaveLength(1);
    if (typeof message === 'string') expect(ran.stderr).toBe(`arena engine play: ${message}\n`);
    else expect(ran.stderr.trimEnd()).toMatch(message);
  });
});

describe('arena', () => {
  it.each([
    [['--help'], 0, /usage: arena <command>/],
    [['engine', '--help'], 0, /play .*\n.*replay .*\n.*verify/],
    ...['play', 'replay', 'verify', 'export', 'import'].map(
      (name) => [['engine', name, '--help'], 0, new RegExp(`usage: arena engine ${name}`)] as const,
    ),
    [[], 2, /usage/],
    [['engine'], 2, /usage/],
  ])('%j explains itself', async (args, code, text) => {
    const ran = await arena(folder, ...args);
    expect([ran.code, ran.stderr]).toEqual([code, '']);
    expect(ran.stdout).toMatch(text);
  });

  it.each([
    [['motor'], "arena: there is no 'motor' (see arena --help)\n"],
    [['engine', 'start'], "arena engine: there is no 'start' (see arena engine --help)\n"],
  ])('%j is refused in one line', async (args, message) => {
    expect(await arena(folder, ...args)).toEqual({ code: 2, stdout: '', stderr: message });
  });
});
