import type { AgentKind, GameRow, GameView } from '@arena/contracts';
import type { Game } from '../entities/index.ts';

/** Row of a list, from the entity. */
export function gameRow(game: Game): GameRow {
  return {
    id: game.id,
    index: game.index,
    state: game.state,
    verdict: game.verdict,
    verdictReason: game.verdictReason,
    endReason: game.endReason,
    score: game.score,
    turns: game.turns,
    steps: game.steps,
    deepestLevel: game.deepestLevel,
    experienceLevel: game.experienceLevel,
    character: game.character,
    death: game.death,
    ascended: game.ascended,
    startedAt: game.startedAt?.toISOString() ?? null,
    finishedAt: game.finishedAt?.toISOString() ?? null,
  };
}

export interface AgentOfGame {
  submissionId: string;
  agentName: string;
  agentVersion: string;
  kind: AgentKind;
  competition: string;
}

export function gameView(game: Game, agent: AgentOfGame): GameView {
  return {
    ...gameRow(game),
    ...agent,
    attempts: game.attempt,
    screenDescriptions: game.screenDescriptions,
    cpuTimeMs: game.cpuTimeUs === null ? null : game.cpuTimeUs / 1000,
    agentTimeMs: game.agentTimeUs === null ? null : game.agentTimeUs / 1000,
    gameTimeMs: game.gameTimeUs === null ? null : game.gameTimeUs / 1000,
    engineId: game.engineId,
    limits: game.limits,
    xlogfile: game.xlogfile,
    log: game.log,
  };
}
