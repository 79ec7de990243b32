export * from './entities/index.ts';
export * from './database/data-source.ts';
export { DatabaseBusyError } from './database/bounded-pool.ts';
export { isUnavailable } from './database/unavailable.ts';
export { migrate } from './database/migrate.ts';
export { Listener, type ListenerOptions } from './database/listener.ts';
export type { DeadShard, LeasedShard, ShardJob } from './queue/jobs.ts';
export * from './queue/shard-queue.ts';
export { TRIES, UncountedFailure } from './queue/failures.ts';
export { ArchiveRepository } from './repositories/archives.ts';
export { BoardRepository } from './repositories/boards.ts';
export * from './repositories/competitions.ts';
export { EvaluationRepository } from './repositories/evaluations.ts';
export { GameRepository } from './repositories/games.ts';
export { gameRow } from './repositories/game-views.ts';
export { PlayRepository, type GameReport, type ShardPlan } from './repositories/plays.ts';
export {
  DuplicateSubmissionError,
  SubmissionRepository,
  type NewSubmission,
} from './repositories/submissions.ts';
export { STRIKES, StrikeRepository, type Strike } from './repositories/strikes.ts';
export { TryOutRepository } from './repositories/try-outs.ts';
export { WORKER_BEAT_MS, WORKER_LOST_MS } from './repositories/offers.ts';
export { Repeated } from './repositories/repeated.ts';
export * from './repositories/sweep.ts';
export { Sweeper, type SweepLog } from './repositories/sweeper.ts';
export * from './repositories/workers.ts';
