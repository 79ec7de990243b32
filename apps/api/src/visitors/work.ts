import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * What is done for one request, join or upload. It has ended once its answer is out and the last connection of the database that it
 * asked for was given back: who goes away leaves its queries running.
 */
export class Work {
  private uses = 0;
  private isAnswered = false;
  private hasEnded = false;

  constructor(private readonly ended: () => void) {}

  /** Its answer is out, or nobody waits for it any more. */
  answered(): void {
    this.isAnswered = true;
    this.look();
  }

  /** Asks for a connection of the database; what it returns gives it back, once. */
  use(): () => void {
    this.uses++;
    let isUsed = true;
    return () => {
      if (!isUsed) return;
      isUsed = false;
      this.uses--;
      this.look();
    };
  }

  private look(): void {
    if (!this.isAnswered || this.uses > 0 || this.hasEnded) return;
    this.hasEnded = true;
    this.ended();
  }
}

/** The work that is being done, in all that it calls and waits for. */
export const currentWork = new AsyncLocalStorage<Work>();

const nobodys = (): undefined => undefined;

/** For the pool: whose work asks for a connection. */
export const useDatabase = (): (() => void) => currentWork.getStore()?.use() ?? nobodys;
