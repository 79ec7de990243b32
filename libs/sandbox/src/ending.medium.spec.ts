/** A sandbox ends when its host says so, whatever was done inside: also where an agent has taken over bubblewrap's process there. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, rmdirSync, writeFileSync } from 'node:fs';
import { arch, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Claims } from './claims.ts';
import { type Grip } from './grip.ts';
import { identityOf, isRunning } from './processes.ts';
import { Sandbox } from './sandbox.ts';
import { Stage } from './staging.ts';
import { placeContracts } from './testing/contracts.ts';
import { escape, heldByNobody, rootUnknown, seenFirst } from './testing/escape.ts';
import { needing } from './testing/needing.ts';
import { cells, isRoot, noGroup, python, run, whole, type Without } from './testing/taken-apart.ts';
import { endUser, runningOf } from './users.ts';

const canTry = isRoot && arch() === 'x64';
const NEEDS = 'root, and an x86-64 processor';

const uidIn = (uid: number | undefined): number => {
  if (uid === undefined) throw new Error('this sandbox has no uid of its own');
  return uid;
};

const LAYERS: [string, Without][] = [
  ...(cells === null ? [] : [['its control group', rootUnknown] as [string, Without]]),
  ['its first process', noGroup],
  ['its uid', (parts) => rootUnknown(noGroup(parts))],
];

needing<() => void>(
  NEEDS,
  canTry,
  describe,
)('bubblewrap’s process inside', () => {
  it('cannot be written to', async () => {
    const { exit, said } = await run(escape());
    expect(said).toMatch(/^inside\nshut /);
    expect(exit).toEqual({ cause: 'exited', code: 0 });
  });

  it('outlives its end if it can be written to and nobody holds it; all processes of a uid are found and ended', async () => {
    const { exit, said, uid } = await run(escape(), (parts) => heldByNobody(seenFirst(parts)), {
      leaves: true,
    });
    expect(said).toContain('BREACH');
    // As it had it reported.
    expect(exit).toEqual({ cause: 'exited', code: 0 });
    expect(runningOf(uidIn(uid)).length).toBeGreaterThan(1);
    for (let tries = 100; tries > 0 && runningOf(uidIn(uid)).length > 0; tries--) {
      await endUser(uidIn(uid));
      await delay(10);
    }
    expect(runningOf(uidIn(uid))).toEqual([]);
  });

  it.each(LAYERS)('is ended by %s alone, though it said that it had ended', async (_name, layer) => {
    const { exit, said, uid, faults } = await run(escape(), (parts) => layer(seenFirst(parts)));
    expect(said).toContain('BREACH');
    expect(exit).toEqual({ cause: 'exited', code: 0 });
    expect([runningOf(uidIn(uid)), faults]).toEqual([[], []]);
  });
});

const BOMB = python(`
import os, signal
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
print("inside", flush=True)
while True:
    try: os.fork()
    except OSError: pass`);

needing<() => void>(
  'root',
  isRoot,
  describe,
)('processes that fork without end', () => {
  it.each([['all that holds them', whole], ...LAYERS] as [string, Without][])(
    'are ended by %s',
    async (_name, layer) => {
      const inside = async ({ stop }: { stop: () => void }): Promise<void> => {
        await delay(300);
        stop();
      };
      const { exit, uid } = await run(BOMB, layer, { inside });
      expect(exit).toEqual({ cause: 'stopped' });
      expect(runningOf(uidIn(uid))).toEqual([]);
    },
  );
});

/** A frozen process of version 1 does not end, whoever asks: as one that waits in the kernel for a disk. */
const FREEZER = '/sys/fs/cgroup/freezer';
needing(
  'root, and a freezer of version 1',
  isRoot && existsSync(FREEZER),
  it,
)('what the kernel does not end is a fault within the limit, and its uid is not used again', async () => {
  const folder = join(FREEZER, `arena-test-${process.pid}`);
  mkdirSync(folder);
  const held: Grip[] = [];
  let uid: number | undefined;
  const watched: Without = (parts) => {
    uid = parts.uid;
    const keep = (grip: Grip): Grip => {
      held.push(grip);
      return grip;
    };
    return { ...parts, held: keep };
  };
  try {
    const { exit, faults } = await run('exec sleep 300.5 & echo inside; wait', watched, {
      endMs: 700,
      inside: async ({ stop }) => {
        for (const pid of runningOf(uidIn(uid))) writeFileSync(join(folder, 'cgroup.procs'), String(pid));
        writeFileSync(join(folder, 'freezer.state'), 'FROZEN');
        stop();
        await delay(1500);
        expect(new Claims().take(uidIn(uid))).toBeNull();
        writeFileSync(join(folder, 'freezer.state'), 'THAWED');
      },
    });
    expect(exit).toEqual({
      cause: 'not_ended',
      message: expect.stringMatching(/could not be ended within 0.7 s/),
    });
    expect(faults).toEqual([expect.stringMatching(/^not_ended: /)]);
  } finally {
    writeFileSync(join(folder, 'freezer.state'), 'THAWED');
    for (const grip of held) {
      expect(await grip.end(10_000)).toBe(true);
      await grip.letGo();
    }
    for (let tries = 200; tries > 0 && existsSync(folder); tries--) {
      try {
        rmdirSync(folder);
      } catch {
        await delay(10);
      }
    }
  }
  const claim = new Claims().take(uidIn(uid));
  expect(claim).not.toBeNull();
  claim?.release();
});

/** In a process of its own: a sandbox whose agent has escaped, held by nobody. Prints its uid, and the pid that the host knows. */
const escaping = (folder: string): string => `
  const { run } = await import(${JSON.stringify(`file://${folder}/testing/taken-apart.js`)});
  const { escape, heldByNobody, seenFirst } = await import(${JSON.stringify(`file://${folder}/testing/escape.js`)});
  const told = (parts) => {
    const kept = heldByNobody(seenFirst(parts));
    return { ...kept, held: (grip) => { const held = kept.held(grip); const know = held.know.bind(held);
      held.know = (root) => { know(root); console.log(JSON.stringify({ uid: parts.uid ?? null, root })); }; return held; } };
  };
  await run(escape(), told, { leaves: true });
  console.log('ended');
  setInterval(() => undefined, 1000);`;

interface Told {
  uid: number | null;
  root: { pid: number; startTime: number };
}

async function escaped(child: ChildProcess): Promise<Told> {
  let said = '';
  let wrong = '';
  child.stderr?.on('data', (bytes: Buffer) => (wrong += bytes.toString()));
  for await (const bytes of child.stdout ?? []) {
    said += (bytes as Buffer).toString();
    if (said.includes('ended\n')) return JSON.parse(said.split('\n')[0] ?? '') as Told;
  }
  throw new Error(`it ended early: ${said} ${wrong}`);
}

needing<() => void>(
  NEEDS,
  canTry,
  describe,
)('what a host that was killed left', () => {
  it('is ended by the next one, though it has escaped bubblewrap and its name is another', async () => {
    const here = dirname(fileURLToPath(import.meta.url));
    const child = spawn(process.execPath, ['--input-type=module', '-e', escaping(here)], { env: {} });
    const { uid, root } = await escaped(child);
    child.kill('SIGKILL');
    await once(child, 'close');
    expect(isRunning(root)).toBe(true);
    expect(runningOf(uid ?? 0).length).toBeGreaterThan(1);
    const sandbox = new Sandbox();
    await sandbox.probe();
    expect([runningOf(uid ?? 0), isRunning(root), sandbox.faults()]).toEqual([[], false, []]);
    const claim = new Claims().take(uid);
    expect(claim?.uid).toBe(uid);
    claim?.release();
  });
});

const ORDINARY = 12_346;

needing<() => void>(
  NEEDS,
  canTry,
  describe,
)('as an ordinary user, without control groups', () => {
  let folder: string;
  let node: string;
  let copy: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'arena-ending-'));
    chmodSync(folder, 0o755);
    const stage = new Stage(join(folder, 'stage'));
    copy = stage.keepFolder(stage.place(dirname(fileURLToPath(import.meta.url))).path);
    node = stage.keep(process.execPath);
    placeContracts(join(folder, 'stage'));
    writeFileSync(join(folder, 'stage', 'package.json'), '{"type":"module"}', { mode: 0o644 });
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
    rmSync(join(tmpdir(), `arena-sandboxes-${ORDINARY}`), { recursive: true, force: true });
  });

  const asUser = (script: string): ChildProcess =>
    spawn(node, ['--input-type=module', '-e', script], {
      ...{ env: {}, cwd: '/', uid: ORDINARY, gid: ORDINARY },
    });

  it('an escaped sandbox ends with its first process', async () => {
    const child = asUser(`
      const { run } = await import(${JSON.stringify(`file://${copy}/testing/taken-apart.js`)});
      const { escape, seenFirst } = await import(${JSON.stringify(`file://${copy}/testing/escape.js`)});
      const { exit, said } = await run(escape(), seenFirst);
      console.log(JSON.stringify({ exit, breach: said.includes('BREACH') }));`);
    let said = '';
    child.stdout?.on('data', (bytes: Buffer) => (said += bytes.toString()));
    await once(child, 'close');
    expect(JSON.parse(said)).toEqual({ exit: { cause: 'exited', code: 0 }, breach: true });
    expect(runningOf(ORDINARY)).toEqual([]);
  });

  it('what a host that was killed left is ended by the next one', async () => {
    const child = asUser(escaping(copy));
    const { root } = await escaped(child);
    child.kill('SIGKILL');
    await once(child, 'close');
    expect(identityOf(root.pid)).toEqual(root);
    const next = asUser(`
      const { Sandbox } = await import(${JSON.stringify(`file://${copy}/sandbox.js`)});
      const sandbox = new Sandbox();
      await sandbox.probe();
      console.log(JSON.stringify(sandbox.faults()));`);
    let said = '';
    next.stdout?.on('data', (bytes: Buffer) => (said += bytes.toString()));
    await once(next, 'close');
    expect([said, runningOf(ORDINARY)]).toEqual(['[]\n', []]);
  });
});
