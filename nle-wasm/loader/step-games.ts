import { Describer } from './describer.ts';
import type { Image, ImageShape } from './image.ts';
import { checkImage } from './image.ts';
import type { SetUp } from './settings.ts';
import type { EngineModules } from './modules.ts';
import { StepGame } from './step.ts';

/** Instances kept for the next game: each holds 2 to 8 MiB. */
const SPARES = 4;

/**
 * Where games come from. A new instance costs 1.1 ms, nearly all of it the system's work for fresh pages; overwriting
 * the memory of one that is no longer used costs 0.1 ms, so a few are kept.
 */
export class StepGames {
  private readonly module: WebAssembly.Module;
  private readonly describer: Describer;
  private readonly spares: StepGame[] = [];
  /** An instance's memory before any game. */
  private untouched: { readonly image: Image; readonly shape: ImageShape } | undefined;

  constructor(modules: EngineModules) {
    this.module = modules.step;
    this.describer = new Describer(modules.step);
  }

  private make(): StepGame {
    const game = new StepGame(this.module, this.describer);
    this.untouched ??= { image: game.snapshot(), shape: game.shape() };
    return game;
  }

  /** A game at its first key request. Throws LoaderError. */
  start(settings: SetUp): StepGame {
    const spare = this.spares.pop();
    let game: StepGame;
    if (spare !== undefined && this.untouched !== undefined) {
      spare.restore(this.untouched.image);
      game = spare;
    } else {
      game = this.make();
    }
    game.start(settings);
    return game;
  }

  /**
   * A game that goes on where the image was taken. Throws LoaderError `bad_snapshot` before any instance is written to.
   */
  restore(image: Image): StepGame {
    // an engine that has made no instance yet does not know the shape of its images: its first is kept if this is none
    if (this.untouched === undefined) this.spares.push(this.make());
    if (this.untouched !== undefined) checkImage(image, this.untouched.shape);
    const game = this.spares.pop() ?? this.make();
    game.restore(image);
    return game;
  }

  /** Takes a game back; views of its memory become empty. Never give one back that failed. */
  release(game: StepGame): void {
    game.detachViews();
    if (this.spares.length < SPARES) this.spares.push(game);
  }
}
