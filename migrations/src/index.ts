import { Foundation1763800000000 } from './1763800000000-foundation.ts';
import { Strikes1763900000000 } from './1763900000000-strikes.ts';
import { TapeFiles1764500000000 } from './1764500000000-tape-files.ts';
import { InvalidAction1764600000000 } from './1764600000000-invalid-action.ts';
import { OfferedRuntimes1764700000000 } from './1764700000000-offered-runtimes.ts';
import { ForbiddenCall1764800000000 } from './1764800000000-forbidden-call.ts';
import { TryOuts1764900000000 } from './1764900000000-try-outs.ts';
import { MoreLimits1765000000000 } from './1765000000000-more-limits.ts';
import { EngineError1765050000000 } from './1765050000000-engine-error.ts';
import { WorkerFaults1765060000000 } from './1765060000000-worker-faults.ts';
import { ScreenDescriptions1765070000000 } from './1765070000000-screen-descriptions.ts';

/** Every migration in its order. A migration that was released is never edited; a change is a new one. */
export const MIGRATIONS = [
  Foundation1763800000000,
  Strikes1763900000000,
  TapeFiles1764500000000,
  InvalidAction1764600000000,
  OfferedRuntimes1764700000000,
  ForbiddenCall1764800000000,
  TryOuts1764900000000,
  MoreLimits1765000000000,
  EngineError1765050000000,
  WorkerFaults1765060000000,
  ScreenDescriptions1765070000000,
] as const;
