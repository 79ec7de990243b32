import { appendFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { challengeSettings } from './games.ts';
import { HELP } from './help.ts';
import { KeptGames } from './kept.ts';
import { readOptions } from './options.ts';
import { duration, TournamentProgress } from './progress.ts';
import { about, game } from './testing/reports.ts';

const settings = challengeSettings('tournament', 4, 'e'.repeat(64));
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'arena-kept-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('kept games', () => {
  it('are there for the next run, however many games it wants', () => {
    const first = new KeptGames(folder, about('x'), settings, false);
    for (const index of [3, 0, 9]) first.add(game(index));
    const next = new KeptGames(folder, about('x'), { ...settings, games: 99 }, false);
    expect(next.first(4).map(({ index }) => index)).toEqual([0, 3]);
    expect(next.first(99)).toEqual([game(0), game(3), game(9)]);
    expect(next.has(9)).toBe(true);
    expect(next.has(1)).toBe(false);
  });

  it('lose what was cut off in the middle of a line, and nothing after it', () => {
    const first = new KeptGames(folder, about('x'), settings, false);
    first.add(game(0));
    const own = readdirSync(folder)[0] ?? '';
    appendFileSync(join(folder, own, 'games.jsonl'), JSON.stringify(game(1)).slice(0, 50));
    new KeptGames(folder, about('x'), settings, false).add(game(2));
    expect(new KeptGames(folder, about('x'), settings, false).first(9)).toEqual([game(0), game(2)]);
  });

  it.each([
    ['agent', about('x', { sha256: 'b'.repeat(64) }), settings],
    ['engine', about('x'), { ...settings, engineId: 'f'.repeat(64) }],
    ['seeds', about('x'), { ...settings, seeds: 'others' }],
    ['limits', about('x'), { ...settings, limits: { ...settings.limits, maxSteps: 1 } }],
    ['name', about('../../y'), settings],
  ])('are those of one %s', (_what, agent, other) => {
    new KeptGames(folder, about('x'), settings, false).add(game(0));
    expect(new KeptGames(folder, agent, other, false).first(9)).toEqual([]);
    expect(readdirSync(folder)).toHaveLength(2);
    expect(new KeptGames(folder, about('x'), settings, false).first(9)).toEqual([game(0)]);
  });

  it('are forgotten where that is asked for', () => {
    new KeptGames(folder, about('x'), settings, false).add(game(0));
    expect(new KeptGames(folder, about('x'), settings, true).first(9)).toEqual([]);
  });
});

describe('the progress', () => {
  it('tells how long the rest takes by what each agent’s games cost', () => {
    const lines: string[] = [];
    const progress = new TournamentProgress(2, false, (text) => lines.push(text));
    progress.enter('quick', 10, [game(0, { agentTimeMs: 1000, gameTimeMs: 0 })]);
    progress.enter('slow', 10, []);
    // Nothing is known of the slow one yet: 9 and 10 games of a second, on two shards.
    expect(progress.secondsLeft()).toBeCloseTo(9.5);
    progress.add('slow', game(0, { agentTimeMs: 60_000, gameTimeMs: 40_000 }));
    expect(progress.secondsLeft()).toBeCloseTo((9 * 1 + 9 * 100) / 2);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^██░+ 2\/20 games, 8 min left {2}slow +1\/10\n$/);
  });

  it('draws on a terminal in place, and ends its line', () => {
    const lines: string[] = [];
    const progress = new TournamentProgress(1, true, (text) => lines.push(text));
    progress.enter('x', 2, []);
    progress.add('x', game(0));
    progress.add('x', game(1));
    expect(lines.map((line) => [line.startsWith('\r\x1b[K'), line.endsWith('\n')])).toEqual([
      [true, false],
      [true, true],
    ]);
    expect(() => {
      progress.add('y', game(0));
    }).toThrow(RangeError);
  });

  it.each([
    [0, '0 s'],
    [59.4, '59 s'],
    [60, '1 min'],
    [3540, '59 min'],
    [3600, '1 h 00 min'],
    [7170, '2 h 00 min'],
    [3905, '1 h 05 min'],
  ])('writes %d seconds as %s', (seconds, words) => {
    expect(duration(seconds)).toBe(words);
  });
});

describe('the options', () => {
  it('are explained in lines that fit a terminal', () => {
    for (const line of HELP.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('are the challenge’s 512 games with every baseline unless others are asked for', () => {
    expect(readOptions([])).toMatchObject({
      games: 512,
      agents: null,
      seeds: null,
      docs: false,
      compare: null,
    });
    expect(readOptions(['--agents', 'a, b', '--games', '4', '--seeds', 's'])).toMatchObject({
      ...{ agents: ['a', 'b'], games: 4, seeds: 's' },
    });
  });

  it.each([
    [['--games', '0'], /--games 0/],
    [['--games', 'many'], /--games many/],
    [['--shards', '65'], /--shards 65/],
    [['--agents', 'a,,b'], /--agents/],
    [['--seeds', ''], /--seeds/],
    [['random'], /--agents/],
    [['--fast'], /unknown option/i],
  ])('refuse %j', (args, message) => {
    expect(() => readOptions(args)).toThrow(message);
  });
});
