/** The competition that a fresh arena has. */
import { createHash } from 'node:crypto';
import type { CompetitionView, Limits } from '@arena/contracts';

/** The contest of 2021 as far as it is known (steps, progress); times and sizes for a machine of two cores. */
export const CHALLENGE_LIMITS: Limits = {
  maxSteps: 1_000_000,
  noProgressSteps: 10_000,
  stepTimeoutMs: 30_000,
  timeBankMs: 600_000,
  startTimeoutMs: 60_000,
  memoryMiB: 2048,
  processes: 64,
  outputBytesPerFrame: 65_536,
  tmpMiB: 64,
};

/** Public on purpose: everyone's demo plays the same games. A contest leaves it out and gets a secret one. */
const MASTER_SEED = createHash('sha256').update('NetHack Arena demo').digest('hex');

/** The demo competition proper is that of `npm start` without further words. */
const GAMES_USUAL = 64;

/** A competition's games are fixed once there are submissions, so each number of games has one of its own. */
export function demoCompetition(games: number): {
  slug: string;
  settings: Omit<CompetitionView, 'slug'> & { masterSeed: string };
} {
  const usual = games === GAMES_USUAL;
  return {
    slug: usual ? 'demo' : `demo-${games}`,
    settings: {
      name: usual ? 'Demo' : `Demo, ${games} games`,
      description:
        'NetHackChallenge-v0: random characters, all 121 actions, at most a million steps a game. The bundled agents show the way.',
      gamesPerEvaluation: games,
      limits: CHALLENGE_LIMITS,
      masterSeed: MASTER_SEED,
    },
  };
}
