import { ScoreKeeper } from '@arena/engine';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ImageAssembler, PAGE_BYTES, toPages, type PagedImage } from './paged-image.ts';
import { SnapshotShelf } from './shelf.ts';

interface Image {
  low: Uint8Array;
  high: Uint8Array;
  stackPointer: number;
}

/** An image whose pages are filled with these bytes. */
const image = (low: readonly number[], high: readonly number[], rest = 0): Image => ({
  low: filled(low, 0),
  high: filled(high, rest),
  stackPointer: rest,
});

function filled(bytes: readonly number[], rest: number): Uint8Array {
  const pages = new Uint8Array(bytes.length * PAGE_BYTES + rest).fill(9);
  bytes.forEach((byte, i) => pages.fill(byte, i * PAGE_BYTES, (i + 1) * PAGE_BYTES));
  return pages;
}

/** Text: comparing views byte by byte takes Jest seconds. */
const textOf = ({ low, high, stackPointer }: Image): string =>
  [low, high].map((part) => Buffer.from(part).toString('latin1')).join(`|${String(stackPointer)}|`);

const fromPages = (paged: PagedImage): Image => new ImageAssembler().assemble(paged);

const anyImage = fc
  .tuple(
    fc.array(fc.nat(3), { minLength: 1, maxLength: 5 }),
    fc.array(fc.nat(3), { maxLength: 5 }),
    fc.nat(PAGE_BYTES - 1),
  )
  .map((parts) => image(...parts));

describe('an image in pages', () => {
  it('comes back as it was, whatever it was laid beside', () => {
    fc.assert(
      fc.property(anyImage, anyImage, (one, other) => {
        expect(textOf(fromPages(toPages(one, toPages(other, null)))) === textOf(one)).toBe(true);
      }),
    );
  });

  it('shares equal pages, notices each byte, and keeps nothing of what it was made from', () => {
    const before = toPages(image([1, 2], [3]), null);
    for (const at of [PAGE_BYTES, PAGE_BYTES + 1, 2 * PAGE_BYTES - 1]) {
      const changed = image([1, 2], [3]);
      changed.low[at] = 77;
      const pages = toPages(changed, before);
      changed.low.fill(0);
      expect(pages.pages.map((page, i) => page === before.pages[i])).toEqual([true, false, true]);
      expect(fromPages(pages).low[at]).toBe(77);
    }
  });
});

describe('SnapshotShelf', () => {
  it('finds the last snapshot at or before a position, as it was put there', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(100), { minLength: 1 }), fc.nat(120), (positions, wanted) => {
        const shelf = new SnapshotShelf(Infinity);
        for (const position of positions) {
          const figures = new ScoreKeeper();
          figures.score = position;
          shelf.add(position, image([position, 5], [6]), figures);
          figures.score = -1;
        }
        const expected = Math.max(-1, ...positions.filter((position) => position <= wanted));
        expect(shelf.positionBefore(wanted)).toBe(expected);
        const found = shelf.before(wanted);
        expect([found?.position, found?.figures.score]).toEqual(
          expected < 0 ? [undefined, undefined] : [expected, expected],
        );
        expect(found === null || textOf(found.image) === textOf(image([expected, 5], [6]))).toBe(true);
      }),
    );
  });

  it('counts equal pages once', () => {
    const shelf = new SnapshotShelf(Infinity);
    for (let position = 0; position < 10; position++)
      shelf.add(position, image([1, 2, position], [3]), new ScoreKeeper());
    expect(shelf.bytes).toBe((4 + 9) * PAGE_BYTES);
  });

  it('thins itself out to stay in its room, and keeps the start', () => {
    const shelf = new SnapshotShelf(20 * PAGE_BYTES);
    for (let position = 0; position < 200; position++) {
      shelf.add(position, image([1, position], [position]), new ScoreKeeper());
      expect(shelf.bytes).toBeLessThanOrEqual(20 * PAGE_BYTES);
    }
    expect(shelf.thinned).toBeGreaterThan(1);
    expect(shelf.size).toBeGreaterThan(4);
    expect(shelf.before(0)).toMatchObject({ position: 0, image: image([1, 0], [0]) });
    const { position = -1, ...found } = shelf.before(199) ?? {};
    expect(found).toMatchObject({ image: image([1, position], [position]) });
  });

  it('keeps the start even if it does not fit', () => {
    const shelf = new SnapshotShelf(1);
    for (const position of [0, 1, 2]) shelf.add(position, image([position], []), new ScoreKeeper());
    expect([shelf.size, shelf.positionBefore(100)]).toEqual([1, 0]);
  });
});
