import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DamagedTapeError, packTape, unpackTape } from './tapes.ts';

describe('tapes', () => {
  it('come back as they were', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 5000 }), async (keys) => {
        expect(Uint8Array.from(await unpackTape(await packTape(keys)))).toEqual(keys);
      }),
    );
  });

  it.each(['bytes', 'keys', 'crc32'] as const)('notice a damaged %s', async (field) => {
    const tape = await packTape(Buffer.from('hjklyubn'.repeat(50)));
    const damaged = { ...tape, [field]: field === 'bytes' ? tape.bytes.subarray(4) : tape[field] + 1 };
    await expect(unpackTape(damaged)).rejects.toThrow(DamagedTapeError);
  });
});
