import { Engine } from '@arena/engine';
import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { TapeError } from '../errors.ts';
import { recordTape } from '../proof/record.ts';
import type { Tape } from '../tape.ts';
import { longTape, wanderingTape } from '../testing/games.ts';
import { tapeFromRecording } from './import.ts';
import { readTtyrec3 } from './reader.ts';
import { ttyrec } from './writer.ts';

let engine: Engine;
let ended: Tape;
let open: Tape;
beforeAll(async () => {
  engine = await Engine.load();
  ended = wanderingTape(engine, 77, 20_000);
  open = longTape(engine, 1500);
});

/** The bytes in pieces of other sizes than they were written in. */
async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
}

const whole = (tape: Tape): Uint8Array => Buffer.concat([...ttyrec(engine, tape, 3)]);

async function refusal(bytes: Uint8Array): Promise<string> {
  try {
    await readTtyrec3(pieces(bytes, 4096));
    return 'read';
  } catch (error) {
    if (!(error instanceof TapeError)) throw error;
    return error.message;
  }
}

function frame(
  seconds: number,
  microseconds: number,
  length: number,
  channel: number,
  payload: number[],
): Buffer {
  const header = Buffer.alloc(13);
  header.writeInt32LE(seconds, 0);
  header.writeInt32LE(microseconds, 4);
  header.writeInt32LE(length, 8);
  header.writeUInt8(channel, 12);
  return Buffer.concat([header, Buffer.from(payload)]);
}
const KEY = frame(0, 0, 1, 1, [46]);

describe('a ttyrec3', () => {
  it('gives back the keys, however its bytes come in', async () => {
    for (const tape of [ended, open]) {
      for (const size of [1, 13, 100_000]) {
        const { keys, scores } = await readTtyrec3(pieces(whole(tape), size));
        expect(Buffer.compare(keys, tape.keys)).toBe(0);
        expect(scores).toHaveLength(tape.keys.length + (tape.end.kind === 'open' ? 1 : 0));
      }
    }
  });

  it('becomes the very tape it was made from, with the same settings', async () => {
    for (const tape of [ended, open]) {
      const { fuel, ...settings } = tape.settings;
      expect(fuel).toBeGreaterThan(0);
      const imported = tapeFromRecording(engine, settings, await readTtyrec3(pieces(whole(tape), 4096)));
      expect(imported).toEqual({ tape, keysLeft: 0, mismatch: null });
    }
  });

  it("ends on NetHack's last screen where the game ended", () => {
    const frames = [...ttyrec(engine, ended, 3)];
    expect(frames.map((bytes) => bytes[12]).slice(0, 3)).toEqual([0, 2, 1]);
    expect(frames.map((bytes) => bytes[12]).slice(-2)).toEqual([1, 0]);
    expect(Buffer.from(frames.at(-1) ?? []).toString('latin1')).toMatch(/You made the top ten list!/);
    expect([...ttyrec(engine, open, 3)].at(-1)?.[12]).toBe(2);
  });

  it('shows by its scores that the settings were others', async () => {
    const settings = { ...open.settings, seeds: { core: 8n, disp: 8n } };
    const imported = tapeFromRecording(engine, settings, await readTtyrec3(pieces(whole(open), 4096)));
    expect(imported.mismatch?.recorded).not.toBe(imported.mismatch?.played);
    expect(imported.mismatch?.keys).toBeGreaterThan(0);
  });

  it('whose score comes one observation late is taken too', () => {
    const recording = { keys: open.keys, scores: [] as { keys: number; score: number }[] };
    let before = 0;
    recordTape(engine, open.settings, open.keys, {
      onlooker: (keys, _figures, observation) => {
        recording.scores.push({ keys, score: before });
        before = observation.blstats[9] ?? 0;
      },
    });
    expect(tapeFromRecording(engine, open.settings, recording).mismatch).toBeNull();
  });

  it('says how many keys follow the end', () => {
    const keys = Uint8Array.from([...ended.keys, 1, 2, 3]);
    const imported = tapeFromRecording(engine, ended.settings, { keys, scores: [] });
    expect(imported).toEqual({ tape: ended, keysLeft: 3, mismatch: null });
  });
});

describe('the reader', () => {
  it.each<[string, Buffer, RegExp]>([
    ['nothing', Buffer.alloc(0), /no keys/],
    ['a recording without keys', frame(0, 0, 2, 0, [65, 66]), /no keys/],
    ['half a header', KEY.subarray(0, 12), /middle of a frame, at byte 12/],
    [
      'a header without its frame',
      Buffer.concat([KEY, frame(0, 0, 5, 0, [])]),
      /middle of a frame, at byte 27/,
    ],
    ['half a frame', Buffer.concat([KEY, frame(0, 0, 5, 0, [1, 2])]), /middle of a frame/],
    ['a frame of two gigabytes', frame(0, 0, 0x7fffffff, 0, []), /byte 0 .* header/],
    ['a frame of less than nothing', frame(0, 0, -1, 0, []), /header/],
    ['a million microseconds', frame(0, 1_000_000, 1, 1, [46]), /header/],
    ['an unknown channel', frame(0, 0, 1, 3, [46]), /header/],
    ['a score of three bytes', frame(0, 0, 3, 2, [1, 2, 3]), /3 bytes; 4/],
    ['a ttyrec of version 1', Buffer.concat([KEY.subarray(0, 12), Buffer.from('\x1b[2J')]), /header|middle/],
  ])('refuses %s', async (_what, bytes, message) => {
    expect(await refusal(bytes)).toMatch(message);
  });

  it('reads noise or refuses it, and never fails otherwise', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300, size: 'max' }), async (noise) => {
        expect(typeof (await refusal(noise))).toBe('string');
      }),
    );
  });
});
