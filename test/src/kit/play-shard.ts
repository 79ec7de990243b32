import type { Limits } from '@arena/contracts';
import { Shard, type AgentHost, type GameResult, type ShardReport } from '@arena/evaluation';
import type { Manifest } from '@arena/protocol';
import { gameSeeds } from '@arena/scoring';

export interface ShardPlay {
  host: AgentHost;
  agentFolder: string;
  manifest: Manifest;
  limits: Limits;
  /** How many. */
  games: number;
  /** Two plays with the same number have games of the same seeds. */
  seed: number;
}

/** Plays games of random characters with one agent; their results are in the order of the games, whatever ended first. */
export async function playShard(play: ShardPlay): Promise<{ results: GameResult[]; report: ShardReport }> {
  const { games, seed, ...parts } = play;
  const results: GameResult[] = [];
  const report = await new Shard({
    ...parts,
    games: Array.from({ length: games }, (_, i) => ({
      id: `game ${i}`,
      seeds: gameSeeds(Buffer.alloc(32, seed), i),
      character: '@',
      options: '',
      clock: 1_623_758_400,
    })),
    events: {
      finished: (result) => {
        results.push(result);
      },
    },
  }).run();
  return { results: results.sort((a, b) => a.id.localeCompare(b.id)), report };
}
