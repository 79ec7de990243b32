import { BEHAVIOURS } from './behaviours/ranking.ts';
import type { Behaviour } from './behaviours/behaviour.ts';
import type { Command } from './command.ts';
import { neighbour } from './perception/geometry.ts';
import { Navigator } from './navigation/navigator.ts';
import { Dialogue } from './prompts/dialogue.ts';
import { Watchdog } from './prompts/watchdog.ts';
import { World, type Seen } from './world.ts';

/** A fast hero acts twice in a turn, hardly four times. */
const MOST_VAIN = 4;
const VAIN_PAUSE = 15;

/** Plays one game: perceives, asks the behaviours in their order, and types what the first one with an idea says. */
export class Player {
  readonly world: World;
  readonly #navigator = new Navigator();
  readonly #dialogue = new Dialogue();
  readonly #watchdog = new Watchdog();
  #last: Command | null = null;
  /** Decisions in a row of one behaviour that changed nothing. */
  #vain = 0;
  #by: Behaviour | null = null;
  /** Behaviours that are not asked before a turn, since what they said changed nothing. */
  readonly #resting = new Map<Behaviour, number>();

  constructor(seed: number) {
    this.world = new World(seed);
  }

  /** The key for this observation. */
  act(seen: Seen): number {
    const rescue = this.#watchdog.check(seen, this.world.random);
    if (rescue !== null) return rescue.charCodeAt(0);
    const key = this.#dialogue.next(seen) ?? this.#decide(seen);
    return key.charCodeAt(0);
  }

  /** The behaviour whose command is being carried out, for logs. */
  get doing(): string {
    return this.#last?.by ?? 'beginning';
  }

  #decide(seen: Seen): string {
    const { world } = this;
    const before = { cell: world.status.cell, turn: world.status.turn, level: world.level };
    world.perceive(seen, this.#dialogue.said);
    this.#noteVain(before.turn, before.cell);
    this.#learn(before.cell, before.turn, before.level === world.level);
    this.#navigator.begin(world);
    const command = this.#choose();
    this.#last = command;
    this.#dialogue.begin(command);
    return this.#dialogue.next(seen) ?? 's';
  }

  #choose(): Command {
    for (const behaviour of BEHAVIOURS) {
      if ((this.#resting.get(behaviour) ?? -1) > this.world.status.turn) continue;
      const command = behaviour(this.world, this.#navigator);
      if (!command) continue;
      if (behaviour !== this.#by) this.#vain = 0;
      this.#by = behaviour;
      return command;
    }
    return { by: 'idle', keys: 's' };
  }

  /** A behaviour whose commands take no time (no hands to throw with, nothing to pick up) must not be asked for ever. */
  #noteVain(turnBefore: number, cellBefore: number): void {
    const { turn, cell } = this.world.status;
    if (turn !== turnBefore || cell !== cellBefore) this.#vain = 0;
    else if (this.#by !== null && ++this.#vain >= MOST_VAIN) {
      this.#resting.set(this.#by, turn + VAIN_PAUSE);
      this.#vain = 0;
    }
  }

  /** What the outcome of the last command says about the map and about who is peaceful. */
  #learn(cellBefore: number, turnBefore: number, sameLevel: boolean): void {
    const { world } = this;
    const { cell, turn } = world.status;
    const direction = this.#last?.step?.direction;
    if (direction === undefined || !sameLevel) return;
    const target = neighbour(cellBefore, direction);
    if (/^Really attack/.test(this.#dialogue.question)) {
      world.friends.add(world.monsterAt(target), target, turn);
      // Known from now on; the list of foes was read before.
      world.foes = world.foes.map((foe) => (foe.cell === target ? { ...foe, peaceful: true } : foe));
      return;
    }
    if (cell !== cellBefore || this.#last?.keys.startsWith('F')) return;
    const wall =
      /solid|wall|diagonally|in vain|no room|perhaps that's why|too much to get|tight squeeze|There is a boulder|iron bars/;
    if (turn === turnBefore || wall.test(world.message)) world.level.noteFailedMove(cellBefore, direction);
  }
}
