/** From what the evaluation found to what the database keeps. */
import type { GameResult } from '@arena/evaluation';
import type { GameReport } from '@arena/persistence';

/** Null for a sandbox error: that game is not reported but played again. */
export function toReport(result: GameResult, workerId: string): GameReport | null {
  const { id, verdict, agentTimeMs, gameTimeMs, tape, ...same } = result;
  if (verdict === 'sandbox_error') return null;
  return {
    ...same,
    verdict,
    gameId: id,
    workerId,
    agentTimeUs: agentTimeMs * 1000,
    gameTimeUs: gameTimeMs * 1000,
    keys: tape,
  };
}
