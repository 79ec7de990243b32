import { distance } from './geometry.ts';
import { kindOf, monsterOf } from './glyphs.ts';
import { isLeftAlone } from '../knowledge/danger.ts';
import type { Status } from './status.ts';
import { MONSTERS, type Monster } from '../knowledge/monsters.ts';

/** A monster in sight that is not a pet. */
export interface Foe {
  readonly cell: number;
  /** Moves away on an empty map. */
  readonly distance: number;
  /** Its glyph's facts; undefined for one that is only felt or remembered, and for all while hallucinating. */
  readonly facts: Monster | undefined;
  /** Only an `I` on the map: something was felt there once. */
  readonly remembered: boolean;
  readonly peaceful: boolean;
}

interface Friend {
  monster: number;
  cell: number;
  turn: number;
}

/** Remembers who turned out to be peaceful: the map does not show it, only the question before an attack does. */
export class Friends {
  #friends: Friend[] = [];

  add(monster: number, cell: number, turn: number): void {
    this.#friends.push({ monster, cell, turn });
  }

  clear(): void {
    this.#friends = [];
  }

  /** Is this the peaceful one seen before? It may have moved two cells a turn since. */
  knows(monster: number, cell: number, turn: number): boolean {
    let best: Friend | undefined;
    for (const friend of this.#friends) {
      if (friend.monster !== monster) continue;
      const near = distance(friend.cell, cell);
      if (near <= Math.min(12, 1 + 2 * (turn - friend.turn)) && (!best || near < distance(best.cell, cell)))
        best = friend;
    }
    if (!best) return false;
    best.cell = cell;
    best.turn = turn;
    return true;
  }
}

/** Reads the foe at a cell, if there is one. What a hallucinating player sees tells nothing about who it is. */
export function foeAt(
  cell: number,
  glyph: number,
  self: number,
  status: Status,
  friends: Friends,
): Foe | null {
  if (cell === self) return null;
  const { turn } = status;
  const kind = kindOf(glyph);
  if (kind !== 'monster' && kind !== 'invisible') return null;
  const monster = status.is('hallucinating') ? -1 : monsterOf(glyph);
  return {
    cell,
    distance: distance(self, cell),
    facts: MONSTERS[monster],
    remembered: kind === 'invisible',
    peaceful: monster >= 0 && (isLeftAlone(monster) || friends.knows(monster, cell, turn)),
  };
}
