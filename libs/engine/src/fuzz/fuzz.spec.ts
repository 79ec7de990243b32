import { beforeAll, describe, expect, it } from '@jest/globals';
import { Engine } from '../engine.ts';
import type { GameSettings } from '../settings.ts';
import type { Finding } from './finding.ts';
import { describeFinding } from './finding.ts';
import { fuzzGame } from './game.ts';
import { planGame } from './plan.ts';
import { fuzz } from './run.ts';

const ROLES = 13;
const roleOf = (options = ''): string | undefined => /name:Agent-(...)-/.exec(options)?.[1];

let engine: Engine;
beforeAll(async () => {
  engine = await Engine.load();
});

describe('a run of random keys', () => {
  it('finds nothing', () => {
    const report = fuzz(engine, { seed: 1, keys: 20_000 });
    expect(report.findings.map((finding) => describeFinding(finding, 1))).toEqual([]);
    expect(report.keys).toBeGreaterThanOrEqual(20_000);
    expect(report.games).toBeGreaterThan(ROLES);
    expect(report.branches).toBeGreaterThan(50);
  });

  it('is the same for the same seed', () => {
    const [one, again, other] = [3, 3, 4].map((seed) => fuzz(engine, { seed, keys: 2000 }));
    expect(again).toEqual(one);
    expect(other).not.toEqual(one);
  });
});

describe('the plan', () => {
  it('has every role, debug mode, and every choice of settings', () => {
    const all = Array.from({ length: 300 }, (_, index) => planGame(1, index).settings);
    expect(new Set(all.map(({ options }) => roleOf(options)).filter(Boolean)).size).toBe(ROLES);
    const share = (has: (settings: GameSettings) => boolean | undefined): number =>
      all.filter(has).length / all.length;
    expect(share(({ debug }) => debug)).toBeCloseTo(1 / 3);
    expect(share(({ seeds }) => seeds.lgen !== undefined)).toBeGreaterThan(0.1);
    expect(share(({ spawnMonsters }) => spawnMonsters === false)).toBeGreaterThan(0.05);
  });

  it('games start, whichever it is', () => {
    for (let index = 0; index < 200; index += 1) engine.newGame(planGame(2, index).settings).dispose();
  });
});

describe('what goes wrong is found', () => {
  const plan = planGame(1, 0);

  it('a hang, with the keys that show it again', () => {
    const settings = { ...plan.settings, fuel: 60_000 };
    const { findings } = fuzzGame(engine, { ...plan, settings }, 1, 2000);
    const [first] = findings;
    expect(first).toMatchObject({
      kind: 'fault',
      message: expect.stringMatching(/without asking for a key/),
    });
    if (!first?.game) throw new Error('no game');
    const { tape } = first.game;
    expect(() => engine.play(settings, tape)).toThrow(/without asking for a key/);
    expect(() => engine.play(settings, tape.subarray(0, -1))).not.toThrow();
    expect(describeFinding(first, 1)).toMatch(
      /^fault in game 0 after .*\n {2}again: npm run fuzz -- --seed 1 --game 0\n/,
    );
  });

  it('a way of running that plays another game', () => {
    const settings = { ...plan.settings, spawnMonsters: true };
    const crooked = Object.create(engine) as Engine;
    crooked.play = (given, source) =>
      engine.play({ ...given, clock: 0, seeds: { core: 1n, disp: 1n } }, source);
    const { findings } = fuzzGame(crooked, { ...plan, settings }, 1, 300);
    expect(findings.map(({ kind }) => kind)).toContain('other way differs');
  });

  it('a snapshot that brings back another game', () => {
    const crooked = Object.create(engine) as Engine;
    const strange = engine.newGame({ seeds: { core: 1n, disp: 1n } }).snapshot();
    crooked.restore = ({ tape }) => engine.restore({ ...strange, tape });
    const { findings } = fuzzGame(crooked, plan, 1, 2000);
    expect(findings.map(({ kind }) => kind)).toContain('restored game differs');
  });

  it('memory that grows', () => {
    let held = 0;
    const run = (each: number): readonly Finding[] =>
      fuzz(engine, { seed: 1, keys: 2000, measure: () => (held += each) }).findings;
    expect(run(20 * 1024 * 1024)).toMatchObject([{ kind: 'growth', game: null }]);
    expect(run(1024 * 1024)).toEqual([]);
  });

  it('a game that holds too much', () => {
    const crooked = Object.create(engine) as Engine;
    crooked.newGame = (given) => {
      const game = engine.newGame(given);
      Object.defineProperty(game, 'memoryBytes', { value: 6.5 * 1024 * 1024 });
      return game;
    };
    const [first] = fuzz(crooked, { seed: 1, keys: 100 }).findings;
    expect(first).toEqual({ kind: 'growth', message: 'game 0 held 6.5 MiB after 100 keys', game: null });
  });
});
