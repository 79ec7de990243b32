import { Engine } from '@arena/engine';
import type { Tape } from '@arena/tape';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { compare } from './outcome.ts';
import { recordGame } from './replay.fixture.ts';
import { verifyGame } from './verification.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await Engine.load();
});
const failures = (checks: ReturnType<typeof compare>): string[] =>
  checks.filter((c) => !c.same).map((c) => c.name);

describe('verifyGame', () => {
  it.each([3n, 1234n, 2n ** 62n + 5n])(
    'finds what was recorded, by the other way of running the engine (seed %i)',
    (seed) => {
      const { tape, game } = recordGame(engine, seed, 3000);
      const { outcome, samples } = verifyGame(engine, tape, () => undefined);
      expect(failures(compare(game, outcome))).toEqual([]);
      expect(outcome.steps).toBeGreaterThan(50);
      expect(samples[0]).toEqual({ step: 0, score: 0, depth: 1 });
      expect(samples.at(-1)).toMatchObject({ step: outcome.steps, score: outcome.score });
      expect(samples.length).toBeLessThanOrEqual(1002);
    },
  );

  it('notices another score, another seed, a changed, a shortened and a lengthened tape', () => {
    const { tape, game } = recordGame(engine, 77n, 3000);
    const { keys, settings } = tape;
    expect(game.death).not.toBeNull();
    const checks = (changed: Partial<Tape>): string[] =>
      failures(compare(game, verifyGame(engine, { ...tape, ...changed }, () => undefined).outcome));
    const { outcome } = verifyGame(engine, tape, () => undefined);
    expect(failures(compare({ ...game, score: (game.score ?? 0) + 1 }, outcome))).toEqual(['Score']);
    const seeds = { ...settings.seeds, core: 78n };
    expect(checks({ settings: { ...settings, seeds } })).toContain('Checkpoints');
    expect(checks({ keys: keys.subarray(0, -1) })).toEqual(['Steps', 'End', 'Checkpoints']);
    expect(checks({ keys: Uint8Array.from([...keys, 46, 46]) })).toEqual(['Steps']);
    expect(checks({ keys: keys.map((key, i) => (i < keys.length / 2 ? 115 : key)) })).toContain(
      'Checkpoints',
    );
  });

  it('tells how far it is', () => {
    const { tape } = recordGame(engine, 5n, 300);
    const seen: number[] = [];
    verifyGame(engine, tape, (done, total) => {
      seen.push(done);
      expect(total).toBe(tape.keys.length);
    });
    expect(seen[0]).toBe(0);
  });

  it('says why a game cannot be started', () => {
    const { tape } = recordGame(engine, 5n, 10);
    const settings = { ...tape.settings, options: 'no_such_option' };
    expect(() => verifyGame(engine, { ...tape, settings }, () => undefined)).toThrow(/Unknown option/);
  });
});
