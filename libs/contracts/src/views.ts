/** What the REST API answers with: plain JSON, 64-bit numbers as decimal strings, times as ISO 8601 in UTC. */
import type { AgentKind, EndReason, EvaluationState, GameState, Verdict } from './states.ts';

/** Limits one agent plays under; stored with each game as they were in force. */
export interface Limits {
  /** Actions a game; the task ends it with verdict `ok`, end reason `step_limit`. */
  maxSteps: number;
  /** Steps in a row without game time; end reason `no_progress`. */
  noProgressSteps: number;
  /** Milliseconds for one answer to one frame. */
  stepTimeoutMs: number;
  /** Milliseconds of the agent's own time a game may use in all. */
  timeBankMs: number;
  /** Milliseconds from process start to `ready`. */
  startTimeoutMs: number;
  /** Mebibytes of resident memory for all processes of the sandbox. */
  memoryMiB: number;
  /** Processes and threads. */
  processes: number;
  /** Bytes an agent may write to standard output for one frame. */
  outputBytesPerFrame: number;
  /** Mebibytes of the sandbox's /tmp. */
  tmpMiB: number;
  // Below: absent, and not held, in games that were played before there were these.
  /** Milliseconds that a game may last in all, whoever is at work. */
  wallMs?: number;
  /** Milliseconds of the agent's own time for all games of an evaluation; those that have not begun then are not played. */
  evaluationTimeMs?: number;
  /** Bytes an agent may write to standard output in one game; games share a frame's equally. */
  outputBytesPerGame?: number;
  /** Open files of each process. */
  openFiles?: number;
  /** Processor time for each time that passes, in percent of one processor: more is not given. */
  cpuPercent?: number;
}

export interface CompetitionView {
  slug: string;
  name: string;
  description: string;
  gamesPerEvaluation: number;
  limits: Limits;
  /** Whether its games play as NLE does where `screen_descriptions` is observed, which touches the game. */
  screenDescriptions: boolean;
}

/** What an organiser says of a competition; what is left out is as in the challenge, and the seeds are random and secret. */
export type NewCompetition = Omit<CompetitionView, 'slug' | 'screenDescriptions'> &
  Partial<Pick<CompetitionView, 'screenDescriptions'>> & {
    /** 64 hexadecimal digits. */
    masterSeed?: string;
  };

/** One row of a board. Figures over no games yet are null, and such rows stand at the end. */
export interface BoardRow {
  rank: number | null;
  submissionId: string;
  agentName: string;
  agentVersion: string;
  kind: AgentKind;
  authors: string[];
  submittedAt: string;
  state: EvaluationState;
  gamesDone: number;
  gamesTotal: number;
  ascensions: number;
  median: number | null;
  quartile1: number | null;
  quartile3: number | null;
  mean: number | null;
  bestDepth: number | null;
  /** Games that ended by the agent's own fault. */
  faults: number;
}

export interface BoardView {
  competition: CompetitionView;
  rows: BoardRow[];
  /** Rises with every change of this board, so that a late joiner can order what it gets. */
  version: number;
}

export interface SubmissionView {
  id: string;
  competition: string;
  agentName: string;
  agentVersion: string;
  kind: AgentKind;
  description: string;
  authors: string[];
  submittedAt: string;
  /** Of the uploaded archive, hexadecimal. */
  sha256: string;
  /** Under which its games are played. */
  limits: Limits;
  evaluation: EvaluationView;
}

export interface EvaluationView {
  id: string;
  state: EvaluationState;
  gamesDone: number;
  gamesTotal: number;
  /** Games of other evaluations that wait or play before this one's; null once it runs. */
  gamesAhead: number | null;
  /** What keeps it from going on at present, and who can do what; null if nothing does. */
  obstacle: string | null;
  /** What happened, whose fault, what to do; null unless failed. */
  reason: string | null;
  /** The last lines the agent printed, where it was refused since it could not start; else null. */
  log: string | null;
  startedAt: string | null;
  finishedAt: string | null;
  board: BoardRow | null;
}

/** A game in a list. Seeds and keys are in its tape, which is given only once it is finished. */
export interface GameRow {
  id: string;
  index: number;
  state: GameState;
  verdict: Verdict | null;
  /** One sentence for the participant; null with verdict ok. */
  verdictReason: string | null;
  endReason: EndReason | null;
  score: number | null;
  turns: number | null;
  steps: number | null;
  deepestLevel: number | null;
  experienceLevel: number | null;
  /** e.g. `Val-Hum-Fem-Law`; null until the game began. */
  character: string | null;
  /** NetHack's own words, e.g. `killed by a newt`. */
  death: string | null;
  ascended: boolean;
  startedAt: string | null;
  finishedAt: string | null;
}

export interface GamePage {
  total: number;
  offset: number;
  games: GameRow[];
}

export interface GameView extends GameRow {
  submissionId: string;
  agentName: string;
  agentVersion: string;
  kind: AgentKind;
  competition: string;
  /** How often it was begun: more than once where the platform failed before it had ended. */
  attempts: number;
  /** Whether it plays as NLE does where `screen_descriptions` is observed, which touches the game; from the competition. */
  screenDescriptions: boolean;
  agentTimeMs: number | null;
  /** Processor time of its processes while it was in play, shared equally by the games beside it; null where it is not known. */
  cpuTimeMs: number | null;
  gameTimeMs: number | null;
  engineId: string | null;
  limits: Limits | null;
  /** The fields of NetHack's xlogfile line as it wrote them; null while playing or if the game was cut off. */
  xlogfile: Record<string, string> | null;
  /** The last lines the agent printed on standard error. */
  log: string | null;
}

export interface HealthView {
  ok: boolean;
  version: string;
  /** What ARENA_INSTANCE says, so that whoever started a server knows that it is the one that answers. */
  instance: string | null;
  engineId: string | null;
  database: { ok: boolean };
  queue: { shardsWaiting: number; shardsActive: number };
  workers: WorkerHealth[];
  /** Those that ended without saying so in the last day, and are not back: a caution that leaves `ok` as it is. */
  lostWorkers: LostWorker[];
  /** What went wrong with sandboxes in the last day: a caution; the check `sandboxes` fails for five minutes after each. */
  faults: PlatformFault[];
  /** Shards that wait for a quarter of an hour or more though a worker offers their runtime: a caution. */
  longWaits: LongWait[];
  /** Each has a deadline of its own; `ok` is whether all are. */
  checks: HealthCheck[];
}

export interface HealthCheck {
  name: 'database' | 'database writes' | 'upload folder' | 'sandboxes';
  ok: boolean;
  /** What failed and what to do; null if nothing did. */
  message: string | null;
}

/** A limit of the platform's own that was hit, as where an agent's processes could not be ended. */
export interface PlatformFault {
  /** The worker's name; null: the server itself, where it reads uploads. */
  worker: string | null;
  at: string;
  kind: string;
  /** What happened and what to do. */
  message: string;
}

export interface LongWait {
  runtime: string;
  shards: number;
  /** For how long the oldest has waited since it was due. */
  seconds: number;
}

export interface LostWorker {
  id: string;
  name: string;
  lastSeen: string;
}

/** A worker that was heard of lately. */
export interface WorkerHealth {
  id: string;
  lastSeen: string;
  engineId: string;
  sandbox: string;
  /** Names of the runtimes that it offers. */
  runtimes: string[];
  /** Those that it does not, with the reason. */
  missing: { runtime: string; reason: string }[];
}

/** The body of every answer with status ≥ 400. */
export interface ErrorView {
  /** Stable, for programs, e.g. `archive_not_gzip`. */
  code: string;
  /** What happened, whose fault it was, what to do next. */
  message: string;
}
