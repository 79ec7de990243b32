import { describe, expect, it } from '@jest/globals';
import type { FieldInfo, Observation } from '../index.ts';
import { encodingOf } from './encodings.ts';
import { fitOf } from './fit.ts';
import { sourceOf } from './sources.ts';
import { State } from './state.ts';

const FIELDS: readonly FieldInfo[] = [
  { name: 'glyphs', dtype: 'int16', shape: [21, 79], bytes: 3318 },
  { name: 'blstats', dtype: 'int32', shape: [27], bytes: 108 },
];
const seen = (x: number, y: number) => ({
  observation: {
    glyphs: Int16Array.from({ length: 21 * 79 }, (_, i) => i + 1),
    blstats: Int32Array.from({ length: 27 }, (_, i) => (i === 0 ? x : i === 1 ? y : 0)),
    newGame: true,
  } as unknown as Observation,
  previous: -1,
});

describe('a source', () => {
  it.each([
    [40, 10, [10 * 79 + 39, 10 * 79 + 40, 10 * 79 + 41].map((i) => i + 1)],
    [0, 0, [-7, 1, 2]],
    [78, 20, [20 * 79 + 78, 20 * 79 + 79, -7]],
    [-1, 0, [-7, -7, 1]],
  ])('crops round the hero at %i, %i', (x, y, row) => {
    const source = sourceOf({ name: 'a', from: 'glyphs', crop: [1, 3], fill: -7 }, FIELDS, 121);
    expect(source.shape).toEqual([1, 3]);
    expect([...source.read(seen(x, y))]).toEqual(row);
  });

  it('crops the whole map and more, beyond it the fill', () => {
    const source = sourceOf({ name: 'a', from: 'glyphs', crop: [41, 157], fill: 0 }, FIELDS, 121);
    for (const [x, y] of [
      [0, 0],
      [78, 20],
      [30, 4],
    ] as const) {
      const cells = [...source.read(seen(x, y))];
      expect(cells.filter((cell) => cell !== 0)).toEqual(Array.from({ length: 21 * 79 }, (_, i) => i + 1));
      expect(cells[20 * 157 + 78]).toBe(y * 79 + x + 1);
    }
  });

  it('has a class of its own for no action yet', () => {
    const source = sourceOf({ name: 'a', from: 'previous_action' }, FIELDS, 8);
    expect([...source.read(seen(0, 0))]).toEqual([8]);
    expect([...source.read({ ...seen(0, 0), previous: 3 })]).toEqual([3]);
  });
});

describe('an encoding', () => {
  const written = (
    how: Parameters<typeof encodingOf>[0],
    type: Parameters<typeof encodingOf>[1],
    ...games: number[][]
  ): unknown[] => {
    const { data, encode } = encodingOf(how, type, games.length, games[0]?.length ?? 0);
    // Twice: what a game's earlier step left must not stay.
    games.forEach((values, game) => {
      encode(
        Int32Array.from(values, () => 1),
        game,
      );
    });
    games.forEach((values, game) => {
      encode(Int32Array.from(values), game);
    });
    return [...data];
  };

  it.each(['float32', 'float64', 'int16', 'int32'] as const)('is raw in %s', (type) => {
    expect(written({}, type, [1, -2], [3, 400])).toEqual([1, -2, 3, 400]);
  });

  it('is raw in 64 bits, negative numbers too', () => {
    expect(written({}, 'int64', [1, -2], [-(2 ** 31), 2 ** 31 - 1])).toEqual([
      1n,
      -2n,
      -(2n ** 31n),
      2n ** 31n - 1n,
    ]);
  });

  it('is scaled, by one factor or one each', () => {
    expect(written({ subtract: 1, multiply: [2, 0.5] }, 'float32', [3, 5], [1, 0])).toEqual([4, 2, 0, -0.5]);
    expect(written({ subtract: 3 }, 'int64', [1, 5])).toEqual([-2n, 2n]);
  });

  it('is one-hot; what is no class has zeros', () => {
    const expected = [0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0];
    expect(written({ oneHot: 3 }, 'float32', [2, 0], [3, -1])).toEqual(expected);
    expect(written({ oneHot: 3 }, 'int64', [2, 0], [3, -1])).toEqual(expected.map(BigInt));
  });
});

describe('an input', () => {
  const fit = (shape: (number | string)[], given: number[]) =>
    fitOf({ name: 'x', type: 'float32', shape }, given, 'm.onnx', 'glyphs');

  it.each([
    [['n', 21, 79], [21, 79], [4, 21, 79], null],
    [[8, 'h', 'w'], [21, 79], [4, 21, 79], 8],
    [['n', 1, 21, 79], [21, 79], [4, 1, 21, 79], null],
    [['n', 1], [], [4, 1], null],
    [['n'], [1], [4], null],
    [[], [21, 79], [4, 21, 79], null],
  ])('of %j fits %j', (shape, given, dims, batch) => {
    expect([fit(shape, given).dims(4), fit(shape, given).batch]).toEqual([dims, batch]);
  });

  it.each([
    [
      ['n', 79, 21],
      [21, 79],
    ],
    [
      ['n', 21],
      [21, 79],
    ],
    [
      ['n', 1659],
      [21, 79],
    ],
    [
      ['n', 'c', 21, 79],
      [21, 79],
    ],
  ])('of %j does not fit %j', (shape, given) => {
    expect(() => fit(shape, given)).toThrow(
      `the input x of m.onnx is float32 [${shape.join(', ')}], arena.json feeds it [games, ${given.join(', ')}] (glyphs)`,
    );
  });
});

describe('a state', () => {
  it('goes through a batch whose games are a middle dimension', () => {
    const fit = { batch: null, before: [2], after: [3] };
    const state = new State({ input: 'h', output: 'next' }, 'float32', fit, 5);
    const output = Float32Array.from({ length: 2 * 2 * 3 }, (_, i) => i + 1);
    state.scatter({ data: output, dims: [2, 2, 3] }, [4, 1], 2, 'm');
    const input = new Float32Array(2 * 3 * 3);
    state.gather(input, [1, 0, 4], 3);
    expect([...input]).toEqual([4, 5, 6, 0, 0, 0, 1, 2, 3, 10, 11, 12, 0, 0, 0, 7, 8, 9]);
    state.reset(4);
    state.gather(input, [1, 0, 4], 3);
    expect([...input]).toEqual([4, 5, 6, 0, 0, 0, 0, 0, 0, 10, 11, 12, 0, 0, 0, 0, 0, 0]);
  });
});
