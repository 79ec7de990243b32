import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, readSync, readdirSync, writeSync } from 'node:fs';
import { apart } from '@arena/benchmark';
import { FifoMaker } from '../fifos.ts';
import { PIPES, openPipes } from '../pipes.ts';
import type { Sandbox } from '../sandbox.ts';
import type { SandboxLimits } from '../specification.ts';

const LIMITS: SandboxLimits = { memoryMiB: 64, processes: 8, tmpMiB: 1 };
const MESSAGE = Buffer.alloc(512, 1);

/** From asking for a sandbox to the first byte of a native program in it, milliseconds. */
export async function startMs(sandbox: Sandbox): Promise<number> {
  const begin = performance.now();
  const running = await sandbox.start({ command: ['/usr/bin/echo', 'x'], bindings: [], limits: LIMITS });
  readSync(running.stdout, Buffer.alloc(1));
  const ms = performance.now() - begin;
  await running.exit;
  running.close();
  return ms;
}

/** Round trips a second of 512 bytes through `cat`, over pipes of the same kind, once they have begun. */
function roundTrips(stdin: number, stdout: number, count: number): number {
  const answer = Buffer.alloc(MESSAGE.length);
  let begin = 0;
  for (let i = -100; i < count; i++) {
    if (i === 0) begin = performance.now();
    writeSync(stdin, MESSAGE);
    for (let at = 0; at < answer.length;) at += readSync(stdout, answer, { offset: at });
  }
  return count / ((performance.now() - begin) / 1000);
}

export async function stepsInSandbox(sandbox: Sandbox, count: number): Promise<number> {
  const { started: running, value: rate } = await apart({
    start: () => sandbox.start({ command: ['/usr/bin/cat'], bindings: [], limits: LIMITS }),
    measure: ({ stdin, stdout }) => roundTrips(stdin, stdout, count),
  });
  running.kill();
  await running.exit;
  running.close();
  return rate;
}

export async function stepsInPlainChild(count: number): Promise<number> {
  const pipes = openPipes(new FifoMaker(PIPES, null).take());
  const { started: child, value: rate } = await apart({
    start: async () => {
      const child = spawn('/usr/bin/cat', [], {
        // A session of its own, as in a sandbox: the scheduler groups processes by session.
        detached: true,
        env: {},
        stdio: [pipes.stdin.read, pipes.stdout.write, pipes.stderr.write],
      });
      await once(child, 'spawn');
      return child;
    },
    measure: () => roundTrips(pipes.stdin.write, pipes.stdout.read, count),
  });
  child.kill('SIGKILL');
  await once(child, 'close');
  for (const { read, write } of Object.values(pipes))
    [read, write].forEach((fd) => {
      closeSync(fd);
    });
  return rate;
}

export interface Leaks {
  descriptors: number;
  threads: number;
  /** Of this process, MiB. */
  residentMiB: number;
}

const state = (): Leaks => ({
  descriptors: readdirSync('/proc/self/fd').length,
  threads: readdirSync('/proc/self/task').length,
  residentMiB: process.memoryUsage.rss() / 2 ** 20,
});

/** What is more after `count` sandboxes than before. */
export async function leaks(sandbox: Sandbox, count: number): Promise<Leaks> {
  for (let i = 0; i < 20; i++) await startMs(sandbox);
  const before = state();
  for (let i = 0; i < count; i++) await startMs(sandbox);
  const after = state();
  return {
    descriptors: after.descriptors - before.descriptors,
    threads: after.threads - before.threads,
    residentMiB: after.residentMiB - before.residentMiB,
  };
}
