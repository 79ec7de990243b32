import {
  EngineError,
  type Engine,
  type FieldName,
  type Game,
  type GameEnd,
  type Observation,
  playsDebug,
} from '@arena/engine';
import { STILL_RUNNING, changedSeeds, type Outcome, type SeedChange, type Seeds, type Slot } from './slot.ts';

export interface GameOptions {
  /** The whole NETHACKOPTIONS text, the hero's name included. */
  readonly options: string;
  readonly spawnMonsters: boolean;
  readonly screenDescriptions: boolean;
  readonly clock?: number | undefined;
  readonly fields: readonly FieldName[];
}

/** A bare game: its actions are key bytes, nothing is rewarded and nothing pressed on its own. */
export class GameSlot implements Slot {
  readonly actions = null;
  readonly #engine: Engine;
  readonly #options: GameOptions;
  #game: Game | null = null;
  seeds: Seeds | null = null;

  constructor(engine: Engine, options: GameOptions) {
    this.#engine = engine;
    this.#options = options;
  }

  get steps(): number {
    return this.#game?.steps ?? 0;
  }

  get observation(): Partial<Observation> {
    return this.#running.observation;
  }

  get end(): GameEnd | null {
    return this.#game?.end ?? null;
  }

  get keys(): Uint8Array | null {
    if (this.#game === null) return new Uint8Array(0);
    return this.#game.reseeded ? null : this.#game.tape;
  }

  reset(given: Seeds | undefined): void {
    const { options, spawnMonsters, screenDescriptions, clock, fields } = this.#options;
    const seeds = given ?? randomSeeds();
    const game = this.#engine.newGame({
      options,
      debug: playsDebug(options),
      spawnMonsters,
      screenDescriptions,
      fields,
      ...(clock === undefined ? {} : { clock }),
      seeds: {
        core: seeds.core,
        disp: seeds.disp,
        reseed: seeds.reseed ?? false,
        ...(seeds.lgen === undefined ? {} : { lgen: seeds.lgen }),
      },
    });
    this.close();
    this.#game = game;
    this.seeds = seeds;
  }

  reseed(change: SeedChange): void {
    const game = this.#running;
    if (this.seeds === null) throw new Error('a game runs without seeds');
    const seeds = changedSeeds(this.seeds, change);
    const { core, disp, reseed } = seeds;
    game.reseed({ core, disp, reseed });
    this.seeds = seeds;
  }

  step(key: number): Outcome {
    const game = this.#running;
    if (game.step(key)) return STILL_RUNNING;
    return {
      ...STILL_RUNNING,
      terminated: true,
      endStatus: 1,
      ascended: game.end?.howName === 'ASCENDED',
    };
  }

  press(key: number): Outcome {
    return this.step(key);
  }

  close(): void {
    this.#game?.dispose();
    this.#game = null;
  }

  get #running(): Game {
    if (this.#game !== null) return this.#game;
    throw new EngineError('game_over', 'no game is running: call reset first');
  }
}

function randomSeeds(): Seeds {
  // 62 bits, as NLE's own seeds; the flag is on as in a stock NetHack, whose seeds come from the operating system
  const [core = 0n, disp = 0n] = crypto.getRandomValues(new BigUint64Array(2));
  return { core: core >> 2n, disp: disp >> 2n, reseed: true };
}
