import type { Limits } from './views.ts';

/** The contest of 2021 as far as it is known (steps, progress); times and sizes for a machine of two cores. */
export const CHALLENGE_LIMITS: Required<Limits> = {
  maxSteps: 1_000_000,
  noProgressSteps: 10_000,
  stepTimeoutMs: 30_000,
  timeBankMs: 600_000,
  startTimeoutMs: 60_000,
  memoryMiB: 2048,
  processes: 64,
  outputBytesPerFrame: 65_536,
  tmpMiB: 64,
  // Far above what an honest game needs: a million steps of an agent that answers within a millisecond last an hour, their
  // answers are 12 MB, and 64 games with full time banks are 11 hours.
  wallMs: 14_400_000,
  evaluationTimeMs: 172_800_000,
  outputBytesPerGame: 67_108_864,
  openFiles: 256,
  cpuPercent: 400,
};
