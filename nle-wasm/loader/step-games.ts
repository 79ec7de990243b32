import type { Image } from './image.ts';
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
  private readonly spares: StepGame[] = [];
  /** An instance's memory before any game. */
  private untouched: Image | undefined;

  constructor(modules: EngineModules) {
    this.module = modules.step;
  }

  /** A game at its first key request. Throws LoaderError. */
  start(settings: SetUp): StepGame {
    const spare = this.spares.pop();
    let game: StepGame;
    if (spare !== undefined && this.untouched !== undefined) {
      spare.restore(this.untouched);
      game = spare;
    } else {
      game = new StepGame(this.module);
      this.untouched ??= game.snapshot();
    }
    game.start(settings);
    return game;
  }

  /** A game that goes on where the image was taken. */
  restore(image: Image): StepGame {
    const game = this.spares.pop() ?? new StepGame(this.module);
    game.restore(image);
    return game;
  }

  /** Takes a game back; views of its memory become empty. Never give one back that failed. */
  release(game: StepGame): void {
    game.detachViews();
    if (this.spares.length < SPARES) this.spares.push(game);
  }
}
