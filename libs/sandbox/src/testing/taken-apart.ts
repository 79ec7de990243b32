/** A sandbox as Sandbox starts it, in parts: for tests that take one away and look at what is open then. */
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { closeSync, writeSync } from 'node:fs';
import { FD, INNER_SCRIPT, bwrapOptions, nulSeparated, outerScript, rlimitsFor } from '../bubblewrap.ts';
import { probeCells } from '../cgroups/probe.ts';
import { Claims, type Claim } from '../claims.ts';
import { FifoMaker } from '../fifos.ts';
import { Grip } from '../grip.ts';
import { PIPES, openPipes } from '../pipes.ts';
import { RunningSandbox } from '../running-sandbox.ts';
import { assembleFilter } from '../seccomp/filter.ts';
import type { SandboxExit, SandboxLimits, SandboxSpecification } from '../specification.ts';
import { UidRange } from '../uids.ts';

export const isRoot = process.getuid?.() === 0;
export const LIMITS: SandboxLimits = { memoryMiB: 128, processes: 32, tmpMiB: 2 };
/** null where this machine has no control groups for us. */
export const cells = probeCells();

export interface Parts {
  options: string[];
  outer: string;
  inner: string;
  environment: Record<string, string>;
  uid: number | undefined;
  claim: Claim | null;
  /** Who holds on to what runs in it, from outside. */
  held: (grip: Grip) => Grip;
  filter: Buffer;
  /** What its control group holds; null: it has none. */
  group: SandboxLimits | null;
  /** What the watchdog holds. */
  watched: SandboxLimits;
  /** Standard output, instead of a pipe. */
  output: number | null;
}

export type Without = (parts: Parts) => Parts;
export const whole: Without = (parts) => parts;
export const all =
  (...closings: readonly Without[]): Without =>
  (parts) =>
    closings.reduce((left, without) => without(left), parts);

/** One a sandbox: those that have just ended still count for a while among a uid's processes. */
const claims = new Claims();
const uids = isRoot ? new UidRange(claims, { first: 3_990_001, count: 9000, begin: randomInt(9000) }) : null;
const fifos = new FifoMaker(PIPES, null);

function parts(specification: SandboxSpecification): Parts {
  const claim = uids?.take() ?? claims.take(null);
  return {
    options: bwrapOptions(specification, cells !== null),
    outer: outerScript(rlimitsFor(specification, isRoot)),
    inner: INNER_SCRIPT,
    environment: {},
    uid: claim?.uid ?? undefined,
    claim,
    held: (grip) => grip,
    filter: assembleFilter({ unseenMemory: cells !== null }),
    group: cells === null ? null : specification.limits,
    watched: specification.limits,
    output: null,
  };
}

export interface Ran {
  exit: SandboxExit;
  /** Standard output, then standard error. */
  said: string;
  /** undefined: the platform's. */
  uid: number | undefined;
  faults: readonly string[];
}

export interface Host {
  /** Ends bubblewrap outside, or what is between. */
  kill: () => void;
  /** Ends the sandbox, as a clock that ran out does. */
  stop: () => void;
}

export interface Circumstances {
  /** A folder seen as /agent. */
  folder?: string;
  /** Open in the platform, and not close-on-exec. */
  leaked?: number;
  /** Called once the program has said `inside`. */
  inside?: (host: Host) => void | Promise<void>;
  /** How long its end may take. */
  endMs?: number;
  /** Whether processes of it go on, and hold its standard output. */
  leaves?: boolean;
  /** Whether there is a process between this one and bubblewrap, which `host.kill` ends. */
  between?: boolean;
}

/** Runs bash's `script` to its end, in a sandbox but for what `without` takes away. */
export async function run(
  script: string,
  without: Without = whole,
  { folder, leaked, inside, between = false, endMs = 10_000, leaves = false }: Circumstances = {},
): Promise<Ran> {
  const command = ['/bin/bash', '-c', script];
  const bindings = folder === undefined ? [] : [{ source: folder, target: '/agent' }];
  const left = without(parts({ command, bindings, limits: LIMITS }));
  const cell = left.group === null ? null : (cells?.make(left.group) ?? null);
  const pipes = openPipes(fifos.take());
  const given = [
    pipes.stdin.read,
    left.output ?? pipes.stdout.write,
    ...[pipes.stderr.write, pipes.up.write, pipes.options.read],
  ];
  const shell = ['--noprofile', '--norc', '-c', left.outer, left.inner, ...command];
  const child = spawn('/bin/bash', between ? ['-c', '"$0" "$@" <&0 & wait', '/bin/bash', ...shell] : shell, {
    env: left.environment,
    cwd: '/',
    ...(left.uid === undefined ? {} : { uid: left.uid, gid: left.uid }),
    stdio: [...given, 'pipe', pipes.filter.read, ...(leaked === undefined ? [] : [leaked])],
  });
  if (child.pid !== undefined) cell?.enter(child.pid);
  writeSync(pipes.options.write, nulSeparated(left.options));
  writeSync(pipes.filter.write, left.filter);
  for (const { read, write } of [pipes.options, pipes.filter]) [read, write].forEach(closeSync);
  for (const fd of [pipes.stdin.read, pipes.stdout.write, pipes.stderr.write, pipes.up.write]) closeSync(fd);
  const faults: string[] = [];
  const running = new RunningSandbox(child, pipes, {
    grip: left.held(new Grip(cell, left.claim)),
    limits: left.watched,
    over: () => undefined,
    onFault: (kind, message) => faults.push(`${kind}: ${message}`),
    endMs,
  });
  await running.forked;
  const { stdin, stdout } = running.streams();
  let said = '';
  let told = Promise.resolve();
  stdout.on('data', (bytes: Buffer) => {
    const before = said.includes('inside');
    said += bytes.toString();
    if (!before && said.includes('inside'))
      told = Promise.resolve(
        inside?.({
          kill: () => child.kill('SIGKILL'),
          stop: () => {
            running.kill();
          },
        }),
      );
  });
  const ended = new Promise((resolve) => stdout.once('close', resolve));
  const exit = await running.exit;
  // Only once nobody can write: without a closing somebody may be left.
  if (leaves) stdout.destroy();
  else await ended;
  await told;
  stdin.destroy();
  running.close();
  return { exit, said: said + running.log(), uid: left.uid, faults };
}

/** Python's `script`, as a word for bash. */
export const python = (script: string): string => `exec python3 -c '${script.replaceAll("'", `'\\''`)}'`;

/** Replaces the first run of options that reads `old`; a closing that is no longer there cannot be taken away. */
export function swap(
  options: readonly string[],
  old: readonly string[],
  by: readonly string[] = [],
): string[] {
  const at = options.findIndex((_, i) => old.every((word, j) => options[i + j] === word));
  if (at < 0) throw new Error(`bubblewrap is not given ${old.join(' ')}`);
  return [...options.slice(0, at), ...by, ...options.slice(at + old.length)];
}

export function cut(text: string, what: RegExp, by = ''): string {
  if (!what.test(text)) throw new Error(`${what.source} is not in the script`);
  return text.replace(what, () => by);
}

/** Takes away a run of options; functions, since what they name may be made by the test. */
export const option =
  (old: () => string[], by: () => string[] = () => []): Without =>
  (parts) => ({ ...parts, options: swap(parts.options, old(), by()) });

export const noFilter = option(() => ['--seccomp', String(FD.filter)]);
export const noGroup: Without = (parts) => ({ ...parts, group: null });
