import type { EngineModules, EngineSource } from '@arena/nle-wasm';
import { HostGames, StepGames, compileEngine, readTables } from '@arena/nle-wasm';
import { gameEnd } from './end.ts';
import type { Home } from './game.ts';
import { Game, asEngineError, checkKey } from './game.ts';
import { KeyLog } from './key-log.ts';
import type { KeySource, PlayResult } from './run.ts';
import { asPolicy } from './run.ts';
import type { GameSettings } from './settings.ts';
import { resolveSettings } from './settings.ts';
import type { Snapshot } from './snapshot.ts';
import { Tables } from './tables/tables.ts';
import { playUnseen } from './warm-up.ts';

async function builtEngine(): Promise<EngineSource> {
  // only Node has a disk; a browser passes its own source
  const { readEngine } = await import('@arena/nle-wasm/node');
  return readEngine();
}

/** NetHack 3.6.6, compiled once; games start from it in one to two milliseconds. */
export class Engine {
  /** The compiled engine: sent to another thread, Engine.load takes it there in the place of a source. */
  readonly modules: EngineModules;
  private readonly home: Home;
  private readonly hosted: HostGames;
  private loadedTables: Tables | undefined;

  private constructor(modules: EngineModules) {
    this.modules = modules;
    this.home = { id: modules.id, games: new StepGames(modules) };
    this.hosted = new HostGames(modules);
  }

  /**
   * Compiles the engine: the one built in this repository, or the given bytes (a browser's way). `modules` of an engine
   * in another thread are taken as they are: nothing is compiled, nothing copied (some 3 ms instead of 45).
   * Rejects with EngineError `bad_engine`.
   */
  static async load(source?: EngineSource | EngineModules): Promise<Engine> {
    try {
      return new Engine(await compileEngine(source ?? (await builtEngine())));
    } catch (error) {
      throw asEngineError(error);
    }
  }

  /**
   * Plays games that nobody looks at, for about a second, so that those that follow run at full speed from their first
   * key on: V8 runs new code slowly until it has been busy for a while. For programs that will play for long, at their
   * start. Compiled code belongs to the engine's modules, so all threads gain that share them.
   */
  warmUp(): void {
    playUnseen((settings) => this.newGame(settings));
  }

  /** sha256 of engine.wasm; one id for both ways of running, since both files come from one linked module. */
  get id(): string {
    return this.modules.id;
  }

  /** NetHack's own tables: monsters, objects, symbols, glyphs, constants. Made when first asked for, in some 40 ms. */
  get tables(): Tables {
    this.loadedTables ??= new Tables(readTables(this.modules));
    return this.loadedTables;
  }

  /** Starts a game and runs it up to its first key request. Throws EngineError for settings it cannot take. */
  newGame(settings: GameSettings): Game {
    return Game.start(this.home, resolveSettings(settings));
  }

  /**
   * A game that goes on where the snapshot was taken, beside all others. Fastest (0.1 ms instead of 1.2 ms) when games no
   * longer needed were disposed of. Throws EngineError `foreign_snapshot`
   * or `bad_snapshot`; other games are left alone then.
   */
  restore(snapshot: Snapshot): Game {
    return Game.restore(this.home, snapshot);
  }

  /**
   * Plays a game in one call, the fastest way: the tape's next key is taken, or the policy asked, inside each key
   * request. What a policy throws comes out unchanged. Throws EngineError as newGame and Game.step do.
   */
  play(settings: GameSettings, source: KeySource): PlayResult {
    const policy = asPolicy(source);
    const keys = new KeyLog();
    try {
      return this.hosted.play(
        resolveSettings(settings),
        (game) => {
          const key = policy(game.observation, keys.length);
          if (key === null) return null;
          checkKey(key);
          keys.push(key);
          return key;
        },
        (game) => ({
          steps: keys.length,
          end: game.hasEnded ? gameEnd(game.how, game.file('xlogfile')) : null,
          observation: game.copyObservation(),
        }),
      );
    } catch (error) {
      throw asEngineError(error, keys.view());
    }
  }
}
