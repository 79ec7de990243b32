import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Bzip2Error, bzip2, readUnpacked } from './bzip2.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'arena-bzip2-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function collect(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of source) parts.push(part);
  return Buffer.concat(parts);
}

async function file(name: string, bytes: Uint8Array): Promise<string> {
  await writeFile(join(folder, name), bytes);
  return join(folder, name);
}

describe('bzip2', () => {
  it('packs what is unpacked again', async () => {
    const bytes = randomBytes(300_000);
    const packed = await collect(bzip2([bytes.subarray(0, 10), bytes.subarray(10)]));
    expect(packed.subarray(0, 3).toString()).toBe('BZh');
    expect((await collect(readUnpacked(await file('a', packed)))).equals(bytes)).toBe(true);
  });

  it('leaves a file alone that is not packed', async () => {
    expect((await collect(readUnpacked(await file('b', Buffer.from('BZ'))))).toString()).toBe('BZ');
  });

  it('says in one line that a file is damaged', async () => {
    const packed = await collect(bzip2([randomBytes(1000)]));
    for (const damaged of [packed.subarray(0, -20), Buffer.from('BZh9 and so on')]) {
      const failure = collect(readUnpacked(await file('c', damaged)));
      await expect(failure).rejects.toThrow(Bzip2Error);
      await expect(failure).rejects.toThrow(/^bzip2 failed: [^\n]+$/);
    }
  });

  it('rejects with what its source throws', async () => {
    const source = (function* () {
      yield Buffer.from('one');
      throw new Error('the source broke');
    })();
    await expect(collect(bzip2(source))).rejects.toThrow('the source broke');
  });

  it('lets a reader stop early', async () => {
    const packed = await collect(bzip2([Buffer.alloc(50_000_000)]));
    for await (const part of readUnpacked(await file('d', packed))) {
      expect(part.length).toBeGreaterThan(0);
      break;
    }
  });
});
