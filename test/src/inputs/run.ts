import { Chance } from './chance.ts';
import type { Kind, Taker } from './kind.ts';

/** Each input is taken within this; an upload takes a sandbox on a busy machine. */
export const DEADLINE_MS = 20_000;
/**
 * MiB that whatever takes the inputs may have gained between the first tenth and the end: an input kept of 1 kB each makes 90.
 * The API's resident memory goes up and down by 40 (measured), its heap is held to 192 besides.
 */
export const MOST_GROWTH_MIB = 80;
const WARM_SHARE = 0.1;

export interface Failure {
  readonly kind: string;
  readonly seed: number;
  readonly index: number;
  readonly input: Uint8Array;
  readonly message: string;
}

export interface Report {
  readonly kind: string;
  readonly count: number;
  readonly verdicts: Readonly<Record<string, number>>;
  readonly seconds: number;
  readonly slowestMs: number;
  readonly grownMiB: number;
  readonly failure: Failure | null;
}

export interface Observer {
  /** Before an input is given, so that one that stops this very process is known. */
  begin?: (failure: Omit<Failure, 'message'>) => void;
  progress?: (done: number) => void;
}

class Late extends Error {}

/** Gives inputs number `from` … `from + count - 1` of a seed to a kind; ends at the first that fails. */
export async function runKind(
  kind: Kind,
  count: number,
  seed: number,
  observer: Observer = {},
  from = 0,
): Promise<Report> {
  const taker = await kind.open();
  const verdicts: Record<string, number> = {};
  const begin = performance.now();
  let [next, done, slowestMs, warm] = [from, 0, 0, NaN];
  let failure: Failure | null = null;
  const stray = (error: unknown): void => {
    failure ??= {
      kind: kind.name,
      seed,
      index: next,
      input: new Uint8Array(0),
      message: `nobody's rejection: ${String(error)}`,
    };
  };
  process.on('unhandledRejection', stray);
  const one = async (): Promise<void> => {
    while (next < from + count && failure === null) {
      const index = next++;
      const input = taker.make(new Chance(seed, kind.name, index));
      const about = { kind: kind.name, seed, index, input };
      observer.begin?.(about);
      const start = performance.now();
      try {
        const verdict = await within(taker, input);
        verdicts[verdict] = (verdicts[verdict] ?? 0) + 1;
        const fault = taker.fault();
        if (fault !== null) throw new Error(fault);
      } catch (error) {
        failure ??= {
          ...about,
          message: error instanceof Error ? (error.stack ?? error.message) : String(error),
        };
        return;
      }
      slowestMs = Math.max(slowestMs, performance.now() - start);
      done += 1;
      if (done === Math.max(kind.warmAfter, Math.floor(count * WARM_SHARE))) warm = taker.memoryMiB();
      observer.progress?.(done);
    }
  };
  try {
    await Promise.all(Array.from({ length: kind.concurrency }, one));
    const grownMiB = Number.isNaN(warm) ? 0 : taker.memoryMiB() - warm;
    if (grownMiB > MOST_GROWTH_MIB)
      failure ??= {
        ...{ kind: kind.name, seed, index: from, input: new Uint8Array(0) },
        message: `it grew by ${grownMiB.toFixed(1)} MiB; ${MOST_GROWTH_MIB} are allowed`,
      };
    const seconds = (performance.now() - begin) / 1000;
    return { kind: kind.name, count: done, verdicts, seconds, slowestMs, grownMiB, failure };
  } finally {
    process.off('unhandledRejection', stray);
    await taker.close();
  }
}

async function within(taker: Taker, input: Uint8Array): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Late(`not taken within ${DEADLINE_MS} ms`));
    }, DEADLINE_MS);
  });
  try {
    return await Promise.race([taker.feed(input), late]);
  } finally {
    clearTimeout(timer);
  }
}
