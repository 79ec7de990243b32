import type { Describer } from './describer.ts';
import type { AsyncifyExports } from './exports.ts';
import type { Image, ImageShape } from './image.ts';
import { copyImage, putImage, shapeOf, viewImage } from './image.ts';
import { LoaderError } from './errors.ts';
import { GameMemory } from './memory.ts';
import type { GeneratorSeeds, SetUp } from './settings.ts';

/**
 * The synchronous step: at each key request asyncify unwinds the game's stack into its own memory and control comes
 * back here; the next key winds it up again. A suspended game is plain memory. Games come from a StepGames.
 */
export class StepGame {
  readonly memory: GameMemory;
  private readonly engine: AsyncifyExports;
  private readonly frames: number;
  private readonly describer: Describer;
  private key = -1;

  constructor(module: WebAssembly.Module, describer: Describer) {
    this.describer = describer;
    const instance = new WebAssembly.Instance(module, { arena: { key: () => this.askForKey() } });
    this.engine = instance.exports as unknown as AsyncifyExports;
    this.memory = new GameMemory(this.engine);
    this.frames = this.engine.arena_asyncify_data();
  }

  /** Starts the game and runs it up to its first key request. Throws LoaderError. */
  start(settings: SetUp): void {
    this.memory.setUp(settings);
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
    return this.run(() => {
      this.engine.asyncify_start_rewind(this.frames);
    });
  }

  /**
   * The suspended game goes on with generators seeded anew. Throws LoaderError `bad_engine` for a step file of an earlier
   * build: it has the same id, which is engine.wasm's.
   */
  reseed(seeds: GeneratorSeeds): void {
    if (!('arena_reseed' in this.engine))
      throw new LoaderError('bad_engine', 'engine-step.wasm cannot reseed a game; build the engine again');
    this.memory.setSeeds(seeds);
    this.engine.arena_reseed();
  }

  /** `begin` is asyncify's: it too traps on a memory that is no game's any more. */
  private run(begin?: () => void): boolean {
    try {
      begin?.();
      this.engine.arena_run();
    } catch (cause) {
      if (this.memory.hasEnded) return false;
      throw this.memory.fault(cause);
    }
    this.engine.asyncify_stop_unwind();
    if (this.memory.pendingDescriptions > 0) this.describer.describe(this.engine);
    return true;
  }

  /** The suspended game, copied. */
  snapshot(): Image {
    return copyImage(this.engine);
  }

  /** The suspended game as views that change with it: enough to copy it into another instance at once. */
  view(): Image {
    return viewImage(this.engine);
  }

  /** What images of its engine have in common; to be asked before it has run a game. */
  shape(): ImageShape {
    return shapeOf(this.engine);
  }

  /** Becomes the game of the image. */
  restore(image: Image): void {
    putImage(this.engine, image);
  }

  /** Empties every view of the memory that anyone still holds: growing a memory, even by nothing, detaches them. */
  detachViews(): void {
    this.engine.memory.grow(0);
  }
}
