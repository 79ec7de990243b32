import type { EndReason, Verdict } from '@arena/contracts';
import { type Engine, EngineError } from '@arena/engine';
import type { RecordHeader } from '@arena/protocol';
import { type Tape, recordTape } from '@arena/tape';
import { ChallengeGame, settingsOf } from './challenge-game.ts';
import type { ThreadData } from './messages.ts';
import { agentGameSeed } from './seeds.ts';
import type { GameResult, GameSpecification } from './specification.ts';

/** How often a game whose engine failed is played again before the fault is believed to come from its keys. */
const MOST_REPEATS = 3;
/** Keys between two signs of life while a game is played again: some milliseconds of the engine's time. */
const KEYS_A_BEAT = 500;

/** What a seat needs of the one who seats it. */
export interface SeatParts {
  readonly engine: Engine;
  readonly data: ThreadData;
  /** Called now and then while a game is played again, which may take seconds: the engine has not hung. */
  readonly beat: () => void;
}

/** A game in its slot, with its clocks. */
export class Seat {
  readonly #specification: GameSpecification;
  readonly #engine: Engine;
  readonly #data: ThreadData;
  readonly #beat: () => void;
  readonly #seed: number;
  readonly #startedAt = new Date();
  readonly slot: number;
  readonly episode: number;
  #game: ChallengeGame | null = null;
  /** The same game from its start, while a process that goes on for a lost one is shown the keys that were given. */
  #repeated: ChallengeGame | null = null;
  #repeatedKeys: Uint8Array = new Uint8Array();
  /** Its share of the agent's time and output, in all and with the process that plays it. */
  #used = { ms: 0, bytes: 0 };
  #usedByProcess = { ms: 0, bytes: 0 };
  #gameTimeMs = 0;
  /** For the participant: what happened beside the game itself. */
  readonly #notes: string[] = [];

  constructor(
    specification: GameSpecification,
    slot: number,
    episode: number,
    { engine, data, beat }: SeatParts,
  ) {
    this.#beat = beat;
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

  /** Starts the game; an engine that fails in it gets a second chance. Throws EngineError. */
  begin(): void {
    const start = performance.now();
    try {
      this.#game = this.#fresh();
    } catch (error) {
      if (!isEngineFault(error)) throw error;
      this.#game = this.#fresh();
    } finally {
      this.#gameTimeMs += performance.now() - start;
    }
  }

  /** Its first key request, in memory of its own. Throws EngineError. */
  #fresh(): ChallengeGame {
    const { manifest, limits, mostSteps } = this.#data;
    return new ChallengeGame(this.#engine, this.#specification, manifest.fields, {
      ...limits,
      maxSteps: Math.min(limits.maxSteps, mostSteps),
    });
  }

  get game(): ChallengeGame {
    if (this.#game === null) throw new Error(`game ${this.id} has not begun`);
    return this.#game;
  }

  /** The game as the process sees it. */
  get shown(): ChallengeGame {
    return this.#repeated ?? this.game;
  }

  /** Its share of the agent's time so far. What is done again behind a lost process costs nothing until it takes longer than before. */
  get agentTimeMs(): number {
    return this.#used.ms;
  }

  /** Its share of what the agent wrote so far, likewise. */
  get outputBytes(): number {
    return this.#used.bytes;
  }

  /** Of a time bank, for the process that plays it. */
  leftMs(timeBankMs: number): number {
    return Math.max(0, timeBankMs - this.#usedByProcess.ms);
  }

  charge(ms: number, bytes: number): void {
    this.#usedByProcess.ms += ms;
    this.#usedByProcess.bytes += bytes;
    this.#used = {
      ms: Math.max(this.#used.ms, this.#usedByProcess.ms),
      bytes: Math.max(this.#used.bytes, this.#usedByProcess.bytes),
    };
  }

  /** Whether the process is still shown the keys that were given before it. */
  get isResuming(): boolean {
    return this.#repeated !== null;
  }

  /** Its process was lost: the next one sees the game from its start, and none of its keys can be taken back. */
  resume(): void {
    this.#stopRepeating();
    if (this.game.steps === 0) return;
    this.#usedByProcess = { ms: 0, bytes: 0 };
    this.#repeatedKeys = this.game.keys;
    this.#repeated = this.#repeatedUpTo(0);
  }

  /** Whatever the process has answered: the next of the keys that were given. */
  repeat(): void {
    const repeated = this.#repeated;
    if (repeated === null) return;
    const start = performance.now();
    const next = repeated.steps + 1;
    if (next === this.#repeatedKeys.length) {
      this.#stopRepeating();
      this.#usedByProcess = { ...this.#used };
      return;
    }
    try {
      repeated.step(this.#repeatedKeys[next - 1] ?? 0);
    } catch (error) {
      if (!isEngineFault(error)) throw error;
      repeated.dispose();
      this.#repeated = this.#repeatedUpTo(next);
    } finally {
      this.#gameTimeMs += performance.now() - start;
    }
  }

  /** These keys led on before: what the engine fails with is the machine's fault. */
  #repeatedUpTo(steps: number): ChallengeGame {
    for (let repeats = 1; ; repeats++) {
      const fresh = this.#fresh();
      try {
        for (const key of this.#repeatedKeys.subarray(0, steps)) {
          if (fresh.steps % KEYS_A_BEAT === 0) this.#beat();
          fresh.step(key);
        }
        return fresh;
      } catch (error) {
        fresh.dispose();
        if (!isEngineFault(error) || repeats === MOST_REPEATS) throw error;
      }
    }
  }

  #stopRepeating(): void {
    this.#repeated?.dispose();
    this.#repeated = null;
  }

  /** Milliseconds since it took its slot. */
  get ageMs(): number {
    return Date.now() - this.#startedAt.getTime();
  }

  get character(): string | null {
    return this.game.character;
  }

  /**
   * Gives the agent's key. Where the engine fails, the same keys are given again at once, in fresh memory: what comes from a
   * fault of the machine does not come again, and the game goes on. Throws EngineError when it does come again.
   */
  step(key: number): void {
    const start = performance.now();
    try {
      this.game.step(key);
    } catch (error) {
      if (!isEngineFault(error)) throw error;
      this.#playAgain(this.game.keys);
    } finally {
      this.#gameTimeMs += performance.now() - start;
    }
  }

  /** Throws EngineError when the engine fails at the last of these keys, or each time at another one. */
  #playAgain(keys: Uint8Array): void {
    for (let repeats = 1; ; repeats++) {
      const fresh = this.#fresh();
      this.#game?.dispose();
      this.#game = fresh;
      try {
        for (const key of keys) {
          if (fresh.steps % KEYS_A_BEAT === 0) this.#beat();
          fresh.step(key);
        }
        return;
      } catch (error) {
        const isSame = fresh.steps === keys.length;
        if (!isEngineFault(error) || isSame || repeats === MOST_REPEATS) throw error;
      }
    }
  }

  /** The participant reads it with the game's result. */
  note(text: string): void {
    this.#notes.push(text);
  }

  /** What precedes its fields in a question. */
  get header(): RecordHeader {
    const { shown } = this;
    return {
      slot: this.slot,
      newGame: shown.steps === 0,
      episode: this.episode,
      step: shown.steps,
      seed: this.#seed,
      score: shown.score,
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

  /** Of a game whose engine failed, and failed again: the score as of the last observation before. Its tape shows the fault. */
  failed(error: EngineError): GameResult {
    return this.result('agent', {
      verdict: 'engine_error',
      reason:
        `the game engine failed at key ${this.game.steps} of this game and failed again when the same keys were played anew ` +
        `(${error.message}). It is nobody's fault; the score up to there counts`,
      log: null,
    });
  }

  /** For a game that was not begun, or could not be. */
  unplayed(fault: { verdict: Verdict; reason: string; log: string | null } | EngineError): GameResult {
    const tape = this.#emptyTape();
    const found = fault instanceof EngineError ? fault : tape instanceof EngineError ? tape : null;
    return {
      ...this.#frameOf(found === null ? (fault as Exclude<typeof fault, EngineError>) : startFault(found)),
      endReason: 'agent',
      score: 0,
      turns: tape instanceof EngineError ? 0 : tape.figures.turns,
      steps: 0,
      deepestLevel: tape instanceof EngineError ? 0 : tape.figures.deepestLevel,
      experienceLevel: 0,
      character: null,
      death: null,
      how: null,
      ascended: false,
      xlogfile: null,
      tape: tape instanceof EngineError ? null : tape,
    };
  }

  dispose(): void {
    this.#stopRepeating();
    this.#game?.dispose();
  }

  /** Of a game that nobody played: where it would have started; the fault where the engine cannot start it. */
  #emptyTape(): Tape | EngineError {
    try {
      return recordTape(this.#engine, settingsOf(this.#specification), new Uint8Array());
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      return error;
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
      log: [...this.#notes, fault?.log ?? ''].filter((part) => part !== '').join('\n') || null,
      startedAt: this.#startedAt,
      finishedAt: new Date(),
    };
  }
}

/** A fault that the same keys may show again; settings that the engine does not take are another matter. */
function isEngineFault(error: unknown): error is EngineError {
  return error instanceof EngineError && error.code === 'engine_fault';
}

/** Why a game has no first key request. With settings that no engine takes nobody can play it, whoever asked for them. */
function startFault(error: EngineError): { verdict: Verdict; reason: string; log: null } {
  return error.code === 'engine_fault'
    ? {
        verdict: 'engine_error',
        reason: `the game engine could not start this game, in two tries (${error.message}). It is nobody's fault`,
        log: null,
      }
    : { verdict: 'sandbox_error', reason: `the game engine failed: ${error.message}`, log: null };
}
