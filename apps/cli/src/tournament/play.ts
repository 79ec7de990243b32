import { setMaxListeners } from 'node:events';
import type { AgentHost, GameSpecification } from '@arena/evaluation';
import type { Manifest } from '@arena/protocol';
import { shardSize } from '@arena/scoring';
import { evaluate } from '../agent/evaluate.ts';
import { gameOf, seedsOf, specificationOf } from './games.ts';
import type { KeptGames } from './kept.ts';
import type { TournamentGame, TournamentSettings } from './report.ts';
import { err } from '../terminal/out.ts';

/** An agent that is unpacked, with what it has played. */
export interface Entrant {
  readonly name: string;
  readonly manifest: Manifest;
  readonly folder: string;
  readonly kept: KeptGames;
}

interface ShardWork {
  readonly entrant: Entrant;
  readonly games: readonly GameSpecification[];
}

/**
 * Plays what the entrants have not played yet, in the server's shards, one entrant after the other, `shards` of them at
 * once. Each finished game is kept, then told. Rejects with ShardAborted when a signal stopped it, and with PlatformError
 * or SandboxError when the platform failed three times at the same shard; games that are finished by then are kept.
 */
export async function playAll(
  entrants: readonly Entrant[],
  settings: TournamentSettings,
  { host, shards, finished }: Parts,
): Promise<void> {
  const waiting = entrants.flatMap((entrant) => shardsOf(entrant, settings));
  // Each running shard listens for the signals that stop it.
  setMaxListeners(shards + 10, process);
  let failure: unknown = null;
  const run = async (): Promise<void> => {
    for (;;) {
      const work = failure === null ? waiting.shift() : undefined;
      if (work === undefined) return;
      try {
        await playShard(work, settings, host, finished);
      } catch (error) {
        failure ??= error;
      }
    }
  };
  await Promise.all(Array.from({ length: shards }, run));
  if (failure !== null) throw failure as Error;
}

interface Parts {
  readonly host: AgentHost;
  readonly shards: number;
  readonly finished: (entrant: Entrant, game: TournamentGame) => void;
}

/** The whole evaluation is cut into shards as a server's; what is played of them is left out. */
function shardsOf(entrant: Entrant, settings: TournamentSettings): ShardWork[] {
  const games = seedsOf(settings).map((seeds, index) => specificationOf(settings, index, seeds));
  const size = shardSize(entrant.manifest.gamesAtOnce);
  return Array.from({ length: Math.ceil(games.length / size) }, (_, i) => ({
    entrant,
    games: games.slice(i * size, (i + 1) * size).filter(({ id }) => !entrant.kept.has(Number(id))),
  })).filter((shard) => shard.games.length > 0);
}

async function playShard(
  { entrant, games }: ShardWork,
  settings: TournamentSettings,
  host: AgentHost,
  finished: Parts['finished'],
): Promise<void> {
  const { name, manifest, folder, kept } = entrant;
  await evaluate({
    ...{ host, folder, manifest, games, limits: settings.limits },
    events: {
      finished: (result) => {
        const game = gameOf(result);
        kept.add(game);
        finished(entrant, game);
      },
    },
    again: (error) => {
      err(`${name}: ${error.message}; its shard is played again\n`);
    },
  });
}
