import { spawn, spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { closeSync, existsSync, lchownSync, writeSync } from 'node:fs';
import {
  BWRAP,
  INNER_SCRIPT,
  MISSING_BWRAP,
  SETUP_REMEDY,
  bwrapOptions,
  nulSeparated,
  outerScript,
  rlimitsFor,
} from './bubblewrap.ts';
import type { Cell, Cells } from './cgroups/cell.ts';
import { probeCells } from './cgroups/probe.ts';
import { SandboxError } from './errors.ts';
import { sweepWaiting } from './orphans.ts';
import { Claims } from './claims.ts';
import { Faults } from './faults.ts';
import { Grip } from './grip.ts';
import { FifoMaker } from './fifos.ts';
import { PIPES, openPipes, widen } from './pipes.ts';
import { RunningSandbox } from './running-sandbox.ts';
import type { SandboxFault, SandboxProcess, SandboxSpecification, Sandboxes } from './specification.ts';
import { assembleFilter } from './seccomp/filter.ts';
import { UidRange } from './uids.ts';

export interface SandboxOptions {
  /** uids for sandboxes when we are root; other workers of this machine may give out of the same. */
  uids?: { first: number; count: number };
  /** false: limits by rlimits and the watchdog alone, even where there are control groups. */
  controlGroups?: boolean;
  /** A folder that only this user can enter, removed by the caller, for what is made ahead; without it nothing is. */
  spareFolder?: () => string;
}

/**
 * High above what distributions give to people, services and containers (from 100000 in 65,536s). All workers of a machine give
 * out of these, each sandbox one that no other has.
 */
const DEFAULT_UIDS = { first: 3_100_000, count: 65_536 };

/** /usr/bin/true and bwrap have 2 MiB. */
const PROBE_LIMITS = { memoryMiB: 64, processes: 16, tmpMiB: 1 };

/** Starts sandboxes by bubblewrap, as root (each under a uid of its own) or as an ordinary user. */
export class Sandbox implements Sandboxes {
  readonly #uids: UidRange | null;
  readonly #version: string;
  readonly #filter: Buffer;
  readonly #cells: Cells | null;
  readonly #fifos: FifoMaker;
  readonly #claims: Claims;
  readonly #faults = new Faults();
  readonly #swept: Promise<void>;

  /** Throws SandboxError when bubblewrap is missing. */
  constructor(options: SandboxOptions = {}) {
    if (!existsSync(BWRAP)) throw new SandboxError(MISSING_BWRAP);
    const asked = spawnSync(BWRAP, ['--version'], { env: {}, encoding: 'utf8' });
    if (asked.status !== 0) {
      throw new SandboxError(`${BWRAP} does not run: ${asked.error?.message ?? asked.stderr}`);
    }
    this.#version = asked.stdout.trim();
    this.#cells = options.controlGroups === false ? null : probeCells();
    this.#filter = assembleFilter({ unseenMemory: this.#cells !== null });
    this.#fifos = new FifoMaker(PIPES, options.spareFolder ?? null);
    this.#claims = new Claims();
    const { first, count } = options.uids ?? DEFAULT_UIDS;
    // Others begin elsewhere: fewer tries are needed to find one that is free.
    const begin = options.uids === undefined ? randomInt(count) : 0;
    this.#uids = process.getuid?.() === 0 ? new UidRange(this.#claims, { first, count, begin }) : null;
    this.#swept = this.#sweep();
  }

  /** One line, stored with each score: what held the agent in. */
  get description(): string {
    const uid = this.#uids ? 'own uid, process rlimit' : "the platform's uid";
    const held = this.#cells === null ? '' : `${this.#cells.description}; `;
    return `${this.#version}; namespaces, no network; seccomp allow list; ${uid}; ${held}rlimits; resident-memory watchdog`;
  }

  /**
   * Runs a program that does nothing, from bubblewrap's start to its end. Rejects with SandboxError when that does not
   * go as it should, with the reason and what to do in one line: better at a worker's start than at the first agent's.
   */
  async probe(): Promise<void> {
    await this.#swept;
    const running = await this.start({ command: ['/usr/bin/true'], bindings: [], limits: PROBE_LIMITS });
    const exit = await running.exit;
    running.close();
    if (exit.cause === 'exited' && exit.code === 0) return;
    const said = exit.cause === 'not_started' ? exit.message : `${JSON.stringify(exit)} ${running.log()}`;
    throw new SandboxError(
      `no sandbox can be made on this machine: ${said.replace(/\s+/g, ' ').trim() || 'bubblewrap said nothing'}. ${SETUP_REMEDY}`,
    );
  }

  faults(): readonly SandboxFault[] {
    return this.#faults.all();
  }

  /** What workers that died left here is ended; what cannot be is a fault that the health page shows. */
  async #sweep(): Promise<void> {
    sweepWaiting();
    try {
      for (const said of await this.#claims.sweep())
        this.#faults.add(
          'not_swept',
          `${said}. Their uids are not used; look with ps at what they wait for.`,
        );
    } catch (error) {
      this.#faults.add(
        'not_swept',
        `what workers that died left could not be looked for: ${(error as Error).message}`,
      );
    }
  }

  /** A start will follow within some milliseconds: what it would have to wait for begins now. Costs nothing if none does. */
  expect(): void {
    void this.#cells?.expect();
  }

  /**
   * Starts a program. Resolves once it was forked: 10 to 20 ms before its first instruction. What goes wrong until
   * then rejects with SandboxError; what goes wrong later is told by `exit`.
   */
  async start(specification: SandboxSpecification): Promise<SandboxProcess> {
    const options = nulSeparated(bwrapOptions(specification, this.#cells !== null));
    // A range may be small, and its uids still those of a worker that died.
    await this.#swept;
    const claim = this.#uids === null ? this.#claims.take(null) : this.#uids.take();
    const uid = claim?.uid ?? undefined;
    const folder = specification.writable?.source;
    const giveBack = (): void => {
      if (folder === undefined || uid === undefined) return;
      try {
        lchownSync(folder, process.getuid?.() ?? 0, process.getgid?.() ?? 0);
      } catch {
        // Whoever made it has removed it: there is nothing left to own.
      }
    };
    // Closed here unless somebody else has them by then.
    const open = new Set<number>();
    const grace = this.#cells?.expect();
    // From then on its end gives all back.
    let isRunning = false;
    const close = (...fds: number[]): void => {
      for (const fd of fds) if (open.delete(fd)) closeSync(fd);
    };
    try {
      if (folder !== undefined && uid !== undefined) lchownSync(folder, uid, uid);
      const pipes = openPipes(this.#fifos.take());
      for (const { read, write } of Object.values(pipes)) open.add(read).add(write);
      widen(pipes.stdin, specification.stdinBytes ?? 0);
      // By position: 0, 1, 2, FD.up, FD.args; then FD.status and FD.filter.
      const given = [
        pipes.stdin.read,
        pipes.stdout.write,
        pipes.stderr.write,
        pipes.up.write,
        pipes.options.read,
      ];
      const script = outerScript(rlimitsFor(specification, uid !== undefined));
      const child = spawn(
        '/bin/bash',
        ['--noprofile', '--norc', '-c', script, INNER_SCRIPT, ...specification.command],
        {
          // Nothing of ours, for bwrap itself too: the agent can read /proc/1/environ.
          env: {},
          cwd: '/',
          ...(uid === undefined ? {} : { uid, gid: uid }),
          stdio: [...given, 'pipe', pipes.filter.read],
        },
      );
      const cell = this.#enclose(child.pid, specification.limits);
      // Only now, since bwrap starts nothing before it has read its options to their end. Some 2 and 4 kB, which the
      // pipes take at once (each holds 64): nothing waits for a turn of the event loop.
      writeSync(pipes.options.write, options);
      writeSync(pipes.filter.write, this.#filter);
      close(...given, pipes.filter.read, pipes.options.write, pipes.filter.write);
      const running = new RunningSandbox(child, pipes, {
        grip: new Grip(cell, claim),
        limits: specification.limits,
        over: giveBack,
        onFault: (kind, message) => {
          this.#faults.add(kind, message);
        },
      });
      open.clear();
      isRunning = true;
      await running.forked;
      return running;
    } catch (error) {
      close(...open);
      if (!isRunning) {
        giveBack();
        claim?.release();
      }
      throw error;
    } finally {
      await grace;
    }
  }

  /** Puts the process that will be bwrap into a group of its own. Throws SandboxError, and ends it, where that fails. */
  #enclose(pid: number | undefined, limits: SandboxSpecification['limits']): Cell | null {
    // What could not be forked is told by its error event.
    if (this.#cells === null || pid === undefined) return null;
    let cell: Cell | null = null;
    try {
      cell = this.#cells.make(limits);
      cell.enter(pid);
      return cell;
    } catch (cause) {
      process.kill(pid, 'SIGKILL');
      void cell?.remove();
      throw new SandboxError(`no control group could be made: ${(cause as Error).message}`, { cause });
    }
  }
}
