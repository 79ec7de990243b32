import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CHALLENGE_LIMITS } from '@arena/contracts';
import { Engine } from '@arena/engine';
import type { FieldName } from '@arena/protocol';
import { decodeTape, verify } from '@arena/tape';
import { ShardAborted } from '../errors.ts';
import type { Rehearsed } from './messages.ts';
import { readOptions } from './options.ts';
import { rehearse } from './rehearsal.ts';

/** Walks by its own dice, as an agent that draws from the game's seed. */
const WALKER = `export const createAgent = () => {
  let state = 0;
  return {
    reset: (slot, { seed }) => { state = seed; },
    act: ({ glyphs, step }) => {
      if (glyphs.length !== 21 * 79) throw new Error('no map');
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return step % 5 === 0 ? 115 : 'hjklyubn'.charCodeAt(state >>> 29);
    },
  };
};`;

describe('a rehearsal', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'arena-rehearsal-'));
    writeFileSync(join(folder, 'walker.mjs'), WALKER);
    writeFileSync(
      join(folder, 'failing.mjs'),
      WALKER.replace('return step', 'throw new Error("tired"); return step'),
    );
    writeFileSync(join(folder, 'wrong.mjs'), WALKER.replace('return step', 'return 300; return step'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  async function play(
    entry: string,
    games: number,
    threads: number,
    first = 0,
    fields: FieldName[] = ['glyphs'],
  ): Promise<Rehearsed[]> {
    const all: Rehearsed[] = [];
    await rehearse({
      entry: join(folder, entry),
      fields,
      limits: { ...CHALLENGE_LIMITS, maxSteps: 300, noProgressSteps: 50 },
      seedRoot: Buffer.alloc(32, 7),
      character: '@',
      tapes: true,
      ...{ games, threads, first },
      finished: (rehearsed) => {
        all.push(rehearsed);
      },
    });
    return all.sort((a, b) => a.game.index - b.game.index);
  }

  it('plays the same games whatever the number of threads, and any of them alone', async () => {
    const one = await play('walker.mjs', 4, 1);
    expect(one).toHaveLength(4);
    expect(new Set(one.map(({ game }) => game.seeds.core)).size).toBe(4);
    expect(await play('walker.mjs', 4, 2)).toEqual(one);
    expect(await play('walker.mjs', 1, 1, 2)).toEqual(one.slice(2, 3));
  });

  it('gives tapes that prove the figures', async () => {
    const engine = await Engine.load();
    for (const { game, tape } of await play('walker.mjs', 2, 2)) {
      const decoded = await decodeTape(tape ?? new Uint8Array());
      expect(decoded.figures).toMatchObject({ score: game.score, turns: game.turns });
      expect(verify(decoded, engine).same).toBe(true);
    }
  });

  it('gives fields in words, and keeps what the agent prints from standard output', async () => {
    const reader = `export const createAgent = ({ fields }) => ({ act: ({ text_status, text_message, step }) => {
      if (fields.map(({ name }) => name).join() !== 'text_message,text_status') throw new Error('fields');
      if (!/^HP \\d+/.test(text_status)) throw new Error(text_status);
      if (step === 0 && !text_message.includes('welcome to NetHack')) throw new Error(text_message);
      console.log('seen');
      return 115; } });`;
    writeFileSync(join(folder, 'reader.mjs'), reader);
    const written: string[] = [];
    const write = process.stdout.write.bind(process.stdout);
    process.stdout.write = (text: string) => written.push(text) > 0;
    try {
      const games = await play('reader.mjs', 1, 1, 0, ['text_status', 'text_message']);
      expect(games[0]?.game.steps).toBeGreaterThan(10);
    } finally {
      process.stdout.write = write;
    }
    expect(written.join('')).not.toContain('seen');
  });

  it('ends when it is told to', async () => {
    const stop = new AbortController();
    const endless = rehearse({
      entry: join(folder, 'walker.mjs'),
      ...{ fields: ['glyphs'], limits: CHALLENGE_LIMITS, seedRoot: Buffer.alloc(32, 7), character: '@' },
      ...{ tapes: false, games: 1_000_000, threads: 2, signal: stop.signal },
      finished: () => {
        stop.abort();
      },
    });
    await expect(endless).rejects.toThrow(ShardAborted);
  });

  it('fails when the agent fails, with its words', async () => {
    await expect(play('failing.mjs', 2, 2)).rejects.toThrow('tired');
    await expect(play('wrong.mjs', 1, 1)).rejects.toThrow(/step 0: 300 is no action's key/);
  });
});

describe('the options of npm run tapes', () => {
  it('are read with their defaults, and wrong ones are told', () => {
    expect(readOptions([])).toMatchObject({ games: 64, first: 0, out: null, seeds: 'tuning' });
    expect(readOptions(['--games', '3', '--json'])).toMatchObject({ games: 3, json: true });
    expect(readOptions(['--help'])).toBeNull();
    expect(() => readOptions(['--games', '0'])).toThrow(/--games takes a whole number from 1/);
    expect(() => readOptions(['--gamse', '1'])).toThrow(/gamse/);
  });
});
