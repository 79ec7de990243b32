import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { sha256 } from '@noble/hashes/sha2.js';
import fc from 'fast-check';
import { TapeError, type TapeErrorCode } from '../errors.ts';
import type { Tape } from '../tape.ts';
import { arbitraryTape } from '../testing/arbitrary-tape.ts';
import { decodeTape, encodeTape } from './file.ts';

const TAPE: Tape = {
  engineId: '0123456789abcdef'.repeat(4),
  settings: {
    seeds: { core: 2n ** 64n - 1n, disp: 5n, lgen: 0n, reseed: false },
    character: '@',
    debug: false,
    options: 'name:Agent-@',
    spawnMonsters: true,
    screenDescriptions: true,
    clock: 1_623_758_400,
    fuel: 2_000_000_000,
  },
  keys: Uint8Array.from({ length: 2500 }, (_, i) => 104 + (i % 5)),
  end: { kind: 'ended', how: 0, xlogfile: 'version=3.6.6\tpoints=12\tdeath=killed by a newt' },
  figures: { score: -3, turns: 900, deepestLevel: 4 },
  every: 1000,
  fields: ['glyphs', 'blstats'],
  checkpoints: [1, 2, 3].map((byte) => new Uint8Array(32).fill(byte)),
};

/** Where things lie in the file of TAPE: the head is 88 bytes, 1 letter of character, 12 of options. */
const AT = {
  version: 8,
  flags: 10,
  mask: 12,
  clock: 40,
  fuel: 44,
  every: 48,
  engine: 52,
  characterLength: 84,
  character: 85,
  keys: 100,
};

async function refusal(bytes: Uint8Array): Promise<TapeErrorCode | 'read'> {
  try {
    await decodeTape(bytes);
    return 'read';
  } catch (error) {
    if (!(error instanceof TapeError)) throw error;
    return error.code;
  }
}

/** The bytes with a checksum that fits them: what somebody who knows the format would send. */
function sealed(bytes: Uint8Array): Uint8Array {
  const body = bytes.subarray(0, -32);
  return Uint8Array.from([...body, ...sha256(body)]);
}

/** TAPE's file with other compressed keys, for a stated number of keys. */
async function withPacked(packed: Uint8Array, keys: number): Promise<Uint8Array> {
  const file = await encodeTape(TAPE);
  const view = new DataView(file.buffer);
  const after = AT.keys + 8 + view.getUint32(AT.keys + 4, true);
  const head = file.slice(0, AT.keys + 8);
  new DataView(head.buffer).setUint32(AT.keys, keys, true);
  new DataView(head.buffer).setUint32(AT.keys + 4, packed.length, true);
  return sealed(Uint8Array.from([...head, ...packed, ...file.subarray(after)]));
}

describe('a tape in a file', () => {
  it('comes back as it was', async () => {
    expect(await decodeTape(await encodeTape(TAPE))).toEqual(TAPE);
  });

  it('is read, and kept as it is, when its options are in another mode than its flag', async () => {
    const options = 'name:Agent-val-hum-neu-fem,playmode:debug';
    for (const settings of [
      { ...TAPE.settings, options, debug: false },
      { ...TAPE.settings, options: 'fruit:playmode:debug', debug: true },
      { ...TAPE.settings, character: 'whoever' },
    ]) {
      expect(await decodeTape(await encodeTape({ ...TAPE, settings }))).toEqual({ ...TAPE, settings });
    }
  });

  it('is of version 2 only if its game plays without screen_descriptions, so that version 1 means with', async () => {
    const plain = { ...TAPE, settings: { ...TAPE.settings, screenDescriptions: false } };
    const [one, two] = [await encodeTape(TAPE), await encodeTape(plain)];
    expect([one[AT.version], one[AT.flags]]).toEqual([1, 10]);
    expect([two[AT.version], two[AT.flags]]).toEqual([2, 26]);
    expect((await decodeTape(one)).settings.screenDescriptions).toBe(true);
    expect(await decodeTape(two)).toEqual(plain);
  });

  it('shares no memory with the file it was read from', async () => {
    const file = Buffer.from(await encodeTape(TAPE));
    const tape = await decodeTape(file);
    file.fill(0);
    expect(tape).toEqual(TAPE);
  });

  it('comes back as it was, whatever is in it', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryTape, async (tape) => {
        expect(await decodeTape(await encodeTape(tape))).toEqual(tape);
      }),
      { numRuns: 200 },
    );
  });

  it('notices every single byte that was changed', async () => {
    const file = await encodeTape(TAPE);
    for (let at = 0; at < file.length; at++) {
      const changed = file.slice();
      changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
      expect([at, await refusal(changed)]).not.toEqual([at, 'read']);
    }
  });

  it('notices wherever it was cut, and what was appended', async () => {
    const file = await encodeTape(TAPE);
    for (let length = 0; length < file.length; length++)
      expect([length, await refusal(file.subarray(0, length))]).toEqual([length, 'truncated']);
    expect(await refusal(Uint8Array.from([...file, 0]))).toBe('damaged');
  });

  it('refuses noise with a typed error, with the right beginning too', async () => {
    const begin = (await encodeTape(TAPE)).subarray(0, 10);
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400, size: 'max' }), fc.boolean(), async (noise, known) => {
        expect(await refusal(known ? Uint8Array.from([...begin, ...noise]) : noise)).not.toBe('read');
      }),
    );
  });

  it('refuses changed bytes under a checksum that was made to fit, or reads what they say', async () => {
    const file = await encodeTape(TAPE);
    await fc.assert(
      fc.asyncProperty(fc.nat(file.length - 33), fc.integer({ min: 0, max: 255 }), async (at, byte) => {
        const changed = file.slice();
        changed[at] = byte;
        const code = await refusal(sealed(changed));
        if (code === 'read') expect(await encodeTape(await decodeTape(sealed(changed)))).toBeDefined();
      }),
      { numRuns: 500 },
    );
  });

  /** What is wrong, what is written at which byte of TAPE's file (little endian), what it is refused as. */
  it.each<[what: string, at: number, bytes: number[], code: TapeErrorCode]>([
    ['no magic', 0, [0x88], 'not_a_tape'],
    ['an image’s magic', 0, [0x89, 0x50, 0x4e, 0x47], 'not_a_tape'],
    ['line ends that were changed on the way', 6, [0x0a, 0x01], 'not_a_tape'],
    ['a later version', AT.version, [3, 0], 'unknown_version'],
    ['version 2 with the flags of version 1', AT.version, [2, 0], 'bad_tape'],
    ['version 0', AT.version, [0, 0], 'unknown_version'],
    ['an unknown flag', AT.flags, [0x20], 'bad_tape'],
    ['a flag of version 2 in version 1', AT.flags, [0x18], 'bad_tape'],
    ['fields that do not exist', AT.mask, [0xff, 0xff, 0xff, 0xff], 'bad_tape'],
    ['no fields', AT.mask, [0, 0, 0, 0], 'bad_tape'],
    ['a clock after 2038', AT.clock, [0, 0, 0, 0x80], 'bad_tape'],
    ['no fuel', AT.fuel, [0, 0, 0, 0], 'bad_tape'],
    ['no keys between checkpoints', AT.every, [0, 0, 0, 0], 'bad_tape'],
    ['other distances of checkpoints', AT.every, [0xd0, 7, 0, 0], 'damaged'],
    ['more checkpoints than bytes', AT.every, [1, 0, 0, 0], 'truncated'],
    ['a character of control codes', AT.character, [7], 'bad_tape'],
    ['a character longer than the file', AT.characterLength, [255], 'truncated'],
    ['four billion keys', AT.keys, [0xff, 0xff, 0xff, 0xff], 'truncated'],
    ['compressed keys longer than the file', AT.keys + 4, [0xff, 0xff, 0xff, 0x7f], 'truncated'],
    ['one key more than there is', AT.keys, [0xc5, 9], 'damaged'],
    ['one key less than there is', AT.keys, [0xc3, 9], 'damaged'],
    ['compressed keys that are noise', AT.keys + 8, [0xff, 0xff, 0xff], 'damaged'],
  ])('refuses %s, even under a checksum that fits', async (_what, at, bytes, code) => {
    const file = await encodeTape(TAPE);
    file.set(bytes, at);
    expect(await refusal(sealed(file))).toBe(code);
  });

  it('does not unpack a bomb', async () => {
    const bomb = deflateRawSync(Buffer.alloc(256 * 2 ** 20), { level: 9 });
    const before = process.memoryUsage().arrayBuffers;
    expect(await refusal(await withPacked(bomb, 2500))).toBe('damaged');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * 2 ** 20);
  });

  it.each([
    ['nothing', new Uint8Array(0)],
    ['half of a stream', deflateRawSync(Buffer.from(TAPE.keys)).subarray(0, 10)],
    ['zlib’s frame', Buffer.from('789c030000000001', 'hex')],
    [
      'something behind the stream',
      Buffer.concat([deflateRawSync(Buffer.from(TAPE.keys)), Buffer.from([1, 2])]),
    ],
  ])('refuses %s for compressed keys', async (_what, packed) => {
    expect(await refusal(await withPacked(packed, 2500))).toBe('damaged');
  });

  it.each<[what: string, change: Partial<Tape>, code: TapeErrorCode]>([
    ['a short engine id', { engineId: 'abc' }, 'bad_tape'],
    [
      'a seed over 64 bits',
      { settings: { ...TAPE.settings, seeds: { ...TAPE.settings.seeds, core: 2n ** 64n } } },
      'bad_tape',
    ],
    ['options of two lines', { settings: { ...TAPE.settings, options: 'a\nb' } }, 'bad_tape'],
    ['a missing checkpoint', { checkpoints: TAPE.checkpoints.slice(1) }, 'bad_tape'],
    [
      'half a digest',
      { checkpoints: [new Uint8Array(16), new Uint8Array(32), new Uint8Array(32)] },
      'bad_tape',
    ],
    ['fields in another order', { fields: ['blstats', 'glyphs'] }, 'bad_tape'],
    ['half a point', { figures: { ...TAPE.figures, score: 0.5 } }, 'bad_tape'],
    ['two records', { end: { kind: 'ended', how: 0, xlogfile: 'a=1\nb=2' } }, 'bad_tape'],
    ['an end that NetHack does not have', { end: { kind: 'ended', how: 16, xlogfile: null } }, 'bad_tape'],
    ['an end before any key', { keys: new Uint8Array(0), checkpoints: [new Uint8Array(32)] }, 'bad_tape'],
    ['too many keys', { keys: new Uint8Array(2 ** 24 + 1) }, 'too_large'],
  ])('is not written with %s', async (_what, change, code) => {
    await expect(encodeTape({ ...TAPE, ...change })).rejects.toMatchObject({ name: 'TapeError', code });
  });

  it('of more than 32 MiB is not looked at', async () => {
    expect(await refusal(new Uint8Array(32 * 2 ** 20 + 1))).toBe('too_large');
  });
});
