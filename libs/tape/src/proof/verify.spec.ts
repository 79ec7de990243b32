import { createHash } from 'node:crypto';
import { Engine, FIELDS } from '@arena/engine';
import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeTape, encodeTape } from '../format/file.ts';
import type { Tape } from '../tape.ts';
import { longTape, wanderingTape } from '../testing/games.ts';
import { TapeRecorder } from './recorder.ts';
import { recordTape } from './record.ts';
import { replay } from './replay.ts';
import { type Difference, verify } from './verify.ts';

let engine: Engine;
/** 3,000 keys in debug mode, still going on. */
let open: Tape;
/** A game that NetHack ended. */
let ended: Tape;
beforeAll(async () => {
  engine = await Engine.load();
  open = longTape(engine, 3000);
  ended = wanderingTape(engine, 77, 20_000);
});

const found = (tape: Tape): Difference['what'][] => verify(tape, engine).differences.map(({ what }) => what);

function withKey(tape: Tape, at: number, key: number): Tape {
  const keys = tape.keys.slice();
  keys[at] = key;
  return { ...tape, keys };
}

describe('verify', () => {
  it('finds what was recorded', () => {
    expect(open.end.kind).toBe('open');
    expect(verify(open, engine)).toMatchObject({ same: true, differences: [], checkpoints: 3, keys: 3000 });
    expect(ended.end.kind).toBe('ended');
    expect(verify(ended, engine)).toMatchObject({ same: true, differences: [], outcome: ended.figures });
    expect(ended.keys.length).toBeLessThan(20_000);
  });

  it('digests what docs/TAPES.md says, by another SHA-256', async () => {
    const { options, character } = open.settings;
    const file = await encodeTape(open);
    const hash = (...parts: Uint8Array[]): Buffer =>
      parts.reduce((sum, part) => sum.update(part), createHash('sha256')).digest();
    let digest = hash(file.subarray(0, 84 + 1 + character.length + 2 + options.length));
    const game = engine.newGame(open.settings);
    for (const [i, checkpoint] of open.checkpoints.entries()) {
      const keys = open.keys.subarray(1000 * i, 1000 * (i + 1));
      for (const key of keys) game.step(key);
      const fields = FIELDS.filter(({ name }) => name !== 'screen_descriptions');
      digest = hash(digest, keys, ...fields.map(({ name }) => game.fieldBytes(name)));
      expect(Buffer.from(checkpoint).toString('hex')).toBe(digest.toString('hex'));
    }
    game.dispose();
  });

  it('keeps keys of its own, whatever they were given in', () => {
    const keys = Buffer.from(open.keys);
    const tape = recordTape(engine, open.settings, keys);
    keys.fill(0);
    expect(tape).toEqual(open);
  });

  it('is never made of a game that was reseeded, at once or after a snapshot', () => {
    const { settings } = open;
    const recorder = new TapeRecorder(engine.id, settings, { every: 10 });
    const game = engine.newGame({ ...settings, fields: recorder.fields });
    game.run(open.keys.subarray(0, 10));
    recorder.note(game);
    const before = recorder.finish(game, open.figures);
    expect(before.checkpoints).toHaveLength(1);
    game.reseed({ core: 1n, disp: 2n, reseed: false });
    const refusal = expect.objectContaining({ name: 'TapeError', code: 'reseeded' });
    for (const each of [game, engine.restore(game.snapshot())]) {
      expect(() => {
        recorder.note(each);
      }).toThrow(refusal);
      expect(() => recorder.finish(each, open.figures)).toThrow(refusal);
    }
  });

  it('finds it after a way through a file', async () => {
    expect(verify(await decodeTape(await encodeTape(ended)), engine).same).toBe(true);
  });

  it('says in which thousand keys a game becomes another one', () => {
    for (const at of [0, 999, 1000, 1999, 2000, 2999]) {
      const verification = verify(withKey(open, at, 255), engine);
      expect(verification.firstDifferentCheckpoint).toBe(Math.floor(at / 1000));
      expect(verification.differences[0]?.message).toMatch(
        new RegExp(`checkpoint ${Math.floor(at / 1000) + 1} of 3`),
      );
    }
  });

  it('detects any single key that was changed', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(open, ended),
        fc.nat(),
        fc.integer({ min: 0, max: 255 }),
        (tape, n, key) => {
          const at = n % tape.keys.length;
          fc.pre(tape.keys[at] !== key);
          const { firstDifferentCheckpoint, differences } = verify(withKey(tape, at, key), engine);
          expect(differences).not.toEqual([]);
          expect(firstDifferentCheckpoint).toBe(Math.floor(at / tape.every));
        },
      ),
      { numRuns: 60 },
    );
  });

  it.each<[string, (tape: Tape) => Partial<Tape['settings']>]>([
    ['core seed', ({ settings: { seeds } }) => ({ seeds: { ...seeds, core: seeds.core + 1n } })],
    ['display seed', ({ settings: { seeds } }) => ({ seeds: { ...seeds, disp: seeds.disp ^ (1n << 63n) } })],
    ['level seed', ({ settings: { seeds } }) => ({ seeds: { ...seeds, lgen: 1n } })],
    ['reseed flag', ({ settings: { seeds } }) => ({ seeds: { ...seeds, reseed: true } })],
    ['clock', ({ settings: { clock } }) => ({ clock: clock + 1 })],
    ['options', ({ settings: { options } }) => ({ options: `${options},lit_corridor` })],
    ['monsters', () => ({ spawnMonsters: false })],
    ['character', () => ({ character: 'wiz-elf-cha-fem' })],
    [
      'debug flag',
      ({ settings: { debug, options } }) =>
        debug ? { debug: false } : { debug: true, options: `${options},playmode:debug` },
    ],
    ['fuel', ({ settings: { fuel } }) => ({ fuel: fuel - 1 })],
  ])('detects another %s', (_name, change) => {
    for (const tape of [open, ended]) {
      const changed = { ...tape, settings: { ...tape.settings, ...change(tape) } };
      expect(verify(changed, engine).firstDifferentCheckpoint).toBe(0);
    }
  });

  it.each<[string, Difference['what'], (tape: Tape) => Partial<Tape>]>([
    ['a score', 'score', ({ figures }) => ({ figures: { ...figures, score: figures.score + 1 } })],
    ['turns', 'turns', ({ figures }) => ({ figures: { ...figures, turns: figures.turns + 1 } })],
    ['a depth', 'deepestLevel', ({ figures }) => ({ figures: { ...figures, deepestLevel: 50 } })],
    ['an end', 'end', () => ({ end: { kind: 'ended', how: 15, xlogfile: null } })],
    ['a record', 'xlogfile', ({ end }) => ({ end: { ...end, xlogfile: 'points=9999999' } as Tape['end'] })],
    ['an engine', 'engine', () => ({ engineId: 'f'.repeat(64) })],
  ])(
    'detects %s that was tampered with, and nothing else but the digests it enters',
    (_name, what, change) => {
      const differences = found({ ...ended, ...change(ended) });
      expect(differences.filter((one) => one !== 'checkpoint')).toEqual([what]);
    },
  );

  it('detects keys that were cut off and keys that were appended', () => {
    const shorter = { ...ended, keys: ended.keys.subarray(0, -1) };
    expect(found(shorter)).toEqual(expect.arrayContaining(['checkpoint', 'end']));
    const longer = { ...ended, keys: Uint8Array.from([...ended.keys, 46, 46]) };
    expect(found(longer)).toEqual(['keys']);
  });

  it('says it when no game can be started', () => {
    const settings = { ...open.settings, options: 'no_such_option' };
    expect(verify({ ...open, settings }, engine)).toMatchObject({ same: false, outcome: null });
    expect(found({ ...open, settings })).toEqual(['start']);
  });

  it('plays a tape whose flag tells another mode than its options, as it was recorded', () => {
    // of an engine that did not hold the two to each other: the flag entered the digests, the options the game
    const head = { ...open, settings: { ...open.settings, debug: false } };
    const { steps, end, figures, digests } = replay(engine, head, open.keys);
    expect([steps, end]).toEqual([open.keys.length, null]);
    expect(figures).toEqual(replay(engine, open, open.keys).figures);
    expect(digests).not.toEqual(open.checkpoints);
    expect(verify({ ...head, checkpoints: digests }, engine)).toMatchObject({ same: true, differences: [] });
  });

  it('holds an engine fault to its key', () => {
    // debug mode's #panic asks once and then panics for real
    const panic = Uint8Array.from(Buffer.from('  #panic\ry..'));
    const faulty = recordTape(engine, open.settings, panic);
    expect(faulty.end).toEqual({ kind: 'fault' });
    expect(faulty.keys).toEqual(panic.subarray(0, -2));
    expect(verify(faulty, engine).same).toBe(true);
    expect(found({ ...faulty, end: { kind: 'open' } })).toEqual(['end']);
    expect(found({ ...open, end: { kind: 'fault' } })).toEqual(['end']);
  });
});

describe('TapeRecorder', () => {
  it.each([0, 1, 999, 1000, 1001, 2000, 2500])(
    'makes the same tape of %i keys, key by key, as recordTape',
    (length) => {
      const { settings } = open;
      const recorder = new TapeRecorder(engine.id, settings, { every: 500 });
      const game = engine.newGame({ ...settings, fields: recorder.fields });
      for (const key of open.keys.subarray(0, length)) {
        game.step(key);
        recorder.note(game);
      }
      const whole = recordTape(engine, settings, open.keys.subarray(0, length), { every: 500 });
      expect(recorder.finish(game, whole.figures)).toEqual(whole);
      game.dispose();
    },
  );

  it('makes the same tape of a game that ends', () => {
    const recorder = new TapeRecorder(engine.id, ended.settings);
    const game = engine.newGame({ ...ended.settings, fields: recorder.fields });
    for (const key of ended.keys) {
      game.step(key);
      recorder.note(game);
    }
    expect(game.ended).toBe(true);
    expect(recorder.finish(game, ended.figures)).toEqual(ended);
  });
});
