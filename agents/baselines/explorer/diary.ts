import type { Item } from './perception/inventory.ts';
import type { Status } from './perception/status.ts';
import { ANY_KIN, kinOf } from './knowledge/corpses.ts';
import { MONSTERS } from './knowledge/monsters.ts';

/** What happened and when: the memory that is not a map. Turns are game turns; -1 is never. */
export class Diary {
  lastPrayer = -1;
  /** The turn the present level was reached. */
  arrivedAt = 1;
  /** The deepest level seen, as depth. */
  deepest = 1;
  /** An estimate of what is in the stomach: 900 at first, one point less each turn. */
  nutrition = 900;
  /** Commands that are not to be tried again before a turn, by name. */
  readonly notBefore = new Map<string, number>();
  /** The last Elbereth: where and when. */
  engravedAt = { cell: -1, level: -1, turn: -1 };
  /** In a pit, web or bear trap, judging by what was said. */
  trappedUntil = -1;
  /** Bitten by a were-creature: sooner or later the player turns into one and drops all. */
  lycanthrope = false;
  /** Where all was dropped on turning into something without hands. */
  dropped = { level: -1, cell: -1 };
  /** Where it walks while there is nothing better to do. */
  hunting = { level: -1, cell: -1 };
  /** Fights best with bare hands (monks) or shoots (rangers, samurai); known from what one begins with. */
  martial = false;
  archer = false;
  /** Names of the hero's own kind, which it does not eat. */
  kin = ANY_KIN;
  #lastTurn = 1;
  #knowsRole = false;

  arrived(turn: number, depth: number): void {
    this.arrivedAt = turn;
    this.deepest = Math.max(this.deepest, depth);
    this.trappedUntil = -1;
  }

  /** Reads what was said since the last command, and from the first inventory what kind of fighter this is. */
  note(message: string, status: Status, items: readonly Item[]): void {
    if (!this.#knowsRole && items.length > 0) {
      this.#knowsRole = true;
      this.martial = !items.some((item) => item.wielded) && items.some((item) => /glove/.test(item.name));
      this.archer = items.some((item) => /bow$|^yumi$/.test(item.name));
    }
    this.nutrition -= Math.max(0, status.turn - this.#lastTurn);
    this.#lastTurn = status.turn;
    if (status.hunger >= 3) this.nutrition = Math.min(this.nutrition, 49);
    else if (status.hunger === 2) this.nutrition = Math.min(this.nutrition, 149);
    else if (status.hunger === 0) this.nutrition = Math.max(this.nutrition, 1000);
    if (message === '') return;
    this.kin = kinOf(message) ?? this.kin;
    if (/stomach feels content/.test(message)) this.nutrition = 900;
    if (/You feel feverish/.test(message)) this.lycanthrope = true;
    if (/You feel purified/.test(message)) this.lycanthrope = false;
    if (/You turn into a were|must drop your|armor falls around/.test(message))
      this.dropped = { level: status.levelKey, cell: status.cell };
    if (
      /You (?:fall into|land on|are caught in|are stuck)|bear trap|in a (?:spiked )?pit|sticks? to|You cannot (?:reach|escape)/.test(
        message,
      )
    ) {
      this.trappedUntil = status.turn + 8;
    }
  }

  /** Call when a meal is begun. */
  ate(name: string): void {
    const monster = /^(.*) corpse$/.exec(name)?.[1];
    if (monster !== undefined)
      this.nutrition += MONSTERS.some((facts) => facts.name === monster && facts.level > 1) ? 150 : 40;
    else this.nutrition += /ration/.test(name) ? 700 : 150;
  }

  mayTry(name: string, turn: number): boolean {
    return (this.notBefore.get(name) ?? -1) <= turn;
  }

  /** Do not try `name` again for some turns. */
  pause(name: string, turn: number, turns: number): void {
    this.notBefore.set(name, turn + turns);
  }
}
