import { Describer } from './describer.ts';
import type { EngineExports } from './exports.ts';
import type { Image } from './image.ts';
import { copyImage, putImage } from './image.ts';
import { GameMemory } from './memory.ts';
import type { EngineModules } from './modules.ts';
import type { SetUp } from './settings.ts';

/** Leaves a running game from inside its own call; never seen outside this file. */
class Stopped extends Error {
  override readonly name = 'Stopped';
}

const STOPPED = new Stopped();

/** The answer to a key request: a key (0-255), or null to leave the game where it is. */
export type Answer = (memory: GameMemory) => number | null;

/** One instance, playing one game at a time. */
class HostGame {
  readonly memory: GameMemory;
  private readonly engine: EngineExports;
  private readonly untouched: Image;
  private readonly describer: Describer;
  private answer: Answer | null = null;
  private fresh = true;
  private failure: { readonly cause: unknown } | null = null;

  constructor(module: WebAssembly.Module, describer: Describer) {
    this.describer = describer;
    const instance = new WebAssembly.Instance(module, { arena: { key: () => this.askForKey() } });
    this.engine = instance.exports as unknown as EngineExports;
    this.memory = new GameMemory(this.engine);
    this.untouched = copyImage(this.engine);
  }

  private askForKey(): number {
    let key: number | null = null;
    try {
      if (this.fresh) this.memory.checkOptions();
      this.fresh = false;
      if (this.memory.pendingDescriptions > 0) this.describer.describe(this.engine);
      key = this.answer === null ? null : this.answer(this.memory);
    } catch (cause) {
      this.failure = { cause };
    }
    if (key === null) throw STOPPED;
    return key;
  }

  /** Plays until the game ends or `answer` says null. */
  play(settings: SetUp, answer: Answer): void {
    this.answer = answer;
    this.fresh = true;
    this.memory.setUp(settings);
    try {
      this.engine.arena_run();
    } catch (cause) {
      if (this.failure !== null) throw this.failure.cause;
      if (cause !== STOPPED && !this.memory.hasEnded) throw this.memory.fault(cause);
    } finally {
      this.answer = null;
    }
  }

  /** Forgets the game. */
  reset(): void {
    putImage(this.engine, this.untouched);
  }
}

/** Instances kept for the next game: more than one only where a policy plays games of its own. */
const SPARES = 2;

/**
 * The host-answered way: the whole game is one call, and each key request asks `answer` inside it. Nothing is
 * suspended, which makes it the fastest way; the key must be known or computed synchronously.
 */
export class HostGames {
  private readonly module: WebAssembly.Module;
  private readonly describer: Describer;
  private readonly spares: HostGame[] = [];

  constructor(modules: EngineModules) {
    this.module = modules.host;
    this.describer = new Describer(modules.host);
  }

  /**
   * Plays one game, and gives its memory to `finish`: ended, or stopped where `answer` said null. The memory serves
   * another game afterwards. What `answer` or `finish` throws comes out unchanged. Throws LoaderError `engine_fault` or
   * `unknown_option`.
   */
  play<T>(settings: SetUp, answer: Answer, finish: (memory: GameMemory) => T): T {
    const game = this.spares.pop() ?? new HostGame(this.module, this.describer);
    // an instance that failed is in no known state: it is not kept
    game.play(settings, answer);
    const result = finish(game.memory);
    if (this.spares.length < SPARES) {
      game.reset();
      this.spares.push(game);
    }
    return result;
  }
}
