import type { ShardJob } from '../queue/shard-queue.ts';

/** Cuts an evaluation's games into shards of `size`; the last may be smaller. */
export function shardsOf(evaluationId: string, size: number, games: number): ShardJob[] {
  const shards: ShardJob[] = [];
  for (let from = 0; from < games; from += size)
    shards.push({ evaluationId, from, to: Math.min(from + size, games) });
  return shards;
}
