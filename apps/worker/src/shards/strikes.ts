/** Which of an agent's failures count against its evaluation as a whole; the rule itself is the database's side. */
import type { AgentFailure, GameResult } from '@arena/evaluation';
import type { Strike } from '@arena/persistence';

/** A process that never answered; or one that let the clock run out. Other failures cost the queue no time. */
export function strikeOfFailure({ verdict, reason, answered }: AgentFailure): Strike | null {
  if (verdict === 'ok' || verdict === 'engine_error' || verdict === 'sandbox_error') return null;
  if (!answered) return { kind: 'silent', verdict, reason };
  // Where all banks are empty, each game is told to be late.
  return verdict === 'step_timeout' ? { kind: 'late', verdict, reason } : null;
}

/** A game whose bank was used up before it scored, by an agent that answers. */
export function strikeOfGame({ verdict, verdictReason, score, steps }: GameResult): Strike | null {
  if (verdict !== 'time_bank' || steps === 0 || score > 0) return null;
  return { kind: 'late', verdict, reason: verdictReason ?? 'its time bank was empty' };
}
