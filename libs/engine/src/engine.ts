import type { EngineModules, EngineSource, Observation } from '@arena/nle-wasm';
import { compileEngine, playHosted } from '@arena/nle-wasm';
import type { GameEnd } from './end.ts';
import { gameEnd } from './end.ts';
import { Game, asEngineError, checkKey } from './game.ts';
import type { GameSettings } from './settings.ts';
import { resolveSettings } from './settings.ts';

/** Chooses the next key (0-255) from an observation, or null to stop the game; `step` counts keys given so far. */
export type Policy = (observation: Observation, step: number) => number | null;

export interface PlayResult {
  /** Keys given. */
  readonly steps: number;
  /** How the game ended; null when the policy stopped it. */
  readonly end: GameEnd | null;
  /** The last observation; its views stay as they are. */
  readonly observation: Observation;
}

async function builtEngine(): Promise<EngineSource> {
  // only Node has a disk; a browser passes its own source
  const { readEngine } = await import('@arena/nle-wasm/node');
  return readEngine();
}

/** NetHack 3.6.6, compiled once; games start from it in about two milliseconds. */
export class Engine {
  private readonly modules: EngineModules;

  private constructor(modules: EngineModules) {
    this.modules = modules;
  }

  /**
   * Compiles the engine: the one built in this repository, or the given bytes (a browser's way).
   * Rejects with EngineError `bad_engine`.
   */
  static async load(source?: EngineSource): Promise<Engine> {
    try {
      return new Engine(await compileEngine(source ?? (await builtEngine())));
    } catch (error) {
      throw asEngineError(error);
    }
  }

  /** sha256 of engine.wasm; one id for both ways of running, since both files come from one linked module. */
  get id(): string {
    return this.modules.id;
  }

  /** Starts a game and runs it up to its first key request. Throws EngineError for settings it cannot take. */
  newGame(settings: GameSettings): Game {
    return new Game(this.modules, resolveSettings(settings));
  }

  /**
   * Plays a game in one call, the fastest way: `policy` is asked inside each key request. What it throws comes out
   * unchanged. Throws EngineError as newGame and Game.step do.
   */
  play(settings: GameSettings, policy: Policy): PlayResult {
    let steps = 0;
    try {
      const memory = playHosted(this.modules, resolveSettings(settings), (game) => {
        const key = policy(game.observation, steps);
        if (key === null) return null;
        checkKey(key);
        steps += 1;
        return key;
      });
      const end = memory.hasEnded ? gameEnd(memory.how, memory.file('xlogfile')) : null;
      return { steps, end, observation: memory.observation };
    } catch (error) {
      throw asEngineError(error);
    }
  }
}
