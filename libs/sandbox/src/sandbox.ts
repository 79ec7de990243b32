import { spawn, spawnSync } from 'node:child_process';
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
import { sweepOrphans } from './orphans.ts';
import { FifoMaker } from './fifos.ts';
import { PIPES, openPipes, widen } from './pipes.ts';
import { RunningSandbox } from './running-sandbox.ts';
import type { SandboxProcess, SandboxSpecification, Sandboxes } from './specification.ts';
import { assembleFilter } from './seccomp/filter.ts';
import { UidRange } from './uids.ts';

export interface SandboxOptions {
  /** uids for sandboxes when we are root, apart from those of other workers on the machine. */
  uids?: { first: number; count: number };
  /** false: limits by rlimits and the watchdog alone, even where there are control groups. */
  controlGroups?: boolean;
  /** A folder that only this user can enter, removed by the caller, for what is made ahead; without it nothing is. */
  spareFolder?: () => string;
}

/**
 * High above what distributions give to people, services and containers (from 100000 in 65,536s). Workers on one machine
 * are told apart by their pids.
 */
const DEFAULT_UIDS = { first: 2_000_000 + (process.pid % 4096) * 256, count: 256 };

/** /usr/bin/true and bwrap have 2 MiB. */
const PROBE_LIMITS = { memoryMiB: 64, processes: 16, tmpMiB: 1 };

/** Starts sandboxes by bubblewrap, as root (each under a uid of its own) or as an ordinary user. */
export class Sandbox implements Sandboxes {
  readonly #uids: UidRange | null;
  readonly #version: string;
  readonly #filter: Buffer;
  readonly #cells: Cells | null;
  readonly #fifos: FifoMaker;

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
    sweepOrphans();
    const { first, count } = options.uids ?? DEFAULT_UIDS;
    this.#uids = process.getuid?.() === 0 ? new UidRange(first, count) : null;
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
    const running = await this.start({ command: ['/usr/bin/true'], bindings: [], limits: PROBE_LIMITS });
    const exit = await running.exit;
    running.close();
    if (exit.cause === 'exited' && exit.code === 0) return;
    const said = exit.cause === 'not_started' ? exit.message : `${JSON.stringify(exit)} ${running.log()}`;
    throw new SandboxError(
      `no sandbox can be made on this machine: ${said.replace(/\s+/g, ' ').trim() || 'bubblewrap said nothing'}. ${SETUP_REMEDY}`,
    );
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
    const uids = this.#uids;
    const uid = uids?.take();
    let taken = uid !== undefined;
    const folder = specification.writable?.source;
    const giveBack = (): void => {
      if (taken && uid !== undefined) {
        if (folder !== undefined) lchownSync(folder, process.getuid?.() ?? 0, process.getgid?.() ?? 0);
        uids?.giveBack(uid);
      }
      taken = false;
    };
    // Closed here unless somebody else has them by then.
    const open = new Set<number>();
    const grace = this.#cells?.expect();
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
      const running = new RunningSandbox(child, pipes, specification.limits, cell, giveBack);
      open.clear();
      await running.forked;
      return running;
    } catch (error) {
      close(...open);
      giveBack();
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
