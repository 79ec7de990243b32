import { LoaderError } from './errors.ts';
import type { AsyncifyExports } from './exports.ts';
import type { EngineModules } from './modules.ts';
import type { SetUp } from './memory.ts';
import { GameMemory } from './memory.ts';

/**
 * The synchronous step: at each key request asyncify unwinds the game's stack into its own memory and control comes
 * back here; the next key winds it up again. A suspended game is plain memory.
 */
export class StepGame {
  readonly memory: GameMemory;
  private readonly engine: AsyncifyExports;
  private readonly frames: number;
  private key = -1;

  /** Starts the game and runs it up to its first key request. Throws LoaderError. */
  constructor(modules: EngineModules, settings: SetUp) {
    const instance = new WebAssembly.Instance(modules.step, { arena: { key: () => this.askForKey() } });
    this.engine = instance.exports as unknown as AsyncifyExports;
    this.memory = new GameMemory(this.engine);
    this.memory.setUp(settings);
    this.frames = this.engine.arena_asyncify_data();
    this.run();
    this.memory.checkOptions();
  }

  /** Called by the game: first to suspend it, then, once it is wound up again, to hand over the key. */
  private askForKey(): number {
    if (this.key >= 0) {
      const { key } = this;
      this.key = -1;
      this.engine.asyncify_stop_rewind();
      return key;
    }
    this.engine.asyncify_start_unwind(this.frames);
    return 0;
  }

  /** Gives one key (0-255); false when the game ended with it. Throws LoaderError `engine_fault`. */
  step(key: number): boolean {
    this.key = key;
    this.engine.asyncify_start_rewind(this.frames);
    return this.run();
  }

  private run(): boolean {
    try {
      this.engine.arena_run();
    } catch (cause) {
      if (this.memory.hasEnded) return false;
      throw new LoaderError(
        'engine_fault',
        `the game stopped: ${cause instanceof Error ? cause.message : String(cause)}`,
        { cause },
      );
    }
    this.engine.asyncify_stop_unwind();
    return true;
  }
}
