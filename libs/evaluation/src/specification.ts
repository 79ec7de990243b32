/** What a shard is given and what it gives back. */
import type { EndReason, Limits, Verdict } from '@arena/contracts';
import type { EngineModules, EngineSource, GameSettings } from '@arena/engine';
import type { Manifest } from '@arena/protocol';
import type { Tape } from '@arena/tape';
import type { AgentHost } from './agent-host.ts';

/** Everything that enters one game beside the agent's keys. */
export interface GameSpecification {
  id: string;
  seeds: { core: bigint; disp: bigint; reseed?: boolean };
  /** As in `mon-hum-neu-mal`, or some of its words; `@` for a random one. */
  character: string;
  /** The whole NETHACKOPTIONS text with the hero's name; empty: the challenge's, with `character`. */
  options: string;
  /** Seconds since 1970, UTC. */
  clock: number;
  /** Whether it plays as NLE does where `screen_descriptions` is observed; without it, as the challenge: it does not. */
  screenDescriptions?: boolean;
  /**
   * For study, never for a score: the game begins where these keys have led, and goes on with the agent's. Its settings
   * stand for those above.
   */
  from?: { readonly settings: GameSettings; readonly keys: Uint8Array };
  /**
   * For study, never for a score: after so many of the agent's keys the game ends as if it had used up its time or answered
   * what is no action, so that it can be seen whether the agent plays on.
   */
  judged?: { readonly steps: number; readonly verdict: 'time_bank' | 'invalid_action' };
}

export interface ShardSpecification {
  host: AgentHost;
  /** The engine's files, or better a loaded engine's `modules`; without it the one built in this repository. */
  engine?: EngineSource | EngineModules;
  /** The unpacked submission. */
  agentFolder: string;
  /** It was unpacked in a sandbox, where any uid comes to it: it is mounted as it is, and nobody here looks into it. */
  isPlaced?: boolean;
  manifest: Manifest;
  /** Played in this order, `manifest.gamesAtOnce` at a time. */
  games: readonly GameSpecification[];
  limits: Limits;
  /** Each game ends after so many keys at the latest, whatever the limits that the agent is told. */
  mostSteps?: number;
  events?: ShardEvents;
}

/** Called on the main thread, in the order in which things happened. What they throw ends the shard. */
export interface ShardEvents {
  started?(game: { id: string; character: string | null }): void;
  finished?(result: GameResult): void;
  /**
   * A process of the agent failed by its own fault; told before its games' results. The next process waits for what
   * this gives back, so that a shard that is drained here starts none.
   */
  failed?(failure: AgentFailure): Promise<void> | void;
  /** For watched games, at most ten a second each: an encoded frame (contracts' frame.ts). */
  frame?(gameId: string, frame: Uint8Array): void;
}

/** How one process of an agent came to its end by its own fault. */
export interface AgentFailure {
  verdict: Verdict;
  /** A sentence for the participant. */
  reason: string;
  /** Whether it had said that it was ready to play. */
  ready: boolean;
  /** Whether it had answered a question before. */
  answered: boolean;
  /** The last 16 KiB of its standard error. */
  log: string;
}

/** A game that is over. */
export interface GameResult {
  id: string;
  /** `sandbox_error`: the platform's fault, with `verdictReason`; not to be scored. */
  verdict: Verdict;
  /** A sentence for the participant; null with verdict ok. */
  verdictReason: string | null;
  endReason: EndReason;
  /** Sum of the environment's rewards. */
  score: number;
  /** Game time at the last observation. */
  turns: number;
  /** Keys the agent answered. */
  steps: number;
  deepestLevel: number;
  experienceLevel: number;
  /** e.g. `Val-Hum-Fem-Law`; null if the game never began. */
  character: string | null;
  /** xlogfile's `death`; null if the game was cut off. */
  death: string | null;
  /** NetHack's end code by name; null if the game was cut off. */
  how: string | null;
  ascended: boolean;
  xlogfile: Record<string, string> | null;
  /** Milliseconds with microseconds behind the point. A frame's time is shared equally by its games. */
  agentTimeMs: number;
  /** Of the agent's processes while this game was in play, shared equally by those beside it; null if it never was. */
  cpuTimeMs: number | null;
  gameTimeMs: number;
  /** The game itself, its keys before the agent's first included (space, until it has begun); null only where the engine could not start it. */
  tape: Tape | null;
  engineId: string;
  limits: Limits;
  /** What held the agent in. */
  sandbox: string;
  /** The last 16 KiB of the standard error of an agent that failed in this game; else null. */
  log: string | null;
  startedAt: Date;
  finishedAt: Date;
}

/** What is known of the agent's processes once a shard is over. */
export interface ShardReport {
  /** Processes that were started: one, and one more after each failure. */
  processes: number;
  peakMemoryMiB: number;
  cpuMs: number;
  /** The longest that a process took from its start to `ready`; 0 if none ever was. */
  startMs: number;
  /** The SDK's name and version as it said when ready; null if it never was. */
  sdk: { name: string; version: string } | null;
  /** The last 16 KiB of the last process' standard error. */
  log: string;
}
