import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, readFileSync, readSync, readdirSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { apart } from '@arena/benchmark';
import { FifoMaker } from '../fifos.ts';
import { PIPES, openPipes } from '../pipes.ts';
import type { Sandbox } from '../sandbox.ts';
import type { SandboxLimits } from '../specification.ts';

const LIMITS: SandboxLimits = { memoryMiB: 64, processes: 8, tmpMiB: 1 };
const SETTLE_MS = 1000;
const MOST_LOOKS = 15;
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

/** What there is of each kind; `residentMiB` of this process, control groups, mounts and folders of the whole machine. */
export interface Leaks {
  descriptors: number;
  threads: number;
  processes: number;
  controlGroups: number;
  mounts: number;
  folders: number;
  residentMiB: number;
}

interface Uids {
  first: number;
  count: number;
}

/** Of the uids of sandboxes. */
function processesOf({ first, count }: Uids): number {
  return readdirSync('/proc').filter((name) => {
    const uid = /^\d+$/.test(name) ? statSync(`/proc/${name}`, { throwIfNoEntry: false })?.uid : undefined;
    return uid !== undefined && uid >= first && uid < first + count;
  }).length;
}

/** The third column of each line but the first. */
const controlGroups = (): number =>
  readFileSync('/proc/cgroups', 'utf8')
    .split('\n')
    .slice(1)
    .reduce((sum, line) => sum + Number(line.split('\t')[2] ?? 0), 0);

const state = (uids: Uids): Leaks => ({
  descriptors: readdirSync('/proc/self/fd').length,
  threads: readdirSync('/proc/self/task').length,
  processes: processesOf(uids),
  controlGroups: controlGroups(),
  mounts: readFileSync('/proc/self/mountinfo', 'utf8').split('\n').length,
  folders: readdirSync(tmpdir()).length,
  residentMiB: process.memoryUsage.rss() / 2 ** 20,
});

/**
 * What is more after `count` sandboxes than before. Their first processes are reaped by the machine's init when it comes to it, and only
 * then their control groups can go: after 500 in a row 72 were left at first, none two seconds later.
 */
export async function leaks(sandbox: Sandbox, uids: Uids, count: number): Promise<Leaks> {
  for (let i = 0; i < 20; i++) await startMs(sandbox);
  await setTimeout(2 * SETTLE_MS);
  const before = state(uids);
  for (let i = 0; i < count; i++) await startMs(sandbox);
  let after = state(uids);
  for (let tries = 0; tries < MOST_LOOKS && isMore(before, after); tries++) {
    await setTimeout(SETTLE_MS);
    after = state(uids);
  }
  const keys = Object.keys(before) as (keyof Leaks)[];
  return Object.fromEntries(keys.map((key) => [key, after[key] - before[key]])) as Record<
    keyof Leaks,
    number
  >;
}

const isMore = (before: Leaks, after: Leaks): boolean =>
  after.processes > before.processes || after.controlGroups > before.controlGroups;
