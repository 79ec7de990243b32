import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ChangesFrame } from './changes-frame.ts';
import { BLOCK_BYTES, CHANGES_HEADER_BYTES, FRAME, layOut, padded } from './wire.ts';

const FIELDS = [
  { name: 'tty_cursor', dtype: 'uint8', shape: [2], bytes: 2 },
  { name: 'blstats', dtype: 'int32', shape: [27], bytes: 108 },
  { name: 'inv_letters', dtype: 'uint8', shape: [55], bytes: 55 },
  { name: 'screen_descriptions', dtype: 'uint8', shape: [20_003], bytes: 20_003 },
] as const;
const LAYOUT = layOut(FIELDS);
const STRIDE = padded(LAYOUT.recordBytes, BLOCK_BYTES);
const GAMES = 3;
const HEADER = { newGame: false, episode: 0, step: 0, seed: 0, score: 0 };

/** What docs/AGENTS.md tells a client to do with a frame. */
function apply(image: Uint8Array, frame: Uint8Array): { ticket: number; slots: number[]; blocks: number } {
  const view = new DataView(frame.buffer, frame.byteOffset + 5, frame.length - 5);
  expect([view.byteLength, frame[4]]).toEqual([
    new DataView(frame.buffer, frame.byteOffset).getUint32(0, true),
    FRAME.changes,
  ]);
  const records = view.getUint16(4, true);
  const blocks = view.getUint32(8, true);
  const slots = Array.from({ length: records }, (_, i) => view.getUint16(CHANGES_HEADER_BYTES + 2 * i, true));
  const numbers = CHANGES_HEADER_BYTES + padded(2 * records, 8);
  const first = numbers + padded(4 * blocks, 8);
  expect(view.byteLength).toBe(first + BLOCK_BYTES * blocks);
  for (let i = 0; i < blocks; i++) {
    const from = frame.subarray(5 + first + BLOCK_BYTES * i, 5 + first + BLOCK_BYTES * (i + 1));
    image.set(from, view.getUint32(numbers + 4 * i, true) * BLOCK_BYTES);
  }
  return { ticket: view.getUint32(0, true), slots, blocks };
}

/** Sources at addresses that are multiples of eight, or not. */
function sources(shift: number): Uint8Array[] {
  return FIELDS.map(({ bytes }) => new Uint8Array(new ArrayBuffer(bytes + 16), shift, bytes));
}

const edit = fc.record({
  slot: fc.nat(GAMES - 1),
  field: fc.nat(FIELDS.length - 1),
  at: fc.nat(),
  value: fc.nat(255),
});
const question = fc.record({
  ticket: fc.integer({ min: 0, max: 0xffffffff }),
  slots: fc.subarray([0, 1, 2]),
  edits: fc.array(edit),
});

describe('changes', () => {
  it.each([0, 4, 1])('leave the image as whole records would, for fields at addresses %i mod 8', (shift) => {
    fc.assert(
      fc.property(fc.array(question, { maxLength: 12 }), (questions) => {
        const frame = new ChangesFrame(LAYOUT, GAMES);
        const games = Array.from({ length: GAMES }, () => sources(shift));
        const image = new Uint8Array(GAMES * STRIDE);
        questions.forEach(({ ticket, slots, edits }, step) => {
          for (const { slot, field, at, value } of edits) {
            const bytes = games[slot]?.[field] ?? new Uint8Array();
            bytes[at % bytes.length] = value;
          }
          frame.begin(ticket);
          for (const slot of slots) frame.add({ ...HEADER, slot, step, score: -5 - slot }, games[slot] ?? []);
          expect(apply(image, frame.end())).toMatchObject({ ticket, slots });
          const view = new DataView(image.buffer);
          for (const slot of slots) {
            expect(view.getUint16(slot * STRIDE, true)).toBe(slot);
            expect(view.getUint32(slot * STRIDE + 8, true)).toBe(step);
            expect(view.getInt32(slot * STRIDE + 16, true)).toBe(-5 - slot);
            LAYOUT.fields.forEach(({ offset, bytes }, i) => {
              const shown = image.subarray(slot * STRIDE + offset, slot * STRIDE + offset + bytes);
              expect(Buffer.compare(shown, games[slot]?.[i] ?? new Uint8Array())).toBe(0);
            });
          }
        });
      }),
      { numRuns: 60 },
    );
  });

  it('are the header’s block alone when nothing else is new', () => {
    const frame = new ChangesFrame(LAYOUT, 1);
    const game = sources(0);
    const image = new Uint8Array(STRIDE);
    game[1]?.fill(1);
    const counts = [0, 1, 2].map((step) => {
      frame.begin(step);
      frame.add({ ...HEADER, slot: 0, step }, game);
      return apply(image, frame.end()).blocks;
    });
    // blstats lies in the record's first three blocks.
    expect(counts).toEqual([3, 1, 1]);
  });

  it('are found in a game that took another’s place, and in one whose memory moved', () => {
    const frame = new ChangesFrame(LAYOUT, 1);
    const image = new Uint8Array(STRIDE);
    for (const value of [7, 8]) {
      const game = sources(0);
      for (const bytes of game) bytes.fill(value);
      frame.begin(value);
      frame.add({ ...HEADER, slot: 0 }, game);
      apply(image, frame.end());
      expect(image[LAYOUT.fields[3]?.offset ?? 0]).toBe(value);
      expect(image[STRIDE - 1]).toBe(0);
    }
  });

  it('refuse a field of another size and a slot that is not there', () => {
    const frame = new ChangesFrame(LAYOUT, 1);
    frame.begin(0);
    expect(() => {
      frame.add({ ...HEADER, slot: 0 }, [new Uint8Array(1)]);
    }).toThrow(/tty_cursor has 2 bytes, got 1/);
    expect(() => {
      frame.add({ ...HEADER, slot: 1 }, sources(0));
    }).toThrow(/no place for slot 1/);
  });
});
