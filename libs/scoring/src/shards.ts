/** Games a shard: enough that starting a sandbox (0.1 s) does not show, few enough that evaluations take turns. */
const SHARD_GAMES = 16;

/** Games of an evaluation that are dealt out together, for an agent that plays so many at once. */
export function shardSize(gamesAtOnce: number): number {
  return Math.max(SHARD_GAMES, gamesAtOnce);
}
