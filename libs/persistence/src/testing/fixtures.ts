import type { Limits } from '@arena/contracts';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { CompetitionSettings } from '../repositories/competitions.ts';
import type { GameReport } from '../repositories/plays.ts';
import type { NewSubmission } from '../repositories/submissions.ts';
import type { WorkerCard } from '../repositories/workers.ts';

/** Valid values for tests that are about something else. */
export const LIMITS: Limits = {
  maxSteps: 1_000_000,
  noProgressSteps: 10_000,
  stepTimeoutMs: 2_000,
  timeBankMs: 60_000,
  startTimeoutMs: 10_000,
  memoryMiB: 512,
  processes: 64,
  outputBytesPerFrame: 4_096,
  tmpMiB: 64,
};

export function competitionSettings(change: Partial<CompetitionSettings> = {}): CompetitionSettings {
  return {
    name: 'Test',
    description: 'A competition of the tests.',
    task: 'NetHackChallenge-v0',
    gamesPerEvaluation: 4,
    limits: LIMITS,
    character: '@',
    options: 'number_pad:0',
    clock: 1_623_758_400,
    screenDescriptions: false,
    masterSeed: Buffer.alloc(32, 1),
    ...change,
  };
}

/** Each call another archive, unless one is given. */
export function newSubmission(competition: string, change: Partial<NewSubmission> = {}): NewSubmission {
  const bytes = randomBytes(64);
  return {
    competition,
    archive: { bytes, sha256: createHash('sha256').update(bytes).digest('hex') },
    agentName: 'random',
    agentVersion: '1.0.0',
    kind: 'symbolic',
    description: 'Plays at random.',
    authors: ['A. Tester'],
    manifest: { name: 'random' },
    runtime: 'node',
    protocolVersion: 1,
    gamesAtOnce: 2,
    ...change,
  };
}

export function workerCard(change: Partial<WorkerCard> = {}): WorkerCard {
  return {
    id: randomUUID(),
    name: 'host:1',
    version: '0.1.0',
    engineId: 'e'.repeat(64),
    sandbox: 'bubblewrap',
    protocolVersion: 1,
    shards: 1,
    runtimes: ['node', 'python'],
    missingRuntimes: {},
    ...change,
  };
}

export function gameReport(gameId: string, workerId: string, change: Partial<GameReport> = {}): GameReport {
  return {
    gameId,
    workerId,
    engineId: 'e'.repeat(64),
    sandbox: 'bubblewrap',
    limits: LIMITS,
    verdict: 'ok',
    verdictReason: null,
    endReason: 'game_over',
    how: 'DIED',
    score: 100,
    turns: 1000,
    steps: 8,
    deepestLevel: 2,
    experienceLevel: 3,
    character: 'Val-Hum-Fem-Law',
    death: 'killed by a newt',
    ascended: false,
    xlogfile: { points: '120', death: 'killed by a newt' },
    agentTimeUs: 1500,
    cpuTimeUs: 1200,
    gameTimeUs: 2500,
    log: null,
    tape: Buffer.from('a tape'),
    ...change,
  };
}
