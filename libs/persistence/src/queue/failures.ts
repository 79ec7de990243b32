/** Which failures use up a shard's tries. */
import type { PgBoss } from 'pg-boss';
import { SCHEMA } from './schema.ts';

/** How often a shard may fail by a fault of the platform; then its evaluation ends as failed. */
export const TRIES = 6;
/**
 * Leases of a shard in all. What ends with its worker (killed, lost power, out of memory) uses up none of the tries, but a
 * shard that takes every worker down has an end: with half a minute between two leases that is half an hour.
 */
export const LEASES = 56;
/** Failures that use up no try make room for another lease, up to this many: with half a minute between two, three days. */
const MOST_LEASES = 10_000;

/**
 * What a handler rejects with where its failure uses up none of the shard's tries: the worker stops, its disk is full, the
 * database is gone. Never for what an agent can bring about.
 */
export class UncountedFailure extends Error {
  override name = 'UncountedFailure';

  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

const HELD = `"name" = $1 AND "id" = $2 AND "state" = 'active' AND "retry_count" = $3`;
const FAULTS = `coalesce(("data"->>'faults')::int, 0) + 1`;

/** Counts a try; the last one leaves no further lease. */
const COUNT = `
UPDATE ${SCHEMA}.job SET "data" = jsonb_set("data", '{faults}', to_jsonb(${FAULTS})),
  "retry_limit" = CASE WHEN ${FAULTS} >= ${TRIES} THEN "retry_count" ELSE "retry_limit" END
WHERE ${HELD}`;

const MAKE_ROOM = `
UPDATE ${SCHEMA}.job SET "retry_limit" = greatest("retry_limit", least("retry_limit" + 1, ${MOST_LEASES})) WHERE ${HELD}`;

/**
 * Gives a shard that failed to the next lease, or ends it after its last try. Changes nothing where the lease is another's by now.
 * A process that dies between the two statements leaves a lease that runs out.
 */
export async function settleFailure(
  boss: PgBoss,
  queue: string,
  attempt: { id: string; retryCount: number },
  error: unknown,
): Promise<void> {
  const statement = error instanceof UncountedFailure ? MAKE_ROOM : COUNT;
  await boss.getDb().executeSql(statement, [queue, attempt.id, attempt.retryCount]);
  await boss.fail(queue, attempt, { message: error instanceof Error ? error.message : String(error) });
}
