import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SandboxError } from './errors.ts';

const MKFIFO = '/usr/bin/mkfifo';
/** So many sets are made by one mkfifo. */
const BATCH = 8;

/** FIFOs by name, not opened yet, in a folder that only we can enter. */
export interface Fifos {
  readonly paths: readonly string[];
  /** Takes their names away; who has them open keeps them. */
  drop(): void;
}

/**
 * Makes sets of FIFOs with these names. To start mkfifo from a process of a worker's size takes 7 ms of a sandbox's start, and Node has no
 * mkfifo(3); so sets are made ahead, while agents start, where there is a folder to keep them.
 */
export class FifoMaker {
  readonly #names: readonly string[];
  readonly #parent: (() => string) | null;
  #spare: Fifos[] = [];
  #refilling = false;

  /** `parent`: where spare sets may lie; it is removed by whoever gave it. */
  constructor(names: readonly string[], parent: (() => string) | null) {
    this.#names = names;
    this.#parent = parent;
  }

  /** Throws SandboxError. */
  take(): Fifos {
    const found = this.#spare.pop() ?? this.#makeNow();
    if (this.#parent !== null)
      setImmediate(() => {
        this.#refill();
      });
    return found;
  }

  #makeNow(): Fifos {
    const fifos = this.#named(tmpdir());
    const made = spawnSync(MKFIFO, ['-m', '600', ...fifos.paths], { env: {}, encoding: 'utf8' });
    if (made.status === 0) return fifos;
    fifos.drop();
    throw new SandboxError(
      `could not make pipes in ${tmpdir()}: ${made.error?.message ?? made.stderr}. mkfifo comes with the Debian package coreutils.`,
    );
  }

  #refill(): void {
    if (this.#refilling || this.#spare.length > 0 || this.#parent === null) return;
    let batch: Fifos[];
    try {
      const folder = this.#parent();
      batch = Array.from({ length: BATCH }, () => this.#named(folder));
    } catch {
      // The folder is gone or full: the next set is made when it is needed, and says why it cannot be.
      return;
    }
    this.#refilling = true;
    const child = spawn(MKFIFO, ['-m', '600', ...batch.flatMap(({ paths }) => paths)], {
      env: {},
      stdio: 'ignore',
    });
    const done = (well: boolean): void => {
      this.#refilling = false;
      if (well) this.#spare.push(...batch);
      else for (const fifos of batch) fifos.drop();
    };
    child.once('error', () => {
      done(false);
    });
    child.once('exit', (code) => {
      done(code === 0);
    });
    // Nobody waits for it: a program that is done may end.
    child.unref();
  }

  #named(parent: string): Fifos {
    const folder = mkdtempSync(join(parent, 'arena-pipes-'));
    return {
      paths: this.#names.map((name) => join(folder, name)),
      drop: () => {
        rmSync(folder, { recursive: true, force: true });
      },
    };
  }
}
