import { CHALLENGE_LIMITS } from '@arena/contracts';
import { boundsOf } from '../bounds.ts';
import { seedsOf } from '../games.ts';
import {
  agentReport,
  FORMAT,
  type AgentReport,
  type TournamentAgent,
  type TournamentGame,
  type TournamentReport,
} from '../report.ts';

export function game(index: number, figures: Partial<TournamentGame> = {}): TournamentGame {
  const startedAt = new Date(Date.UTC(2026, 0, 1, 0, 0, index)).toISOString();
  return {
    ...{
      index,
      score: 100 + index,
      turns: 50,
      steps: 60,
      deepestLevel: 1,
      experienceLevel: 1,
      ascended: false,
    },
    ...{ character: 'Val-Hum-Fem-Law', verdict: 'ok', endReason: 'game_over', death: 'killed by a newt' },
    ...{ digest: `${index}`.padStart(64, '0'), agentTimeMs: 6, gameTimeMs: 3 },
    ...{ startedAt, finishedAt: new Date(Date.parse(startedAt) + 2000).toISOString() },
    ...figures,
  };
}

export function about(name: string, more: Partial<TournamentAgent> = {}): TournamentAgent {
  return {
    ...{ name, version: '1.0.0', kind: 'symbolic', runtime: 'node', description: '' },
    ...{ sha256: 'a'.repeat(64), ...more },
  };
}

/** An agent whose games had these scores. */
export const scored = (
  name: string,
  scores: readonly number[],
  more: Partial<TournamentGame> = {},
): AgentReport =>
  agentReport(
    about(name),
    scores.map((score, index) => game(index, { ...more, score })),
  );

export function reportOf(agents: readonly AgentReport[]): TournamentReport {
  const games = Math.max(0, ...agents.map((agent) => agent.games.length));
  const settings = {
    ...{ games, seeds: 'tournament', character: '@', clock: 1_623_758_400 },
    ...{ limits: CHALLENGE_LIMITS, engineId: 'e'.repeat(64) },
  };
  return {
    ...{ format: FORMAT, date: '2026-01-01T00:00:02.000Z', seconds: 2, settings, agents },
    seeds: seedsOf(settings).map(({ core, disp }) => ({ core: String(core), disp: String(disp) })),
    machine: { processors: 2, model: 'a processor', sandbox: 'a sandbox' },
    bounds: boundsOf(agents),
  };
}
