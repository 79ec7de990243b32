import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Chance } from './chance.ts';

/** A sort of input, and the part of the platform that takes it. */
export interface Kind {
  readonly name: string;
  /** At once; what is taken in this process goes one by one. */
  readonly concurrency: number;
  /** Inputs after which what is made once is there: code, pools, caches. Shorter runs say nothing of growth. */
  readonly warmAfter: number;
  open(): Promise<Taker>;
}

export interface Taker {
  make(chance: Chance): Uint8Array;
  /** How the input was taken, in a word or two. Throws where that is a fault of the platform. */
  feed(input: Uint8Array): Promise<string>;
  /** MiB held by what takes it, after a collection where it is this process. */
  memoryMiB(): number;
  /** What else went wrong, such as lines of a log; null: nothing. */
  fault(): string | null;
  close(): Promise<void>;
}

/** Held by this process. */
export function ownMemoryMiB(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 2 ** 20;
}
