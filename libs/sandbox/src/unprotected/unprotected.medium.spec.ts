import { mkdtempSync, readSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { stateOf } from '../processes.ts';
import type { SandboxExit, SandboxLimits } from '../specification.ts';
import { Unprotected } from './unprotected.ts';

const LIMITS: SandboxLimits = { memoryMiB: 128, processes: 16, tmpMiB: 2, openFiles: 100 };
const unprotected = new Unprotected();
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'arena-unprotected-test-'));
  writeFileSync(join(folder, 'file'), 'agent\n');
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function run(script: string): Promise<{ exit: SandboxExit; out: string; log: string }> {
  const running = await unprotected.start({
    command: ['/bin/bash', '-c', `cd "$1"; ${script}`, 'bash', '/agent'],
    bindings: [{ source: folder, target: '/agent' }],
    environment: { PLACE: '/agent/file', OTHER: 'x' },
    limits: LIMITS,
  });
  const exit = await running.exit;
  const out = Buffer.alloc(4096);
  const length = readSync(running.stdout, out);
  running.close();
  return { exit, out: out.toString('utf8', 0, length), log: running.log() };
}

it('says what it is', () => {
  expect(unprotected.description).toMatch(/^unprotected: no sandbox/);
});

it('runs programs where their files are, without the environment of whoever runs it, and leaves nothing', async () => {
  const before = readdirSync(tmpdir()).filter((name) => name.startsWith('arena-unprotected-')).length;
  const { exit, out, log } = await run(
    'cat file; cat "$PLACE"; echo $OTHER $DATABASE_URL; ulimit -n; echo said >&2',
  );
  expect([exit, out, log]).toEqual([{ cause: 'exited', code: 0 }, 'agent\nagent\nx\n100\n', 'said\n']);
  expect(readdirSync(tmpdir()).filter((name) => name.startsWith('arena-unprotected-')).length).toBe(before);
});

it.each<[string, string, SandboxExit | object]>([
  ['an exit code', 'exit 3', { cause: 'exited', code: 3 }],
  ['a signal', 'kill -SEGV $$', { cause: 'signal', signal: 'SIGSEGV' }],
  [
    'too much memory',
    `python3 -c "x = bytearray(300 << 20); import time; time.sleep(60)"`,
    { cause: 'memory', usedMiB: expect.any(Number) },
  ],
  [
    'too many processes',
    'for i in {1..30}; do sleep 60 & done; wait',
    { cause: 'processes', count: expect.any(Number) },
  ],
])('tells %s', async (_name, script, exit) => {
  expect((await run(script)).exit).toEqual(exit);
});

it('ends what a program leaves behind', async () => {
  const { out } = await run('sleep 318.25 & echo $!');
  // Whoever adopted it may take its time to ask how it ended.
  while (stateOf(Number(out))?.zombie === false) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(stateOf(Number(out))?.zombie ?? true).toBe(true);
});
