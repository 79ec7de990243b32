/** The games `from` … `to − 1` of one evaluation. */
export interface ShardJob {
  evaluationId: string;
  from: number;
  to: number;
  /** What runs the agent: only workers that offer it take the shard. */
  runtime: string;
  /** The longest that playing it can take, in seconds. */
  seconds: number;
  /** Tries that a fault of the platform used up so far; missing: none. */
  faults?: number;
}

export interface LeasedShard {
  id: string;
  job: ShardJob;
  /** 0 at the first lease. */
  retry: number;
  /** Aborted when the lease is lost: another worker may have the shard already. */
  lost: AbortSignal;
}

/** A shard that failed in all its tries, or was leased too often, with the last reason. */
export interface DeadShard {
  job: ShardJob;
  /** Tries that faults of the platform used up. */
  tries: number;
  /** How often a worker had it, tries included. */
  leases: number;
  reason: string;
}

/** All queues of shards begin so; the dead letters' does not. */
const PREFIX = 'shards/';
/** The same as a pattern of LIKE. */
export const QUEUE_PATTERN = `${PREFIX}%`;
/** The one queue for all runtimes that earlier versions had. */
export const FORMER_QUEUE = 'shards';

/** Each runtime has a queue, since pg-boss leases whatever comes first in one. */
export function queueOf(runtime: string): string {
  return PREFIX + runtime;
}

/** The runtime of a queue's name. */
export function runtimeOf(queue: string): string {
  return queue.slice(PREFIX.length);
}
