/**
 * The states and verdicts that rows, events and pages share. Every state that is not final has a way out:
 * the API's sweep looks at each of them.
 */

/** The three kinds an agent can declare; the boards of 2021 were cut along them. */
export const AGENT_KINDS = ['neural', 'symbolic', 'hybrid'] as const;
export type AgentKind = (typeof AGENT_KINDS)[number];

/** queued → running → finished | failed. `failed` carries a reason: the platform could not play it, or the agent could not start. */
export const EVALUATION_STATES = ['queued', 'running', 'finished', 'failed'] as const;
export type EvaluationState = (typeof EVALUATION_STATES)[number];

/** pending → running → finished. A running game whose worker dies goes back to pending. */
export const GAME_STATES = ['pending', 'running', 'finished'] as const;
export type GameState = (typeof GAME_STATES)[number];

/**
 * How an agent's part of a game went. `ok`: the game ended by its own rules or at the task's step limit.
 * `engine_error`: the game engine failed, and failed again when the same keys were played anew; nobody's fault, and the score
 * reached so far counts. `sandbox_error` is the platform's fault: the game is played again and never counted.
 * All others are the agent's fault and end its game with the score reached so far.
 */
export const VERDICTS = [
  'ok',
  'crashed',
  'killed',
  'step_timeout',
  'time_bank',
  'out_of_memory',
  'output_limit',
  'protocol_error',
  'invalid_action',
  'forbidden_call',
  'engine_error',
  'sandbox_error',
] as const;
export type Verdict = (typeof VERDICTS)[number];

/** Why a game stopped. `agent`: the verdict tells; the others come with verdict `ok`. */
export const END_REASONS = ['game_over', 'step_limit', 'no_progress', 'agent'] as const;
export type EndReason = (typeof END_REASONS)[number];
