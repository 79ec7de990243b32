/** The program that reads archives, as if an archive had taken it over: what it can reach then, in the box and without. */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { Box, Sandbox, SandboxError, Stage } from '@arena/sandbox';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { pack } from '../testing/index.ts';
import { ArchiveBox } from './archive-box.ts';
import { PROGRAM } from './staged-program.ts';

const sandbox = new Sandbox();
let around: string;
let secret: string;
let precious: string;
let archive: Buffer;
beforeAll(async () => {
  around = mkdtempSync(join(tmpdir(), 'arena-taken-over-'));
  // A sandbox's user must come to what is mounted.
  chmodSync(around, 0o755);
  precious = join(around, 'precious');
  mkdirSync(precious);
  secret = join(precious, 'secret');
  writeFileSync(secret, 'hunter2', { mode: 0o600 });
  archive = await pack([{ name: 'arena.json', content: '{}' }]);
});
afterAll(() => {
  rmSync(around, { recursive: true, force: true });
});

let stage: Stage;
let stages = 0;
beforeEach(() => {
  stage = new Stage(join(around, `stage-${stages++}`));
});

/** Puts another program into the place of the one that reads archives; returns where it is. */
function takeOver(code: string): string {
  const found = readdirSync(stage.root, { recursive: true, encoding: 'utf8' })
    .map((path) => join(stage.root, path))
    .filter((path) => path.endsWith(`/${PROGRAM}`));
  expect(found.length).toBe(1);
  for (const path of found) {
    // Never what it may be linked with.
    rmSync(path);
    writeFileSync(path, code, { mode: 0o644 });
  }
  return found[0] ?? '';
}

/** Says what it could do, last of all that it is through. */
const looksAround = (): string => `
  import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
  const attempt = (what, run) => {
    try { run(); process.stderr.write('BREACH by ' + what + '\\n'); }
    catch (error) { process.stderr.write(what + ' ' + error.code + '\\n'); }
  };
  attempt('a secret', () => readFileSync(${JSON.stringify(secret)}));
  attempt('users', () => readFileSync('/etc/passwd'));
  attempt('a file', () => writeFileSync(${JSON.stringify(join(precious, 'new'))}, 'x'));
  attempt('a process', () => readFileSync('/proc/${process.pid}/cmdline'));
  process.stderr.write('through\\n');
  process.exit(3);`;

const failure = async (box: ArchiveBox): Promise<Error> =>
  box.check(Readable.from([archive])).then(
    () => new Error('it was believed'),
    (error: unknown) => error as Error,
  );

describe('a reader of archives that was taken over', () => {
  it('finds nothing in its sandbox', async () => {
    const box = new ArchiveBox(sandbox, stage);
    takeOver(looksAround());
    const error = await failure(box);
    expect(error).toBeInstanceOf(SandboxError);
    expect(error.message).toMatch(/: a secret ENOENT users ENOENT a file ENOENT a process ENOENT through/);
  });

  it('finds nothing where no sandbox can be made, by what Node lets it', async () => {
    const box = new ArchiveBox(null, stage);
    takeOver(looksAround());
    const denied = 'ERR_ACCESS_DENIED';
    expect((await failure(box)).message).toContain(
      `a secret ${denied} users ${denied} a file ${denied} a process ${denied} through`,
    );
  });

  it('would find all of it without both', async () => {
    const box = new ArchiveBox(null, stage);
    expect(box.isSandboxed).toBe(false);
    const { log } = await new Box(null).run(
      {
        command: [],
        plainCommand: [process.execPath, takeOver(looksAround())],
        bindings: [],
        limits: { memoryMiB: 256, processes: 32, tmpMiB: 1 },
        answerBytes: 1000,
        timeoutMs: 60_000,
      },
      Readable.from([archive]),
    );
    // A file it may not write even so: its limit is none.
    for (const what of ['a secret', 'users', 'a process']) expect(log).toContain(`BREACH by ${what}`);
  });

  it('is not believed', async () => {
    const box = new ArchiveBox(sandbox, stage);
    for (const said of ['{"files":[["../x",1]]}', '{}', 'null', 'x'.repeat(100_000)]) {
      takeOver(`process.stdout.write(${JSON.stringify(`${said}\n`)});`);
      expect(await failure(box)).toBeInstanceOf(SandboxError);
    }
  });

  it('that leaves a link to a folder of the host takes nothing with it when it is removed', async () => {
    const box = new ArchiveBox(sandbox, stage);
    takeOver(`
      import { symlinkSync } from 'node:fs';
      symlinkSync(${JSON.stringify(precious)}, process.argv[3] + '/link');
      process.stderr.write('linked');
      process.exit(3);`);
    const folder = join(around, 'unpacked');
    await expect(box.unpack(archive, folder)).rejects.toThrow(/: linked$/);
    expect([existsSync(folder), existsSync(secret)]).toEqual([false, true]);
  });
});
