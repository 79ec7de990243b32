import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, readSync, readdirSync, writeSync } from 'node:fs';
import { FifoMaker } from '../fifos.ts';
import { PIPES, openPipes } from '../pipes.ts';
import type { Sandbox } from '../sandbox.ts';
import type { SandboxLimits } from '../specification.ts';

const LIMITS: SandboxLimits = { memoryMiB: 64, processes: 8, tmpMiB: 1 };
const MESSAGE = Buffer.alloc(512, 1);

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

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

/** Round trips a second of 512 bytes through `cat`, over pipes of the same kind. */
function roundTrips(stdin: number, stdout: number, count: number): number {
  const answer = Buffer.alloc(MESSAGE.length);
  const begin = performance.now();
  for (let i = 0; i < count; i++) {
    writeSync(stdin, MESSAGE);
    for (let at = 0; at < answer.length;) at += readSync(stdout, answer, { offset: at });
  }
  return count / ((performance.now() - begin) / 1000);
}

export async function stepsInSandbox(sandbox: Sandbox, count: number): Promise<number> {
  const running = await sandbox.start({ command: ['/usr/bin/cat'], bindings: [], limits: LIMITS });
  roundTrips(running.stdin, running.stdout, 100);
  const rate = roundTrips(running.stdin, running.stdout, count);
  running.kill();
  await running.exit;
  running.close();
  return rate;
}

export async function stepsInPlainChild(count: number): Promise<number> {
  const pipes = openPipes(new FifoMaker(PIPES, null).take());
  const child = spawn('/usr/bin/cat', [], {
    // A session of its own, as in a sandbox: the scheduler groups processes by session.
    detached: true,
    env: {},
    stdio: [pipes.stdin.read, pipes.stdout.write, pipes.stderr.write],
  });
  await once(child, 'spawn');
  roundTrips(pipes.stdin.write, pipes.stdout.read, 100);
  const rate = roundTrips(pipes.stdin.write, pipes.stdout.read, count);
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
  children: number;
  /** Of this process, MiB. */
  residentMiB: number;
}

const state = (): Leaks => ({
  descriptors: readdirSync('/proc/self/fd').length,
  children: readdirSync('/proc/self/task').length,
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
    children: after.children - before.children,
    residentMiB: after.residentMiB - before.residentMiB,
  };
}
