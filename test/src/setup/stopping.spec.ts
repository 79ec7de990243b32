/** The set-up where it is told to stop or its tools fail, in a fresh checkout whose npm is a script of this test. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

const root = new URL('../../../', import.meta.url).pathname;
let checkout: string;
let bin: string;

beforeEach(() => {
  checkout = mkdtempSync(join(tmpdir(), 'arena-checkout-'));
  bin = join(checkout, 'bin');
  mkdirSync(bin);
  cpSync(join(root, 'scripts'), join(checkout, 'scripts'), { recursive: true });
  for (const name of ['package.json', 'package-lock.json', '.npmrc'])
    cpSync(join(root, name), join(checkout, name));
});

afterEach(() => {
  rmSync(checkout, { recursive: true });
});

/** Puts a program first on the path. */
function program(name: string, lines: string[]): void {
  writeFileSync(join(bin, name), ['#!/bin/sh', ...lines].join('\n'));
  chmodSync(join(bin, name), 0o755);
}

function environment(): NodeJS.ProcessEnv {
  return { ...process.env, PATH: [bin, process.env['PATH']].join(delimiter) };
}

/** An npm that notes its process and then works for ever; deaf to SIGTERM if asked. */
function endlessNpm(trap = ''): void {
  program('npm', [trap, `echo $$ > ${join(checkout, 'npm.pid')}`, 'while :; do sleep 0.1; done']);
}

async function npmPid(): Promise<number> {
  const path = join(checkout, 'npm.pid');
  while (!existsSync(path) || readFileSync(path, 'utf8').trim() === '') await delay(20);
  return Number(readFileSync(path, 'utf8'));
}

function isAlive(pid: number): boolean {
  return existsSync(`/proc/${pid}/stat`) && !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
}

const ended = (child: ChildProcess): Promise<number | NodeJS.Signals | null> =>
  new Promise((resolve) =>
    child.once('exit', (code, signal) => {
      resolve(code ?? signal);
    }),
  );

const entry = (): ChildProcess =>
  spawn(process.execPath, ['scripts/arena.mjs', 'build'], {
    cwd: checkout,
    env: environment(),
    stdio: 'ignore',
  });

describe('a set-up that is told to stop', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('by %s takes npm along', async (signal, code) => {
    endlessNpm();
    const child = entry();
    const pid = await npmPid();
    child.kill(signal);
    expect(await ended(child)).toBe(code);
    expect(isAlive(pid)).toBe(false);
    expect(existsSync(join(checkout, '.arena/setup.lock'))).toBe(false);
  });

  it('kills what does not listen', async () => {
    endlessNpm("trap '' TERM INT");
    const child = entry();
    const pid = await npmPid();
    child.kill('SIGTERM');
    expect(await ended(child)).toBe(143);
    expect(isAlive(pid)).toBe(false);
  });

  it('by SIGKILL takes npm along, and the next takes its lock over', async () => {
    endlessNpm();
    const child = entry();
    const pid = await npmPid();
    child.kill('SIGKILL');
    expect(await ended(child)).toBe('SIGKILL');
    while (isAlive(pid)) await delay(20);
    expect(existsSync(join(checkout, '.arena/setup.lock'))).toBe(true);
    program('npm', ['echo reached >&2', 'exit 7']);
    const next = spawnSync(process.execPath, ['scripts/arena.mjs', 'build'], {
      cwd: checkout,
      env: environment(),
    });
    expect(next.stderr.toString()).toContain('reached');
  });

  it('takes over the lock of a killed one whose process id belongs to another program by now', () => {
    mkdirSync(join(checkout, '.arena'));
    // This test's own process runs, but it was born at another time.
    writeFileSync(join(checkout, '.arena/setup.lock'), `${process.pid} 1 another-boot\n\n`);
    program('npm', ['echo reached >&2', 'exit 7']);
    const next = spawnSync(process.execPath, ['scripts/arena.mjs', 'build'], {
      cwd: checkout,
      env: environment(),
    });
    expect(next.stderr.toString()).toContain('reached');
  });

  it('refuses to work beside another', async () => {
    endlessNpm();
    const child = entry();
    await npmPid();
    const second = spawnSync(process.execPath, ['scripts/arena.mjs', 'build'], {
      cwd: checkout,
      env: environment(),
    });
    expect(second.status).toBe(1);
    expect(second.stderr.toString()).toBe(
      `arena: Another set-up (process ${child.pid ?? 0}) works in this checkout. Wait for it, or remove .arena/setup.lock if it is no arena's.\n`,
    );
    child.kill('SIGTERM');
    await ended(child);
  });

  it('through npm start ends as a supervisor expects', async () => {
    endlessNpm();
    // The real npm starts the entry, which then finds the npm of this test.
    const real = (process.env['PATH'] ?? '')
      .split(delimiter)
      .map((folder) => join(folder, 'npm'))
      .find((path) => existsSync(path));
    const child = spawn(real ?? 'npm', ['start', '--', '--once'], {
      cwd: checkout,
      env: environment(),
      stdio: 'ignore',
    });
    const pid = await npmPid();
    child.kill('SIGTERM');
    await ended(child);
    while (isAlive(pid)) await delay(20);
    expect(existsSync(join(checkout, '.arena/setup.lock'))).toBe(false);
  });
});

describe('a tool that fails', () => {
  it.each([
    [
      'by itself',
      ['echo no registry >&2', 'exit 7'],
      /no registry\n.*\narena: npm ci ended with code 7 \(its words are above\)\. .*run the command again/,
    ],
    [
      'by a signal',
      ['kill -KILL $$'],
      /arena: npm ci ended with SIGKILL \(killed from outside; perhaps for want of memory\)\. /,
    ],
    ['by bringing nothing', ['exit 0'], /arena: npm ci ended well but brought no Node 24\. /],
  ])('%s is told with what to do', (_how, lines, message) => {
    program('npm', lines);
    const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/arena.mjs', 'build'], {
      cwd: checkout,
      env: environment(),
    });
    expect([status, stdout.toString()]).toEqual([1, '']);
    expect(stderr.toString()).toMatch(message);
    expect(stderr.toString()).not.toMatch(/\n {4}at /);
  });
});

describe('a checkout that cannot be written', () => {
  // Modes do not hold root back; a user of its own meets the same refusal as a read-only disk.
  const asNobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

  it('is refused in one line', () => {
    chmodSync(checkout, 0o555);
    const { status, stderr } = spawnSync(process.execPath, ['scripts/arena.mjs', 'build'], {
      cwd: checkout,
      ...asNobody,
    });
    chmodSync(checkout, 0o755);
    expect(stderr.toString()).toMatch(
      /^arena: The checkout .+ cannot be written\. Run the command as its owner.+\n$/,
    );
    expect(status).toBe(1);
  });
});
