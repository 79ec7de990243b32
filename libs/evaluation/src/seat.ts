import type { EndReason, Verdict } from '@arena/contracts';
import { type Engine, EngineError } from '@arena/engine';
import type { RecordHeader } from '@arena/protocol';
import { type Tape, recordTape } from '@arena/tape';
import { ChallengeGame, settingsOf } from './challenge-game.ts';
import type { ThreadData } from './messages.ts';
import { agentGameSeed } from './seeds.ts';
import type { GameResult, GameSpecification } from './specification.ts';

/** A game in its slot, with its clocks. */
export class Seat {
  readonly #specification: GameSpecification;
  readonly #engine: Engine;
  readonly #data: ThreadData;
  readonly #seed: number;
  readonly #startedAt = new Date();
  readonly slot: number;
  readonly episode: number;
  #game: ChallengeGame | null = null;
  /** Its share of the agent's time so far. */
  agentTimeMs = 0;
  /** Its share of what the agent wrote so far. */
  outputBytes = 0;
  /** How late the worker's clocks had been looked at before it took its slot; see Control. */
  latenessBefore = 0;
  #gameTimeMs = 0;

  constructor(
    specification: GameSpecification,
    slot: number,
    episode: number,
    engine: Engine,
    data: ThreadData,
  ) {
    this.#specification = specification;
    this.slot = slot;
    this.episode = episode;
    this.#engine = engine;
    this.#data = data;
    this.#seed = agentGameSeed(specification.seeds);
  }

  get id(): string {
    return this.#specification.id;
  }

  /** The verdict that it is to end with by now, for study; null for none. */
  get judged(): Verdict | null {
    const { judged } = this.#specification;
    return judged !== undefined && this.game.steps >= judged.steps ? judged.verdict : null;
  }

  /** Throws EngineError. */
  begin(): void {
    const start = performance.now();
    const { manifest, limits, mostSteps } = this.#data;
    this.#game = new ChallengeGame(this.#engine, this.#specification, manifest.fields, {
      ...limits,
      maxSteps: Math.min(limits.maxSteps, mostSteps),
    });
    this.#gameTimeMs += performance.now() - start;
  }

  get game(): ChallengeGame {
    if (this.#game === null) throw new Error(`game ${this.id} has not begun`);
    return this.#game;
  }

  /** Milliseconds since it took its slot. */
  get ageMs(): number {
    return Date.now() - this.#startedAt.getTime();
  }

  get character(): string | null {
    return this.game.character;
  }

  /** Throws EngineError. */
  step(key: number): void {
    const start = performance.now();
    this.game.step(key);
    this.#gameTimeMs += performance.now() - start;
  }

  /** What precedes its fields in a question. */
  get header(): RecordHeader {
    const { game } = this;
    return {
      slot: this.slot,
      newGame: game.steps === 0,
      episode: this.episode,
      step: game.steps,
      seed: this.#seed,
      score: game.score,
    };
  }

  /** `fault`: null with verdict ok. */
  result(
    endReason: EndReason,
    fault: { verdict: Verdict; reason: string; log: string | null } | null,
  ): GameResult {
    const { game } = this;
    const end = game.end;
    return {
      ...this.#frameOf(fault),
      endReason,
      score: game.score,
      turns: game.turns,
      steps: game.steps,
      deepestLevel: game.deepestLevel,
      experienceLevel: game.experienceLevel,
      character: game.character,
      death: end?.xlogfile?.['death'] ?? null,
      how: end?.howName ?? null,
      ascended: end?.howName === 'ASCENDED',
      xlogfile: end?.xlogfile ? { ...end.xlogfile } : null,
      tape: game.tape,
    };
  }

  /** For a game that could not be begun, or whose engine failed; what was played of it does not count. */
  unplayed(fault: { verdict: Verdict; reason: string; log: string | null }): GameResult {
    const tape = this.#game?.tape ?? this.#emptyTape();
    const engineFault = {
      verdict: 'sandbox_error',
      reason: 'the game engine could not start this game',
      log: null,
    } as const;
    return {
      ...this.#frameOf(tape === null && fault.verdict !== 'sandbox_error' ? engineFault : fault),
      endReason: 'agent',
      score: 0,
      turns: tape?.figures.turns ?? 0,
      steps: 0,
      deepestLevel: tape?.figures.deepestLevel ?? 0,
      experienceLevel: 0,
      character: null,
      death: null,
      how: null,
      ascended: false,
      xlogfile: null,
      tape,
    };
  }

  dispose(): void {
    this.#game?.dispose();
  }

  /** Of a game that nobody played: where it would have started. */
  #emptyTape(): Tape | null {
    try {
      return recordTape(this.#engine, settingsOf(this.#specification), new Uint8Array());
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      return null;
    }
  }

  #frameOf(
    fault: { verdict: Verdict; reason: string; log: string | null } | null,
  ): Pick<
    GameResult,
    | 'id'
    | 'verdict'
    | 'verdictReason'
    | 'agentTimeMs'
    | 'cpuTimeMs'
    | 'gameTimeMs'
    | 'engineId'
    | 'limits'
    | 'sandbox'
    | 'log'
    | 'startedAt'
    | 'finishedAt'
  > {
    return {
      id: this.id,
      verdict: fault?.verdict ?? 'ok',
      verdictReason: fault?.reason ?? null,
      agentTimeMs: this.agentTimeMs,
      // The main thread sees the processes.
      cpuTimeMs: null,
      gameTimeMs: this.#gameTimeMs,
      engineId: this.#engine.id,
      limits: this.#data.limits,
      sandbox: this.#data.sandbox,
      log: fault?.log || null,
      startedAt: this.#startedAt,
      finishedAt: new Date(),
    };
  }
}
