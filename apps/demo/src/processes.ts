/** The services as child processes: their output to a log file, restarted when they die, ended with us. */
import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** A service that dies this often within RESTART_WINDOW_MS is not started again: something lasting is wrong. */
const RESTARTS = 5;
const RESTART_WINDOW_MS = 60_000;
/** A worker may take 30 s to hand its shards back. */
const GRACE_MS = 35_000;

export interface Service {
  name: string;
  /** Arguments for Node. */
  args: string[];
  env: NodeJS.ProcessEnv;
}

export class Services {
  readonly #logs: string;
  readonly #children = new Map<string, ChildProcess>();
  readonly #deaths = new Map<string, number[]>();
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

  async #restart(service: Service, how: string): Promise<void> {
    const now = Date.now();
    const recent = (this.#deaths.get(service.name) ?? []).filter((time) => now - time < RESTART_WINDOW_MS);
    this.#deaths.set(service.name, [...recent, now]);
    if (recent.length >= RESTARTS) {
      const tail = (await readFile(this.logOf(service.name), 'utf8'))
        .trimEnd()
        .split('\n')
        .slice(-10)
        .join('\n');
      this.#fail(
        new Error(
          `the ${service.name} died ${RESTARTS + 1} times in a minute (${how}). Its last lines:\n${tail}`,
        ),
      );
      return;
    }
    process.stderr.write(`! the ${service.name} died (${how}) and is started again\n`);
    await delay(200 * 2 ** recent.length);
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
