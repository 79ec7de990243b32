/** The competition that a fresh arena has. */
import { CHALLENGE_LIMITS, type NewCompetition } from '@arena/contracts';
import { DEMO_MASTER_SEED } from '@arena/scoring';

/** The demo competition proper is that of `npm start` without further words. */
const GAMES_USUAL = 64;

/** A competition's games are fixed once there are submissions, so each number of games has one of its own. */
export function demoCompetition(games: number): {
  slug: string;
  settings: NewCompetition;
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
      masterSeed: Buffer.from(DEMO_MASTER_SEED).toString('hex'),
    },
  };
}
