/** Words for the states and verdicts of the contracts. */
import type { AgentKind, EndReason, EvaluationState, Verdict } from './states.ts';
import type { GameRow } from './views.ts';

export const KIND_LABELS: Record<AgentKind, string> = {
  neural: 'Neural',
  symbolic: 'Symbolic',
  hybrid: 'Hybrid',
};

export const STATE_LABELS: Record<EvaluationState, string> = {
  queued: 'Waiting in the queue',
  running: 'Playing now',
  finished: 'Evaluated',
  failed: 'Not evaluated',
};

export const VERDICT_LABELS: Record<Verdict, string> = {
  ok: 'OK',
  crashed: 'Agent crashed',
  killed: 'Agent killed by a signal',
  step_timeout: 'Step took too long',
  time_bank: 'Time bank used up',
  out_of_memory: 'Out of memory',
  output_limit: 'Too much output',
  protocol_error: 'Broke the protocol',
  invalid_action: 'Answered no action',
  forbidden_call: 'Forbidden system call',
  engine_error: 'Game engine failed',
  sandbox_error: 'Fault of the platform',
};

export const END_LABELS: Record<EndReason, string> = {
  game_over: 'Game over',
  step_limit: 'Reached the step limit',
  no_progress: 'Stopped: no game time passed',
  agent: 'Ended by the agent’s fault',
};

/** How a game came to its end, in a few words: the fault, the limit, or NetHack's own words. */
export function outcome(game: GameRow): string {
  if (game.state === 'pending') return 'Not started';
  if (game.state === 'running') return 'Playing now';
  if (game.verdict !== null && game.verdict !== 'ok') return VERDICT_LABELS[game.verdict];
  if (game.ascended) return 'Ascended';
  if (game.endReason !== null && game.endReason !== 'game_over') return END_LABELS[game.endReason];
  return game.death ?? 'Game over';
}

/** How the log of a game begins that was played by a new process, since the one before ended without having begun it. */
export const ENDED_BEFORE = "Before this game's first answer the agent's process ended";

/** Verdicts that say nothing against the agent. */
const NOBODYS_FAULT: ReadonlySet<Verdict> = new Set(['ok', 'engine_error', 'sandbox_error']);

/** True if the game ended by the agent's own fault. */
export function isFault(game: GameRow): boolean {
  return game.verdict !== null && !NOBODYS_FAULT.has(game.verdict);
}
