/** Hunger as the status line tells it. */
export const HUNGER = { satiated: 0, normal: 1, hungry: 2, weak: 3, fainting: 4 } as const;

const CONDITIONS = {
  stoned: 1,
  slimed: 2,
  strangled: 4,
  foodPoisoned: 8,
  ill: 16,
  blind: 32,
  deaf: 64,
  stunned: 128,
  confused: 256,
  hallucinating: 512,
  levitating: 1024,
  flying: 2048,
  riding: 4096,
} as const;
export type Condition = keyof typeof CONDITIONS;

/** The status figures by name, read from `blstats`. */
export class Status {
  readonly #figures: Int32Array;

  constructor(figures: Int32Array) {
    this.#figures = figures;
  }

  #at(index: number): number {
    return this.#figures[index] ?? 0;
  }

  get cell(): number {
    return this.#at(1) * 79 + this.#at(0);
  }
  get hp(): number {
    return this.#at(10);
  }
  get maxHp(): number {
    return this.#at(11);
  }
  get depth(): number {
    return this.#at(12);
  }
  get energy(): number {
    return this.#at(14);
  }
  get armourClass(): number {
    return this.#at(16);
  }
  /** Not 0 while in another shape. */
  get polymorphLevel(): number {
    return this.#at(17);
  }
  get level(): number {
    return this.#at(18);
  }
  get turn(): number {
    return this.#at(20);
  }
  get hunger(): number {
    return this.#at(21);
  }
  /** 0 unencumbered, 1 burdened, 2 stressed, … */
  get load(): number {
    return this.#at(22);
  }
  /** 0 the Dungeons of Doom, 2 the Gnomish Mines, … */
  get dungeon(): number {
    return this.#at(23);
  }
  get dungeonLevel(): number {
    return this.#at(24);
  }
  /** One number for the level one is on. */
  get levelKey(): number {
    return this.dungeon * 100 + this.dungeonLevel;
  }
  /** Hit points between 0 and 1 of the most. */
  get health(): number {
    return this.hp / Math.max(1, this.maxHp);
  }
  is(condition: Condition): boolean {
    return (this.#at(25) & CONDITIONS[condition]) !== 0;
  }
  /** NetHack's own rule for when a god takes low hit points for trouble. */
  get nearDeath(): boolean {
    return this.hp < 6 || this.hp * 7 <= this.maxHp;
  }
}
