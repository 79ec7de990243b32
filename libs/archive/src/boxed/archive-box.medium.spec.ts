import { randomBytes } from 'node:crypto';
import { chmod, lstat, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { Sandbox, Stage } from '@arena/sandbox';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { checkArchive, DEFAULT_LIMITS } from '../index.ts';
import { noise, pack, REFUSALS } from '../testing/index.ts';
import { ArchiveBox } from './archive-box.ts';
import { examineUploads } from './examine.ts';

let folder: string;
let stage: Stage;
let boxed: ArchiveBox;
let plain: ArchiveBox;

beforeAll(() => {
  stage = new Stage();
  boxed = new ArchiveBox(new Sandbox(), stage);
  plain = new ArchiveBox(null, stage);
});
afterAll(() => {
  stage.dispose();
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'archive-box-'));
  // As a cache is: a sandbox's user must come to it.
  await chmod(folder, 0o755);
});
afterEach(() => rm(folder, { recursive: true }));

const good = () =>
  pack([
    { name: './', type: 'directory', mode: 0o777 },
    { name: './arena.json', content: '{"name":"x"}', mode: 0o4777 },
    { name: './lib/deep/a.js', content: 'export {}', mode: 0o000 },
    { name: './submission_config.py', content: 'x = 1' },
    { name: './model.bin', content: noise(3_000_000) },
  ]);
const caught = async (run: Promise<unknown>): Promise<unknown> =>
  run.then(
    () => null,
    (error: unknown) => error,
  );

describe.each([
  ['a sandbox', () => boxed],
  ['a process with limits', () => plain],
])('in %s', (_name, box) => {
  it('an upload is read as in this process', async () => {
    const bytes = await good();
    const slow = Readable.from([
      bytes.subarray(0, 100),
      bytes.subarray(100, 200_000),
      bytes.subarray(200_000),
    ]);
    expect(await box().check(slow)).toEqual(await checkArchive(Readable.from([bytes])));
  });

  it('what is refused is refused by the same code and sentence', async () => {
    for (const { name, make } of REFUSALS) {
      const bytes = await make();
      const [here, there] = await Promise.all([
        caught(checkArchive(Readable.from([bytes]))),
        caught(box().check(Readable.from([bytes]))),
      ]);
      expect([name, there]).toEqual([name, here]);
      expect(there).toMatchObject({ code: (here as { code: string }).code, name: 'ArchiveError' });
    }
  }, 120_000);

  it('a bomb that never ends is refused before its sender is through', async () => {
    let sent = 0;
    const zeros = gzipSync(Buffer.alloc(2 ** 20));
    const endless = Readable.from(
      (function* () {
        for (; sent < 100_000; sent++) yield zeros;
      })(),
    );
    expect(await caught(box().check(endless))).toMatchObject({ name: 'ArchiveError' });
    expect(sent).toBeLessThan(5000);
  });

  it('a sender that waits is not waited for once the archive is refused', async () => {
    const waits = Readable.from(
      (async function* () {
        yield Buffer.from('this is no archive, but more of it will come');
        await new Promise(() => undefined);
      })(),
    );
    expect(await caught(box().check(waits))).toMatchObject({ code: 'archive_not_gzip' });
  });

  it("the sender's own fault is told as it is", async () => {
    const broken = Readable.from(
      (async function* () {
        yield (await good()).subarray(0, 1000);
        throw new Error('the line went dead');
      })(),
    );
    await expect(box().check(broken)).rejects.toThrow('the line went dead');
  });

  it('more than the limit of bytes is refused', async () => {
    const limits = { ...DEFAULT_LIMITS, compressedBytes: 50_000 };
    expect(await caught(box().check(Readable.from([await good()]), limits))).toMatchObject({
      ...{ code: 'archive_too_large', message: 'The archive is larger than 50,000 bytes.' },
    });
  });
});

describe('unpacking in a sandbox', () => {
  it('gives the files and their list, all others may read and none but the folder itself is the host’s', async () => {
    const target = join(folder, 'agent');
    const { files, manifest } = await boxed.unpack(await good(), target);
    expect([...files]).toEqual([
      ['arena.json', 12],
      ['lib/deep/a.js', 9],
      ['submission_config.py', 5],
      ['model.bin', 3_000_000],
    ]);
    expect(manifest).toEqual({
      name: 'arena.json',
      bytes: Buffer.from('{"name":"x"}'),
      config: Buffer.from('x = 1'),
    });
    expect(await readFile(join(target, 'model.bin'))).toEqual(noise(3_000_000));
    const found = await Promise.all(
      ['.', 'lib', 'lib/deep', 'arena.json', 'lib/deep/a.js'].map((path) => lstat(join(target, path))),
    );
    expect(found.map(({ mode }) => mode & 0o7777)).toEqual([0o755, 0o755, 0o755, 0o644, 0o644]);
    const isRoot = process.getuid?.() === 0;
    expect(found.map(({ uid }) => uid === process.getuid?.())).toEqual([
      true,
      ...[1, 2, 3, 4].map(() => !isRoot),
    ]);
  });

  it('leaves nothing of one that is refused', async () => {
    // One of each kind: all are read as above.
    const kinds = new Map(REFUSALS.map((refusal) => [refusal.code, refusal]));
    for (const { make, code } of kinds.values()) {
      expect(await caught(boxed.unpack(await make(), join(folder, 'agent')))).toMatchObject({ code });
      expect(await readdir(folder)).toEqual([]);
    }
  }, 120_000);

  it('takes a file as large as archives may hold and none that is larger', async () => {
    const limits = { ...DEFAULT_LIMITS, unpackedBytes: 8 * 2 ** 20 };
    const archive = (size: number) =>
      pack([
        { name: 'arena.json', content: '{}' },
        { name: 'a.bin', content: randomBytes(size) },
      ]);
    const { files } = await boxed.unpack(await archive(7 * 2 ** 20), join(folder, 'fits'), limits);
    expect(files.get('a.bin')).toBe(7 * 2 ** 20);
    expect(
      await caught(boxed.unpack(await archive(9 * 2 ** 20), join(folder, 'large'), limits)),
    ).toMatchObject({
      code: 'archive_unpacks_too_large',
    });
  });

  it('is not done without a sandbox', async () => {
    await expect(plain.unpack(await good(), join(folder, 'agent'))).rejects.toThrow(/in sandboxes alone/);
    expect(await readdir(folder)).toEqual([]);
  });
});

it('the doctor says that a sandbox reads uploads', async () => {
  expect(await examineUploads()).toMatchObject({
    grade: 'PASS',
    found: expect.stringMatching(/^in a sandbox, \d+ ms/),
  });
});
