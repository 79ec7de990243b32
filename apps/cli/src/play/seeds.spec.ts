import { describe, expect, it } from '@jest/globals';
import { chooseSeed, gamesOf } from './seeds.ts';

const seedsOf = (text: string, first: number, count: number, evaluation = 1): unknown =>
  gamesOf(chooseSeed(text, evaluation), first, count).map(({ seeds }) => seeds);

describe('seeds', () => {
  it('are the same for the same text, wherever a range begins', () => {
    expect(seedsOf('spring', 0, 3)).toEqual(seedsOf('spring', 0, 3));
    expect(seedsOf('spring', 2, 1)).toEqual((seedsOf('spring', 0, 3) as unknown[]).slice(2));
    expect(gamesOf(chooseSeed('spring'), 2, 2).map(({ id }) => id)).toEqual(['2', '3']);
  });

  it('differ by text, evaluation and game', () => {
    const all = [
      ...['spring', 'demo', '00'.repeat(32)].map((text) => seedsOf(text, 0, 2)),
      seedsOf('spring', 0, 2, 2),
    ];
    const texts = (all.flat() as { core: bigint }[]).map(({ core }) => String(core));
    expect(new Set(texts).size).toBe(8);
  });

  it('of a master seed are those of its bytes, in whatever case', () => {
    expect(chooseSeed('AB'.repeat(32)).masterSeed).toEqual(Buffer.alloc(32, 0xab));
    expect(seedsOf('AB'.repeat(32), 0, 1)).toEqual(seedsOf('ab'.repeat(32), 0, 1));
  });

  it('that nobody chose are told, so that they can be chosen again', () => {
    const { text, masterSeed } = chooseSeed();
    expect(chooseSeed(text).masterSeed).toEqual(masterSeed);
    expect(chooseSeed().text).not.toBe(text);
  });
});
