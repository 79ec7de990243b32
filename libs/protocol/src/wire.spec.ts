import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AnswerReader, leastOutputBytes } from './answer-reader.ts';
import { ObservationFrame } from './observation-frame.ts';
import { ProtocolError } from './protocol-error.ts';
import { FRAME, NO_KEY, encodeAct, encodeFrameOf, encodeGameOver, encodeReady, layOut } from './wire.ts';

const KEYS = [13, 32, 107, 255];
const READY = encodeReady({ protocol: 1, sdk: { name: '@arena/agent', version: '0.1.0' } });

const reader = (cap = 4096): AnswerReader => new AnswerReader({ cap, games: 64, keys: KEYS });

/** Hands `bytes` over in pieces of the given sizes; what `received` said last, and how many bytes were taken. */
function feed(to: AnswerReader, bytes: Uint8Array, sizes: readonly number[] = []): boolean {
  let at = 0;
  let done = to.received(0);
  for (let i = 0; !done && at < bytes.length; i++) {
    const space = to.space();
    const n = Math.min(sizes[i] ?? bytes.length, bytes.length - at, space.length);
    space.set(bytes.subarray(at, at + n));
    at += n;
    done = to.received(n);
  }
  return done;
}

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof ProtocolError) return error.code;
    throw error;
  }
  return 'accepted';
}

const answer = fc
  .uniqueArray(fc.integer({ min: 0, max: 63 }), { minLength: 1, maxLength: 64 })
  .chain((slots) =>
    fc.record({
      slots: fc.constant(slots),
      keys: fc.array(fc.constantFrom(...KEYS), { minLength: slots.length, maxLength: slots.length }),
      ticket: fc.integer({ min: 0, max: 0xffffffff }),
    }),
  );

const actOf = ({ slots, keys, ticket }: { slots: number[]; keys: number[]; ticket: number }): Uint8Array =>
  encodeAct(
    ticket,
    slots.map((slot, i) => ({ slot, key: keys[i] ?? 0 })),
  );

describe('answers', () => {
  it('are read the same however they are cut', () => {
    fc.assert(
      fc.property(answer, fc.array(fc.integer({ min: 1, max: 9 })), (given, sizes) => {
        const to = reader();
        to.askAct(given.ticket, given.slots);
        const padded = [...sizes, ...Array.from({ length: 400 }, () => 1)];
        expect(feed(to, actOf(given), padded)).toBe(true);
        expect([...to.keys.subarray(0, given.slots.length)]).toEqual(given.keys);
      }),
    );
  });

  it('with any byte changed are refused, or cost the games they are wrong for alone', () => {
    fc.assert(
      fc.property(answer, fc.nat(), fc.integer({ min: 1, max: 255 }), (given, position, difference) => {
        const bytes = actOf(given);
        const at = position % bytes.length;
        bytes[at] = (bytes[at] ?? 0) ^ difference;
        const to = reader();
        to.askAct(given.ticket, given.slots);
        let isWhole = false as boolean;
        const code = codeOf(() => {
          isWhole = feed(to, bytes);
        });
        // A longer answer is waited for. Else a key may be exchanged for another; what else is wrong ends games and says why.
        if (code !== 'accepted') return;
        if (!isWhole) {
          expect(at).toBeLessThan(2);
          return;
        }
        given.slots.forEach((_, i) => {
          if (at === 11 + 3 * i) return;
          const key = to.keys[i];
          expect([given.keys[i], NO_KEY]).toContain(key);
          expect(to.explanationOf(i) !== '').toBe(key === NO_KEY);
        });
      }),
    );
  });

  it('of random bytes never break the reader nor make it grow', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 8192 }),
        fc.array(fc.integer({ min: 1, max: 4096 })),
        (bytes, sizes) => {
          const to = reader(2304);
          to.askAct(7, [0]);
          const code = codeOf(() => feed(to, bytes, sizes));
          expect(code).not.toBe('');
          expect(to.space().length).toBeLessThanOrEqual(2305);
        },
      ),
    );
  });

  it('may follow each other, each under its own ticket', () => {
    const to = reader();
    to.askReady();
    expect(feed(to, READY)).toBe(true);
    expect(to.ready?.sdk.name).toBe('@arena/agent');
    for (const ticket of [5, 6, 7]) {
      to.askAct(ticket, [3]);
      expect(feed(to, encodeAct(ticket, [{ slot: 3, key: 107 }]))).toBe(true);
    }
  });

  const act = (ticket: number, ...entries: [number, number][]): Uint8Array =>
    encodeAct(
      ticket,
      entries.map(([slot, key]) => ({ slot, key })),
    );

  it.each([
    [
      'words behind an answer that needs none',
      encodeAct(
        1,
        [
          { slot: 0, key: 13 },
          { slot: 1, key: 13 },
        ],
        'x',
      ),
      'wrong_length',
    ],
    [
      'too many words',
      encodeAct(
        1,
        [
          { slot: 0, key: 0 },
          { slot: 1, key: 13 },
        ],
        'x'.repeat(2049),
      ),
      'wrong_length',
    ],
    ['half an entry', act(1, [0, 13], [1, 13]).with(0, 9).subarray(0, 14), 'wrong_length'],
    [
      'a byte behind the entries',
      encodeFrameOf(FRAME.act, Uint8Array.of(1, 0, 0, 0, 0, 0, 13, 1, 0, 13, 7)),
      'wrong_length',
    ],
    ['less than a ticket', encodeFrameOf(FRAME.act, Uint8Array.of(1, 0)), 'wrong_length'],
    ['another ticket', act(2, [0, 13], [1, 13]), 'wrong_ticket'],
    ['printed text', Buffer.from('Hello, dungeon!\n'), 'unknown_frame'],
    ['ready again', READY, 'unexpected_frame'],
    ['a frame of four gigabytes', Uint8Array.from([255, 255, 255, 255, FRAME.act]), 'too_much_output'],
    ['a flood', new Uint8Array(5000), 'too_much_output'],
  ])('refuses %s', (_, bytes, code) => {
    const to = reader();
    to.askAct(1, [0, 1]);
    expect(codeOf(() => feed(to, bytes))).toBe(code);
  });

  const NONE_OF_THEM = "the agent pressed key 5, which is none of the actions' keys";
  it.each<[string, Uint8Array, number[], string[]]>([
    ['turned round', act(1, [2, 13], [0, 13], [1, 107]), [13, 107, 13], ['', '', '']],
    ['with one bad key', act(1, [0, 13], [1, 5], [2, 107]), [13, NO_KEY, 107], ['', NONE_OF_THEM, '']],
    [
      'with two bad keys',
      act(1, [0, 6], [1, 5], [2, 107]),
      [NO_KEY, NO_KEY, 107],
      ["the agent pressed key 6, which is none of the actions' keys", NONE_OF_THEM, ''],
    ],
    [
      'for one game too few',
      act(1, [0, 13], [2, 107]),
      [13, NO_KEY, 107],
      ['', 'the agent gave no answer for slot 1: 2 for 3 games', ''],
    ],
    [
      'for no game',
      act(1),
      [NO_KEY, NO_KEY, NO_KEY],
      [0, 1, 2].map((slot) => `the agent gave no answer for slot ${slot}: 0 for 3 games`),
    ],
    [
      'for another game',
      act(1, [0, 13], [7, 13], [2, 107]),
      [13, NO_KEY, 107],
      [
        '',
        'the agent gave no answer for slot 1: 3 for 3 games; it answered for slot 7, which was not asked',
        '',
      ],
    ],
    [
      'twice for one',
      act(1, [0, 13], [0, 13], [2, 107]),
      [NO_KEY, NO_KEY, 107],
      [
        'the agent answered twice for slot 0 of one question',
        'the agent gave no answer for slot 1: 3 for 3 games',
        '',
      ],
    ],
    [
      'for one game too many',
      act(1, [0, 13], [1, 13], [2, 13], [3, 13]),
      [NO_KEY, NO_KEY, NO_KEY],
      [0, 1, 2].map(() => 'the agent gave 4 answers for 3 games'),
    ],
    [
      'with a line for each',
      encodeAct(
        1,
        [0, 1, 2].map((slot) => ({ slot, key: slot === 1 ? 13 : NO_KEY })),
        'nan (float)\u001b[2J\u202e\n-1\n',
      ),
      [NO_KEY, 13, NO_KEY],
      ['the agent answered no action: nan (float) [2J', '', 'the agent answered no action: -1'],
    ],
    [
      'with one line for all',
      encodeAct(
        1,
        [0, 1, 2].map((slot) => ({ slot, key: NO_KEY })),
        'a list came\n',
      ),
      [NO_KEY, NO_KEY, NO_KEY],
      [0, 1, 2].map(() => 'the agent answered no action: a list came'),
    ],
  ])('are read for each game: %s', (_, bytes, keys, explanations) => {
    const to = reader();
    to.askAct(1, [0, 1, 2]);
    expect(feed(to, bytes, [3, 7])).toBe(true);
    expect([...to.keys.subarray(0, 3)]).toEqual(keys);
    expect([0, 1, 2].map((place) => to.explanationOf(place))).toEqual(explanations);
    // What went wrong is forgotten with the next answer.
    to.askAct(2, [0]);
    expect(feed(to, act(2, [0, 13]))).toBe(true);
    expect([to.keys[0], to.explanationOf(0)]).toEqual([13, '']);
  });

  it('finds a second answer at the next question', () => {
    const to = reader();
    to.askAct(1, [0]);
    const twice = Buffer.concat([act(1, [0, 13]), act(1, [0, 13])]);
    expect(feed(to, twice)).toBe(true);
    to.askAct(2, [0]);
    expect(() => to.received(0)).toThrow(/answered the same question twice/);
  });

  it('finds an answer given before its question', () => {
    const to = reader();
    to.askReady();
    expect(feed(to, Buffer.concat([READY, act(0, [0, 13])]))).toBe(true);
    to.askAct(99, [0]);
    expect(() => to.received(0)).toThrow(/before the question was asked/);
  });

  it.each([
    ['no JSON', Buffer.from('{'), /not JSON/],
    ['no UTF-8', Buffer.from([0xff]), /not JSON/],
    ['another version', Buffer.from('{"protocol":2,"sdk":{"name":"x","version":"1"}}'), /protocol version 2/],
    ['escapes in a name', Buffer.from('{"protocol":1,"sdk":{"name":"\\u001b","version":"1"}}'), /has to be/],
    ['more than a kilobyte', Buffer.alloc(1025, ' '), /at most 1024/],
  ])('refuses a ready frame with %s', (_, json, message) => {
    const to = reader();
    to.askReady();
    expect(() => feed(to, encodeFrameOf(FRAME.ready, json))).toThrow(message);
  });

  it('are capped by a limit that leaves room for an answer', () => {
    expect(() => reader(100)).toThrow(RangeError);
    expect(() => reader(leastOutputBytes(64))).not.toThrow();
  });

  it('are refused by what they announce, by their length where the cap lets them', () => {
    // A header, and the ticket that is asked for: 1 MiB is to follow.
    const begun = Buffer.from('00001000' + '82' + '01000000', 'hex');
    const capped = reader(4096);
    capped.askAct(1, [0]);
    expect(() => feed(capped, begun)).toThrow(/announced a frame of 1048576 bytes; the limit is 4096/);
    const open = reader(2 ** 21);
    open.askAct(1, [0]);
    expect(() => feed(open, begun)).toThrow(/an answer for 1 game has 7 bytes, the agent's has 1048576/);
    expect([capped.space().length, open.space().length].map((bytes) => bytes > 4097)).toEqual([false, true]);
  });
});

describe('observations', () => {
  const fields = [
    { name: 'tty_cursor', dtype: 'uint8', shape: [2], bytes: 2 },
    { name: 'blstats', dtype: 'int32', shape: [27], bytes: 108 },
    { name: 'inv_letters', dtype: 'uint8', shape: [55], bytes: 55 },
  ] as const;

  it('lie at multiples of eight, field after field', () => {
    expect(layOut(fields)).toEqual({
      recordBytes: 24 + 8 + 112 + 56,
      fields: [
        { ...fields[0], shape: [2], offset: 24 },
        { ...fields[1], shape: [27], offset: 32 },
        { ...fields[2], shape: [55], offset: 144 },
      ],
    });
  });

  it('come back byte for byte as they were put in', () => {
    const layout = layOut(fields);
    const record = fc.record({
      slot: fc.integer({ min: 0, max: 63 }),
      newGame: fc.boolean(),
      episode: fc.integer({ min: 0, max: 0xffffffff }),
      step: fc.integer({ min: 0, max: 1_000_000 }),
      seed: fc.integer({ min: 0, max: 0xffffffff }),
      score: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
      data: fc.tuple(...fields.map(({ bytes }) => fc.uint8Array({ minLength: bytes, maxLength: bytes }))),
    });
    const frame = new ObservationFrame(layout, 8);
    fc.assert(
      fc.property(
        fc.array(record, { maxLength: 8 }),
        fc.integer({ min: 0, max: 0xffffffff }),
        (records, ticket) => {
          frame.begin(ticket);
          for (const { data, ...header } of records) frame.add(header, data);
          const bytes = frame.end();
          const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
          expect(view.getUint32(0, true)).toBe(bytes.length - 5);
          expect(bytes[4]).toBe(FRAME.observe);
          expect(view.getUint32(5, true)).toBe(ticket);
          expect(view.getUint16(9, true)).toBe(records.length);
          records.forEach((record, i) => {
            const at = 13 + i * layout.recordBytes;
            expect({
              slot: view.getUint16(at, true),
              newGame: view.getUint16(at + 2, true) === 1,
              episode: view.getUint32(at + 4, true),
              step: view.getUint32(at + 8, true),
              seed: view.getUint32(at + 12, true),
              score: view.getInt32(at + 16, true),
            }).toEqual({ ...record, data: undefined });
            layout.fields.forEach((field, k) => {
              const found = bytes.subarray(at + field.offset, at + field.offset + field.bytes);
              expect(Buffer.compare(found, record.data[k] ?? new Uint8Array())).toBe(0);
            });
          });
        },
      ),
    );
  });

  it('refuse a field of another size and a game too many', () => {
    const frame = new ObservationFrame(layOut(fields), 1);
    const header = { slot: 0, newGame: true, episode: 0, step: 0, seed: 0, score: 0 };
    frame.begin(0);
    expect(() => {
      frame.add(header, [new Uint8Array(1)]);
    }).toThrow(/tty_cursor has 2 bytes, got 1/);
    expect(() => {
      frame.add(header, [new Uint8Array(1)]);
    }).toThrow(/full/);
  });
});

describe('game over', () => {
  it('tells slot, episode and result', () => {
    const bytes = encodeGameOver(5, 70_000, {
      reason: 'game_over',
      score: 12,
      turns: 3,
      steps: 4,
      ascended: false,
    });
    const view = new DataView(bytes.buffer);
    expect([bytes[4], view.getUint16(5, true), view.getUint32(9, true)]).toEqual([FRAME.gameOver, 5, 70_000]);
    expect(JSON.parse(Buffer.from(bytes.subarray(13)).toString())).toEqual({
      reason: 'game_over',
      score: 12,
      turns: 3,
      steps: 4,
      ascended: false,
    });
  });
});
