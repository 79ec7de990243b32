/** The services as child processes: their output to a log file, restarted when they die, ended with us. */
import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, fstatSync, mkdirSync, openSync, readFileSync, readSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Sight } from './progress.ts';

/** A service that dies this often in a row before it was ready is not started again: something lasting is wrong. */
const DEATHS = 6;
/** Of those that somebody killed: that says little about the service, but may be want of memory. */
const KILLS = 30;
/** Waits before a start, doubled from death to death. */
const RESTART_MS = { first: 200, most: 10_000 };
/** A worker may take 30 s to hand its shards back. */
const GRACE_MS = 35_000;
/** Lines of API and worker: `worker: [start-up] compiling the engine`, `api: [main] ready on …`. */
const PHASE = /\[start-up\] (.+)$/;
const READY = /\] ready\b/;
/** The kernel counts in hundredths of a second. */
const TICK_MS = 10;

export interface Service {
  name: string;
  /** Arguments for Node. */
  args: string[];
  env: NodeJS.ProcessEnv;
}

export class Services {
  readonly #logs: string;
  readonly #children = new Map<string, ChildProcess>();
  /** Deaths in a row before it was ready. */
  readonly #deaths = new Map<string, { died: number; killed: number }>();
  /** Where in its log the present life of a service begins. */
  readonly #begins = new Map<string, number>();
  #stopping = false;
  /** Rejects when a service keeps dying; its log's last lines are in the error. */
  readonly failed: Promise<never>;
  #fail!: (error: Error) => void;

  constructor(logs: string) {
    this.#logs = logs;
    mkdirSync(logs, { recursive: true });
    this.failed = new Promise<never>((_, reject) => {
      this.#fail = reject;
    });
    this.failed.catch(() => undefined); // Whoever races against it hears it; nobody may race yet.
  }

  /** Starts a service; it inherits nothing but `env`. */
  start(service: Service): void {
    if (this.#stopping) return;
    const log = openSync(this.logOf(service.name), 'a', 0o600);
    this.#begins.set(service.name, fstatSync(log).size);
    // Tied to us: a launcher that is killed takes its services along, and they hold no port of the next start's.
    const child = spawn('setpriv', ['--pdeathsig', 'TERM', '--', process.execPath, ...service.args], {
      env: service.env,
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    this.#children.set(service.name, child);
    child.once('exit', (code, signal) => {
      if (this.#stopping) return;
      void this.#restart(service, signal ?? `exit code ${String(code)}`);
    });
  }

  /** The process id of a running service; undefined while it is down. */
  pidOf(name: string): number | undefined {
    const child = this.#children.get(name);
    return child?.exitCode === null && child.signalCode === null ? child.pid : undefined;
  }

  logOf(name: string): string {
    return join(this.#logs, `${name}.log`);
  }

  /** How far the start of a service is, and what it has used of the processor. */
  sightOf(name: string): Sight {
    const phases = this.#told(name).flatMap((line) => PHASE.exec(line)?.[1] ?? []);
    const pid = this.pidOf(name);
    return { name, phase: phases.at(-1) ?? null, cpuMs: pid === undefined ? 0 : processorMs(pid) };
  }

  /** Lines of its log since its present life began. */
  #told(name: string): string[] {
    return readFrom(this.logOf(name), this.#begins.get(name) ?? 0).split('\n');
  }

  async #restart(service: Service, how: string): Promise<void> {
    const wasReady = this.#told(service.name).some((line) => READY.test(line));
    const { died, killed } = (wasReady ? undefined : this.#deaths.get(service.name)) ?? {
      died: 0,
      killed: 0,
    };
    const now = how === 'SIGKILL' ? { died, killed: killed + 1 } : { died: died + 1, killed };
    this.#deaths.set(service.name, now);
    if (now.died >= DEATHS || now.killed >= KILLS) {
      const tail = (await readFile(this.logOf(service.name), 'utf8'))
        .trimEnd()
        .split('\n')
        .slice(-10)
        .join('\n');
      this.#fail(
        new Error(
          `the ${service.name} died ${now.died + now.killed} times in a row before it was ready (${how}). Its last lines:\n${tail}`,
        ),
      );
      return;
    }
    process.stderr.write(`! the ${service.name} died (${how}) and is started again\n`);
    await delay(Math.min(RESTART_MS.first * 2 ** (now.died + now.killed - 1), RESTART_MS.most));
    this.start(service);
  }

  /** Ends all services: politely, then by force. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await Promise.all(
      [...this.#children.values()].map(async (child) => {
        if (child.exitCode !== null || child.signalCode !== null) return;
        const gone = new Promise((resolve) => child.once('exit', resolve));
        child.kill('SIGTERM');
        const timer = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
        await gone;
        clearTimeout(timer);
      }),
    );
  }
}

/** Processor time of a process and of its children that ended. */
function processorMs(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The 12th to 15th word after the program's name: utime, stime, cutime, cstime.
    const ticks = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .slice(11, 15);
    return ticks.reduce((sum, text) => sum + Number(text), 0) * TICK_MS;
  } catch {
    return 0; // Gone since.
  }
}

/** A file's text from a place on, at most its last megabyte; empty where somebody removed it. */
function readFrom(path: string, from: number): string {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return '';
  }
  try {
    const { size } = fstatSync(file);
    const begin = Math.max(from, size - 2 ** 20);
    const bytes = Buffer.alloc(Math.max(0, size - begin));
    return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, begin)).toString();
  } finally {
    closeSync(file);
  }
}
