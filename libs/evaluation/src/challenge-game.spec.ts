import { readFileSync, readdirSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { Engine } from '@arena/engine';
import { verify } from '@arena/tape';
import { ChallengeGame } from './challenge-game.ts';
import type { GameSpecification } from './specification.ts';

const FOLDER = new URL('../../../test/golden/tasks/', import.meta.url);
const LIMITS = {
  maxSteps: 1_000_000,
  noProgressSteps: 10_000,
  stepTimeoutMs: 1000,
  timeBankMs: 1000,
  startTimeoutMs: 1000,
  memoryMiB: 64,
  processes: 1,
  outputBytesPerFrame: 4096,
  tmpMiB: 1,
};

interface Trace {
  core: number;
  disp: number;
  clock: number;
  maxEpisodeSteps: number;
  endStatus: number | null;
  actionKeys: number[];
  actions: number[];
  rewards: number[];
}

const game = (change: Partial<GameSpecification> = {}): GameSpecification => ({
  id: 'test',
  seeds: { core: 5n, disp: 6n },
  character: '@',
  options: '',
  clock: 1_623_758_400,
  ...change,
});

describe('a game of the challenge', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await Engine.load();
  });

  const traces = readdirSync(FOLDER).filter((name) => name.includes('challenge'));
  it('has traces to be compared with', () => {
    expect(traces.length).toBeGreaterThan(0);
  });

  it.each(traces)('is rewarded at each step as %s says', (name) => {
    const trace = JSON.parse(gunzipSync(readFileSync(new URL(name, FOLDER))).toString()) as Trace;
    const seeds = { core: BigInt(trace.core), disp: BigInt(trace.disp) };
    const limits = { ...LIMITS, maxSteps: trace.maxEpisodeSteps };
    const played = new ChallengeGame(engine, game({ seeds, clock: trace.clock }), [], limits);
    const rewards = trace.actions.map((action) => {
      const before = played.score;
      played.step(trace.actionKeys[action] ?? -1);
      return played.score - before;
    });
    expect(rewards).toEqual(trace.rewards);
    // -1: ended by the task; null: the trace stops while the game goes on.
    expect(played.endReason).toBe(trace.endStatus === -1 ? 'step_limit' : null);
    expect(played.character).toMatch(/^[A-Z][a-z]{2}-[A-Z][a-z]{2}-(Mal|Fem)-(Law|Neu|Cha)$/);
  });

  it('ends after as many steps as it may have', () => {
    const played = new ChallengeGame(engine, game(), [], { ...LIMITS, maxSteps: 3 });
    for (const reason of [null, null, 'step_limit'] as const) {
      played.step(115);
      expect(played.endReason).toBe(reason);
    }
    expect(played.steps).toBe(3);
    expect(played.turns).toBe(3);
  });

  it('ends when no game time passes, counted anew whenever some does', () => {
    const played = new ChallengeGame(engine, game(), [], { ...LIMITS, noProgressSteps: 5 });
    for (const key of [27, 27, 27, 27, 115, 27, 27, 27, 27]) played.step(key);
    expect(played.endReason).toBeNull();
    played.step(27);
    expect(played.endReason).toBe('no_progress');
  });

  it('keeps its figures and names its death when it ends by itself', () => {
    const played = new ChallengeGame(engine, game(), ['glyphs'], LIMITS);
    for (let i = 0; i < 20; i++) played.step(115);
    const { turns, experienceLevel, deepestLevel } = played;
    expect([turns > 1, experienceLevel, deepestLevel]).toEqual([true, 1, 1]);
    // #quit, yes, and whatever is asked afterwards
    for (const key of [241, 121, 27, 27, 27, 27, 27, 27, 27, 27, 27, 27]) {
      if (played.endReason === null) played.step(key);
    }
    expect(played.endReason).toBe('game_over');
    expect(played.end?.howName).toBe('QUIT');
    expect(played.end?.xlogfile?.['death']).toBe('quit');
    expect(played.turns).toBe(turns);
  });

  it("scores what the status line's score rises by", () => {
    // Down the stairs is worth 50 points a level; debug mode's level teleport gets there with one key and a number.
    const options =
      'name:wizard,role:val,race:hum,gender:fem,align:law,playmode:debug,showscore,nolegacy,number_pad:0';
    const played = new ChallengeGame(engine, game({ options }), [], LIMITS);
    for (const key of [22, 53, 13]) played.step(key);
    expect(played.observation.blstats[12]).toBe(5);
    expect([played.score, played.deepestLevel, played.depth]).toEqual([200, 5, 5]);
    expect(played.observation.blstats[9]).toBe(200);
  });

  // The races that each role may have, by the alignments that are left to them.
  it.each([
    ['arc', 'hum-neu dwa-law gno-neu'],
    ['bar', 'hum-neu orc-cha'],
    ['cav', 'hum-neu dwa-law gno-neu'],
    ['hea', 'hum-neu gno-neu'],
    ['kni', 'hum-law'],
    ['mon', 'hum-neu'],
    ['pri', 'hum-neu elf-cha'],
    ['rog', 'hum-cha orc-cha'],
    ['ran', 'hum-neu elf-cha gno-neu orc-cha'],
    ['sam', 'hum-law'],
    ['tou', 'hum-neu'],
    ['val', 'hum-neu dwa-law'],
    ['wiz', 'hum-neu elf-cha gno-neu orc-cha'],
  ])('knows its character before its xlogfile does: %s', (role, races) => {
    for (const race of races.split(' ')) {
      for (const gender of role === 'val' ? ['fem'] : ['mal', 'fem']) {
        const played = new ChallengeGame(
          engine,
          game({ character: `${role}-${race}-${gender}` }),
          [],
          LIMITS,
        );
        const told = played.character;
        expect(told?.toLowerCase().split('-')).toEqual(
          `${role}-${race.replace('-', `-${gender}-`)}`.split('-'),
        );
        for (const key of [241, 121, 27, 27, 27, 27, 27, 27, 27, 27, 27, 27]) {
          if (played.endReason === null) played.step(key);
        }
        expect(played.end?.xlogfile).not.toBeNull();
        expect(played.character).toBe(told);
      }
    }
  });

  it.each([
    [undefined, false],
    [false, false],
    [true, true],
  ])(
    'with screenDescriptions %p says so in its tape, whatever its agent observes',
    (screenDescriptions, taped) => {
      for (const fields of [[], ['screen_descriptions']] as const) {
        const change = screenDescriptions === undefined ? {} : { screenDescriptions };
        const played = new ChallengeGame(engine, game(change), fields, LIMITS);
        for (const key of [108, 106, 58]) played.step(key);
        expect(played.tape.settings.screenDescriptions).toBe(taped);
        expect(verify(played.tape, engine)).toMatchObject({ same: true });
      }
    },
  );

  it('read again from its tape is the same game', () => {
    const played = new ChallengeGame(engine, game(), [], LIMITS);
    for (let i = 0; i < 1500 && played.endReason === null; i++) played.step(i % 3 === 0 ? 108 : 106);
    const again = engine.newGame({ seeds: game().seeds, character: '@', clock: game().clock });
    for (const key of played.tape.keys) again.step(key);
    expect(Buffer.compare(again.fieldBytes('tty_chars'), played.field('tty_chars'))).toBe(0);
    expect(verify(played.tape, engine)).toMatchObject({ same: true, checkpoints: 2 });
  });

  it('that begins in the middle of a tape goes on as the whole game did', () => {
    const keys = Array.from({ length: 1500 }, (_, i) => (i % 7 === 0 ? 115 : (104 + (i % 5)) & 0x7f));
    const whole = new ChallengeGame(engine, game(), [], LIMITS);
    const given = keys.filter((key) => {
      if (whole.endReason !== null) return false;
      whole.step(key);
      return true;
    });
    const { settings, keys: all } = whole.tape;
    const cut = all.length - 400;
    const from = { settings, keys: all.slice(0, cut) };
    // what the specification says beside is not this game's
    const later = new ChallengeGame(engine, game({ seeds: { core: 9n, disp: 9n }, from }), [], LIMITS);
    expect([later.steps, later.endReason]).toEqual([0, null]);
    for (const key of all.slice(cut)) later.step(key);
    expect(later.steps).toBe(400);
    expect([later.score, later.turns, later.character]).toEqual([whole.score, whole.turns, whole.character]);
    expect(later.tape).toEqual(whole.tape);
    expect(given.length).toBeGreaterThan(400);
    later.dispose();
    whole.dispose();
  });
});
