import type { SandboxLimits } from '../specification.ts';
import type { Source } from './look.ts';

/** To the thread that watches. */
export type Order =
  | { kind: 'watch'; id: number; source: Source; limits: Watched; figures: SharedArrayBuffer }
  | { kind: 'leave'; id: number };

/** From it: a limit was passed. */
export interface Breach {
  id: number;
  what: 'memory' | 'processes';
  /** MiB, or how many. */
  value: number;
}

/** What is looked at; the rest of a sandbox's limits hold by themselves. */
export type Watched = Pick<SandboxLimits, 'memoryMiB' | 'processes'>;

/** Places of the figures that both sides see, as 64-bit floats. */
export const PLACES = { peakMemoryMiB: 0, peakProcesses: 1, cpuMs: 2 } as const;
export const FIGURES_BYTES = 8 * Object.keys(PLACES).length;

/** Of the processes counted, bubblewrap's: the first inside. */
export const OWN_PROCESSES = 1;
