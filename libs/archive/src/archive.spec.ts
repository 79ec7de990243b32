import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { checkArchive, unpackArchive, DEFAULT_LIMITS } from './index.ts';
import { noise, pack, REFUSALS } from './testing/index.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'archive-'));
});

afterEach(() => rm(folder, { recursive: true }));

const good = () =>
  pack([
    { name: './', type: 'directory', mode: 0o777 },
    { name: './arena.json', content: '{"name":"x"}', mode: 0o4777 },
    { name: './lib/', type: 'directory', mode: 0o000 },
    { name: './lib/deep/a.js', content: 'export {}', mode: 0o000 },
    { name: './model.bin', content: noise(300_000) },
  ]);

describe('a good archive', () => {
  it('tells its files, its manifest and its sha256', async () => {
    const bytes = await good();
    const checked = await checkArchive(Readable.from([bytes]));
    expect(checked.bytes).toEqual(bytes);
    expect(checked.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect([checked.manifest.name, checked.manifest.bytes.toString()]).toEqual([
      'arena.json',
      '{"name":"x"}',
    ]);
    expect([...checked.files]).toEqual([
      ['arena.json', 12],
      ['lib/deep/a.js', 9],
      ['model.bin', 300_000],
    ]);
  });

  it('of 2021 says by its aicrowd.json what it is, unless it has an arena.json', async () => {
    const old = { name: './aicrowd.json', content: '{"authors":[]}' };
    const alone = await checkArchive(Readable.from([await pack([old])]));
    expect([alone.manifest.name, alone.manifest.bytes.toString()]).toEqual(['aicrowd.json', old.content]);
    const both = await checkArchive(
      Readable.from([await pack([old, { name: './arena.json', content: '{}' }])]),
    );
    expect([both.manifest.name, both.manifest.bytes.toString()]).toEqual(['arena.json', '{}']);
    expect([alone.manifest.config, both.manifest.config]).toEqual([null, null]);
  });

  it('of 2021 has its submission_config.py read with it, if it is at its top and small', async () => {
    const old = { name: 'aicrowd.json', content: '{}' };
    const config = async (name: string, content: string): Promise<string | undefined> => {
      const checked = await checkArchive(Readable.from([await pack([{ name, content }, old])]));
      return checked.manifest.config?.toString();
    };
    expect(await config('./submission_config.py', 'x = 1\n')).toBe('x = 1\n');
    expect(await config('lib/submission_config.py', 'x = 1\n')).toBeUndefined();
    expect(await config('submission_config.py', '#'.repeat(65_537))).toBeUndefined();
  });

  it('unpacks to plain files and folders that another user can read, whatever modes it asks for', async () => {
    const target = join(folder, 'agent');
    const before = process.umask(0o077);
    try {
      await unpackArchive(await good(), target);
    } finally {
      process.umask(before);
    }
    expect(await readFile(join(target, 'model.bin'))).toEqual(noise(300_000));
    const modes = await Promise.all(
      ['.', 'lib', 'lib/deep', 'arena.json', 'lib/deep/a.js'].map(
        async (path) => (await stat(join(target, path))).mode & 0o7777,
      ),
    );
    expect(modes).toEqual([0o755, 0o755, 0o755, 0o644, 0o644]);
  });

  it('is unpacked once when many ask at the same time', async () => {
    const bytes = await good();
    const target = join(folder, 'agent');
    await Promise.all([1, 2, 3, 4].map(() => unpackArchive(bytes, target)));
    expect(await readdir(folder)).toEqual(['agent']);
  });
});

describe('an archive is refused', () => {
  it.each(REFUSALS.map(({ name, code, make }) => [name, code, make] as const))(
    '%s: %s',
    async (_name, code, make) => {
      const bytes = await make();
      // Whole, and byte by byte for the small ones: what is found must not depend on how it arrives.
      await expect(checkArchive(Readable.from([bytes]))).rejects.toMatchObject({ code });
      if (bytes.length < 20_000) {
        await expect(
          checkArchive(Readable.from([...bytes].map((byte) => Buffer.of(byte)))),
        ).rejects.toMatchObject({ code });
      }
      if (!code.includes('manifest') && !_name.includes('two manifests')) {
        await expect(unpackArchive(bytes, join(folder, 'agent'))).rejects.toMatchObject({ code });
        expect(await readdir(folder)).toEqual([]);
      }
    },
  );

  it('over the size limit, before it was read to its end', async () => {
    let sent = 0;
    const endless = Readable.from(
      (function* () {
        const bytes = noise(2 ** 16);
        yield Buffer.from('1f8b0800000000000003', 'hex');
        for (;;) {
          sent += bytes.length;
          yield Buffer.concat([Buffer.from([0, 0xff, 0xff, 0, 0]), bytes.subarray(0, 65_535)]);
        }
      })(),
    );
    const limits = { ...DEFAULT_LIMITS, compressedBytes: 2 ** 20 };
    await expect(checkArchive(endless, limits)).rejects.toMatchObject({ name: 'ArchiveError' });
    expect(sent).toBeLessThan(2 ** 22);
  });

  it('over the size limit', async () => {
    const limits = { ...DEFAULT_LIMITS, compressedBytes: 100_000 };
    await expect(checkArchive(Readable.from([await good()]), limits)).rejects.toMatchObject({
      code: 'archive_too_large',
    });
  });

  it('tells where the manifest lies and what to do', async () => {
    const bytes = await pack([{ name: 'my-agent/arena.json', content: '{}' }]);
    await expect(checkArchive(Readable.from([bytes]))).rejects.toThrow(/my-agent\/arena\.json.*tar czf/);
  });

  it('without printing what its names hold', async () => {
    const bytes = await pack([{ name: 'a\u001b]0;x\u0007\u202E' }]);
    const error = await checkArchive(Readable.from([bytes])).catch((caught: unknown) => caught);
    expect((error as Error).message).not.toMatch(/\p{C}/u);
  });

  it('when the sender goes away', async () => {
    const broken = Readable.from(
      (async function* () {
        yield (await good()).subarray(0, 100);
        throw new Error('connection lost');
      })(),
    );
    await expect(checkArchive(broken)).rejects.toThrow('connection lost');
  });
});
