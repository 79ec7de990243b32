import { Engine } from '@arena/engine';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { compare } from './outcome.ts';
import { recordGame, tapeOf } from './replay.fixture.ts';
import { keysOf } from './tape.ts';
import { verify } from './verification.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await Engine.load();
});
const failures = (checks: ReturnType<typeof compare>): string[] =>
  checks.filter((c) => !c.same).map((c) => c.name);

describe('verify', () => {
  it.each([3n, 1234n, 2n ** 62n + 5n])(
    'finds what was recorded, by the other way of running the engine (seed %i)',
    (seed) => {
      const { replay, game } = recordGame(engine, seed, 3000);
      const { outcome, samples } = verify(engine, replay, () => undefined);
      expect(failures(compare(game, outcome))).toEqual([]);
      expect(outcome.steps).toBeGreaterThan(50);
      expect(samples[0]).toEqual({ step: 0, score: 0, depth: 1 });
      expect(samples.at(-1)).toMatchObject({ step: outcome.steps, score: outcome.score });
      expect(samples.length).toBeLessThanOrEqual(1002);
    },
  );

  it('notices another score, another seed, a changed, a shortened and a lengthened tape', () => {
    const { replay, game } = recordGame(engine, 77n, 3000);
    expect(game.death).not.toBeNull();
    const keys = keysOf(replay);
    const found = (changed: Partial<typeof replay>): string[] =>
      failures(compare(game, verify(engine, { ...replay, ...changed }, () => undefined).outcome));
    expect(
      failures(
        compare({ ...game, score: (game.score ?? 0) + 1 }, verify(engine, replay, () => undefined).outcome),
      ),
    ).toEqual(['Score']);
    expect(found({ seeds: { ...replay.seeds, core: '78' } })).not.toEqual([]);
    expect(found({ tape: tapeOf(keys.subarray(0, -1)) })).toEqual(['Steps', 'End']);
    expect(found({ tape: tapeOf([...keys, 46, 46]) })).toEqual(['Steps']);
    expect(found({ tape: tapeOf(keys.map((key, i) => (i < keys.length / 2 ? 115 : key))) })).not.toEqual([]);
  });

  it('tells how far it is', () => {
    const { replay } = recordGame(engine, 5n, 300);
    const seen: number[] = [];
    verify(engine, replay, (done, total) => {
      seen.push(done);
      expect(total).toBe(keysOf(replay).length);
    });
    expect(seen[0]).toBe(0);
  });
});
