import { createHash } from 'node:crypto';
import { CHALLENGE_LIMITS } from '@arena/contracts';
import { DEFAULT_CLOCK } from '@arena/engine';
import { PlatformError, type GameResult, type GameSpecification } from '@arena/evaluation';
import { gameSeeds, type GameSeeds } from '@arena/scoring';
import type { TournamentGame, TournamentSettings } from './report.ts';

/** The challenge's rules: a random character, its limits, its clock. */
export function challengeSettings(seeds: string, games: number, engineId: string): TournamentSettings {
  return { games, seeds, character: '@', clock: DEFAULT_CLOCK, limits: CHALLENGE_LIMITS, engineId };
}

/** Seeds of games 0 … games-1 of a name: the rule of `npm run tapes`. */
export function seedsOf({ seeds, games }: Pick<TournamentSettings, 'seeds' | 'games'>): GameSeeds[] {
  const root = createHash('sha256').update(seeds).digest();
  return Array.from({ length: games }, (_, index) => gameSeeds(root, index));
}

export function specificationOf(
  settings: TournamentSettings,
  index: number,
  seeds: GameSeeds,
): GameSpecification {
  const { character, clock } = settings;
  return { id: String(index), seeds, character, clock, options: '' };
}

/** Throws PlatformError for a game that the platform failed at: it has to be played again. */
export function gameOf(result: GameResult): TournamentGame {
  const { score, turns, steps, deepestLevel, experienceLevel, ascended, character, endReason, death } =
    result;
  const { verdict, verdictReason, tape, agentTimeMs, gameTimeMs, startedAt, finishedAt } = result;
  if (verdict === 'sandbox_error') throw new PlatformError(verdictReason ?? 'the platform failed in a game');
  const digest = tape?.checkpoints.at(-1);
  if (digest === undefined) throw new PlatformError(`game ${result.id} came back without its tape`);
  return {
    index: Number(result.id),
    ...{ score, turns, steps, deepestLevel, experienceLevel, ascended, character, verdict, endReason, death },
    digest: Buffer.from(digest).toString('hex'),
    agentTimeMs: Math.round(agentTimeMs * 1000) / 1000,
    gameTimeMs: Math.round(gameTimeMs * 1000) / 1000,
    startedAt: startedAt.toISOString(),
    finishedAt: finishedAt.toISOString(),
  };
}
