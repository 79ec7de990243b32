import type { Command } from '../command.ts';
import { isPassive, isLeftAlone, mayMelee } from '../knowledge/danger.ts';
import { CELLS, directionTo, keyOf } from '../perception/geometry.ts';
import type { World } from '../world.ts';
import { Field } from './field.ts';

/** Finds ways on the present level. Its field is computed at most once a step, when somebody asks. */
export class Navigator {
  readonly #safe = new Field();
  readonly #daring = new Field();
  readonly #occupied = new Uint8Array(CELLS);
  #world: World | null = null;
  #safeReady = false;
  #daringReady = false;

  /** A new observation: what was computed before is stale. */
  begin(world: World): void {
    this.#world = world;
    this.#safeReady = false;
    this.#daringReady = false;
    this.#occupied.fill(0);
    const fighter = world.fighter;
    for (const { cell, facts, peaceful } of world.foes) {
      const stays =
        facts && (isPassive(facts.index) || isLeftAlone(facts.index) || !mayMelee(facts.index, fighter));
      if (peaceful || stays) this.#occupied[cell] = 1;
    }
  }

  /** Ways without traps, boulders and shops, opening doors. */
  get safe(): Field {
    if (!this.#safeReady && this.#world) {
      const { level, status } = this.#world;
      const forbidden = level.forbidden[status.cell] === 1;
      this.#safe.fill(level, status.cell, { occupied: this.#occupied, doors: true, forbidden });
      this.#safeReady = true;
      this.#world.roomToMove = this.#safe.reached;
    }
    return this.#safe;
  }

  /** Ways over traps and with boulders pushed, for when the safe ones are used up. */
  get daring(): Field {
    if (!this.#daringReady && this.#world) {
      const { level, status } = this.#world;
      const forbidden = level.forbidden[status.cell] === 1;
      const walking = { occupied: this.#occupied, doors: true, traps: true, boulders: true, forbidden };
      this.#daring.fill(level, status.cell, walking);
      this.#daringReady = true;
    }
    return this.#daring;
  }

  /** One step towards a cell by a field's way, or null if it is here or out of reach. */
  step(by: string, to: number, field: Field = this.safe): Command | null {
    const world = this.#world;
    if (!world) return null;
    const next = field.firstStep(to);
    if (next < 0) return null;
    const direction = directionTo(world.status.cell, next);
    // In a shop nothing is to be picked up on the way: `m` walks without.
    const careful = world.level.forbidden[next] ? 'm' : '';
    return { by, keys: careful + keyOf(direction), step: { from: world.status.cell, direction } };
  }
}
