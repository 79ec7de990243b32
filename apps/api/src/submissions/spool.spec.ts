import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SpoolFullError, SpoolRoom } from './spool-room.ts';
import { spool as spoolInto, SpoolLimitError } from './spool.ts';

const spool = (source: Readable, inFolder: string, mostBytes: number) =>
  spoolInto(source, inFolder, mostBytes, new SpoolRoom(mostBytes, mostBytes).open('a'));

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spool-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('the spool', () => {
  it('gives back what came, as often as it is asked, under no name', async () => {
    const parts = [Buffer.alloc(100_000, 1), Buffer.alloc(70_000, 2)];
    const spooled = await spool(Readable.from(parts), folder, 170_000);
    expect(await readdir(folder)).toEqual([]);
    expect(spooled.bytes).toBe(170_000);
    for (let each = 0; each < 2; each++) expect(await buffer(spooled.read())).toEqual(Buffer.concat(parts));
    await spooled.close();
  });

  it('stops at its limit and keeps nothing', async () => {
    let sent = 0;
    const endless = Readable.from(
      (function* () {
        for (; ; sent++) yield Buffer.alloc(1000);
      })(),
    );
    await expect(spool(endless, folder, 50_000)).rejects.toThrow(SpoolLimitError);
    expect(sent).toBeLessThan(1000);
    expect(await readdir(folder)).toEqual([]);
  });

  it('keeps nothing of a stream that fails, and tells its error', async () => {
    const broken = Readable.from(
      (function* () {
        yield Buffer.alloc(1000);
        throw new Error('the line went dead');
      })(),
    );
    await expect(spool(broken, folder, 50_000)).rejects.toThrow('the line went dead');
    expect(await readdir(folder)).toEqual([]);
  });

  it('stops where all uploads together have too much on the disk', async () => {
    const room = new SpoolRoom(400_000, 100_000);
    for (const sender of ['b', 'c', 'd', 'e']) room.open(sender).take(90_000);
    const source = Readable.from([Buffer.alloc(30_000), Buffer.alloc(30_000)]);
    await expect(spoolInto(source, folder, 100_000, room.open('a'))).rejects.toThrow(SpoolFullError);
    expect(await readdir(folder)).toEqual([]);
  });

  it('says where it cannot write', async () => {
    await expect(spool(Readable.from([Buffer.from('x')]), join(folder, 'none'), 10)).rejects.toThrow(
      /ENOENT.*none/,
    );
  });
});
