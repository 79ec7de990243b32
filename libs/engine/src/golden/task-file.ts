import { words } from './encoding.ts';

/** A recorded episode of a task: how it was made, its actions, its rewards, a digest of every observation. */
export interface GoldenTask {
  readonly id: string;
  /** e.g. `NetHackScore-v0` */
  readonly task: string;
  readonly character: string;
  readonly maxEpisodeSteps: number;
  readonly core: string;
  readonly disp: string;
  readonly clock: number;
  readonly observationKeys: readonly string[];
  readonly actionKeys: readonly number[];
  readonly actions: readonly number[];
  readonly rewards: readonly number[];
  readonly done: boolean;
  readonly endStatus: number | null;
  readonly isAscended: boolean;
  /** One an observation: CRC-32 run over the fields one after another. */
  readonly obsCrc: Uint32Array;
}

/** Null for anything that is no task trace. */
export function asGoldenTask(raw: Record<string, unknown>): GoldenTask | null {
  if (typeof raw['task'] !== 'string' || typeof raw['obsCrc'] !== 'string') return null;
  return { ...(raw as unknown as GoldenTask), obsCrc: words(raw['obsCrc']) };
}
