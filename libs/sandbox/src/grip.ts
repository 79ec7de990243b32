import { setTimeout as delay } from 'node:timers/promises';
import type { Cell } from './cgroups/cell.ts';
import type { Claim } from './claims.ts';
import { endProcess, isRunning, type ProcessIdentity } from './processes.ts';
import { endUser, runningOf } from './users.ts';

/** Until then the kernel needs no help: after SIGKILL 300 processes are gone within 60 ms here. */
const PATIENCE_MS = 200;
const LONGEST_PAUSE_MS = 20;

/**
 * What the host holds a sandbox by: its control group, its uid and the first process of its pid namespace. None of them is in the
 * agent's hands: it cannot leave the group or the namespace, nor change its uid, whoever its parent is.
 */
export class Grip {
  readonly cell: Cell | null;
  readonly #claim: Claim | null;
  #root: ProcessIdentity | null = null;

  constructor(cell: Cell | null, claim: Claim | null) {
    this.cell = cell;
    this.#claim = claim;
  }

  /** Of its processes. */
  get uid(): number {
    return this.#claim?.uid ?? process.getuid?.() ?? 0;
  }

  get root(): ProcessIdentity | null {
    return this.#root;
  }

  /** The first process of the pid namespace. */
  know(root: ProcessIdentity): void {
    this.#root = root;
    // Of a uid of its own all processes can be found.
    if (this.#claim?.uid === null) this.#claim.note(root);
  }

  /** Sends SIGKILL to all that can be told without a search. */
  kill(): void {
    this.cell?.kill();
    if (this.#root !== null) endProcess(this.#root);
  }

  /** Ends all, and waits until nobody is left. Resolves to whether that was so within the limit. */
  async end(limitMs: number): Promise<boolean> {
    const begin = performance.now();
    for (let pause = 1; this.#isLeft(); pause = Math.min(LONGEST_PAUSE_MS, 2 * pause)) {
      const spent = performance.now() - begin;
      if (spent > limitMs) return false;
      this.kill();
      if (spent > PATIENCE_MS || !this.#isKnown) await this.#endUser();
      await delay(pause);
    }
    return true;
  }

  /** Gives the uid and the group back: only once nobody is left. */
  async letGo(): Promise<void> {
    await this.cell?.remove();
    this.#claim?.release();
  }

  /** Without either, only the uid tells who is there. */
  get #isKnown(): boolean {
    return this.cell !== null || this.#root !== null;
  }

  #isLeft(): boolean {
    if (this.#root !== null && isRunning(this.#root)) return true;
    if (this.cell !== null) return !this.cell.isEmpty();
    const uid = this.#claim?.uid ?? null;
    return this.#root === null && uid !== null && runningOf(uid).length > 0;
  }

  async #endUser(): Promise<void> {
    const uid = this.#claim?.uid ?? null;
    if (uid !== null) await endUser(uid);
  }
}
