/** What main thread and game thread tell each other. */
import type { Limits, Verdict } from '@arena/contracts';
import type { Manifest, ProtocolErrorCode } from '@arena/protocol';
import type { MessagePort } from 'node:worker_threads';
import type { Expiry } from './control.ts';
import type { GameResult, GameSpecification } from './specification.ts';

export interface ThreadData {
  control: SharedArrayBuffer;
  watch: MessagePort;
  manifest: Manifest;
  games: readonly GameSpecification[];
  limits: Limits;
  /** Keys after which a game ends, whatever the limits say; infinite but for try-outs. */
  mostSteps: number;
  /** Of the sandbox, for the results. */
  sandbox: string;
  /** Whether the thread may look for quick answers instead of sleeping until they come. */
  looksForAnswers: boolean;
}

/** How the agent's process broke off, as the game thread saw it. */
export type Break =
  | { how: 'protocol'; code: ProtocolErrorCode; message: string }
  /** Its standard output ended. */
  | { how: 'stdout_closed' }
  /** Its standard input was closed by it. */
  | { how: 'stdin_closed' }
  /** The clock had ended it before its answer was read. */
  | { how: 'late'; expiry: Expiry };

export type FromThread =
  | { type: 'need_agent' }
  | { type: 'agent_ready'; sdk: { name: string; version: string } }
  /** `answered`: whether this process had answered a question before. */
  | { type: 'agent_broke'; break: Break; answered: boolean }
  | { type: 'agent_done' }
  | { type: 'started'; id: string; character: string | null }
  | { type: 'finished'; result: GameResult }
  | { type: 'frame'; id: string; frame: Uint8Array }
  | { type: 'done' };

export type ToThread =
  /** A shard to play; ends with `done`. */
  | { type: 'play'; data: ThreadData }
  | { type: 'agent'; stdin: number; stdout: number; ordinal: number }
  | { type: 'judged'; judgement: Judgement };

/** Why an agent's process is over, for all its games in flight. */
export interface Judgement {
  verdict: Verdict;
  reason: string;
  log: string;
  /** Nothing shows that it was the agent's own doing: a new process goes on with its games, from the keys that were played. */
  lost: boolean;
}

/** Through the watch port. */
export interface WatchMessage {
  id: string;
  on: boolean;
}
