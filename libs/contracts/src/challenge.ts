import type { Limits } from './views.ts';

/** The contest of 2021 as far as it is known (steps, progress); times and sizes for a machine of two cores. */
export const CHALLENGE_LIMITS: Limits = {
  maxSteps: 1_000_000,
  noProgressSteps: 10_000,
  stepTimeoutMs: 30_000,
  timeBankMs: 600_000,
  startTimeoutMs: 60_000,
  memoryMiB: 2048,
  processes: 64,
  outputBytesPerFrame: 65_536,
  tmpMiB: 64,
};
