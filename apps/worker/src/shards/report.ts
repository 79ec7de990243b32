/** From what the evaluation found to what the database keeps. */
import { PlatformError, type GameResult } from '@arena/evaluation';
import type { GameReport } from '@arena/persistence';
import { encodeTape } from '@arena/tape';

/** A game whose verdict counts. A sandbox error is not reported: that game is played again. */
export type JudgedResult = GameResult & Pick<GameReport, 'verdict'>;

export function isJudged(result: GameResult): result is JudgedResult {
  return result.verdict !== 'sandbox_error';
}

/** Packs the tape, in zlib's own threads. Rejects with PlatformError for a game that began and has none. */
export async function toReport(result: JudgedResult, workerId: string): Promise<GameReport> {
  const { id, agentTimeMs, cpuTimeMs, gameTimeMs, tape, ...same } = result;
  if (tape === null && result.verdict !== 'engine_error')
    throw new PlatformError(`game ${id} came back without its tape`);
  return {
    ...same,
    gameId: id,
    workerId,
    agentTimeUs: agentTimeMs * 1000,
    cpuTimeUs: cpuTimeMs === null ? null : cpuTimeMs * 1000,
    gameTimeUs: gameTimeMs * 1000,
    tape: tape === null ? null : await encodeTape(tape),
  };
}
