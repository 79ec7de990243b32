import { appearanceOf, corpseOf, GLYPH, kindOf, STONE } from './glyphs.ts';
import { CELLS } from './geometry.ts';
import { TERRAIN, terrainOf, trapOf } from './terrain.ts';
import { APPEARANCES } from '../knowledge/objects.ts';

const BOULDER = GLYPH.object + APPEARANCES.findIndex(({ name }) => name === 'boulder');

/**
 * What is known of one level. The game's own map forgets what lies under monsters and things; this one keeps it,
 * and what was tried where.
 */
export class Level {
  readonly key: number;
  readonly depth: number;
  /** {@link TERRAIN} of each cell. */
  readonly terrain = new Uint8Array(CELLS);
  /** Map symbol of the trap known there, or 0. */
  readonly trap = new Uint8Array(CELLS);
  /** Glyph of the thing last seen on top, or 0. */
  readonly item = new Int16Array(CELLS);
  readonly boulder = new Uint8Array(CELLS);
  /** 1 where the player has stood. */
  readonly visited = new Uint8Array(CELLS);
  /** Turns spent searching there. */
  readonly searched = new Uint16Array(CELLS);
  /** 1 where nobody should go: shops, vault guards' corridors, spots that failed again and again. */
  readonly forbidden = new Uint8Array(CELLS);
  /** 1 where the things on the floor were looked at and left. */
  readonly leftItem = new Uint8Array(CELLS);
  /** Steps made towards the things at a cell. */
  readonly fetchSteps = new Uint8Array(CELLS);
  /** Kicks and tries at a closed door. */
  readonly doorTries = new Uint8Array(CELLS);
  /** Fallen monsters: the turn the corpse appeared, by cell. */
  readonly corpseTurn = new Map<number, number>();
  /** Moves that failed: `cell * 8 + direction` → how often, and until when (in {@link turns}) not to try again. */
  readonly #failedMoves = new Map<number, { times: number; until: number }>();
  /** Where a staircase led: its cell → the other level's key. */
  readonly leadsTo = new Map<number, number>();
  /** Turns spent here in all. */
  turns = 0;
  /** {@link turns} when the player last stood on a new cell. */
  lastNews = 0;
  /** A shopkeeper was seen; their room is forbidden. */
  hasShop = false;

  constructor(key: number, depth: number) {
    this.key = key;
    this.depth = depth;
  }

  /** Takes in a glyph newly seen at a cell. `killedAt`: the turn, if it is what somebody left who fell in it; else -1. */
  see(cell: number, glyph: number, killedAt: number): void {
    const kind = kindOf(glyph);
    if (kind === 'terrain') {
      if (glyph === STONE) return;
      const terrain = terrainOf(glyph);
      if (terrain === TERRAIN.unknown) return;
      // A trap on a doorway or corridor looks like a trap only.
      if (trapOf(glyph) === 0 || this.terrain[cell] === TERRAIN.unknown) this.terrain[cell] = terrain;
      this.trap[cell] = trapOf(glyph);
      this.item[cell] = 0;
      this.boulder[cell] = 0;
      return;
    }
    if (kind === 'effect' || kind === 'swallow') return;
    const known = this.terrain[cell] ?? 0;
    if (known === TERRAIN.unknown || known === TERRAIN.wall || known === TERRAIN.closedDoor) {
      this.terrain[cell] = known === TERRAIN.closedDoor ? TERRAIN.openDoor : TERRAIN.floor;
    }
    if (kind !== 'object') return;
    if (glyph === BOULDER) {
      this.boulder[cell] = 1;
      return;
    }
    this.boulder[cell] = 0;
    if (this.item[cell] !== glyph) {
      this.leftItem[cell] = 0;
      if (corpseOf(glyph) >= 0 && killedAt >= 0 && known !== TERRAIN.unknown)
        this.corpseTurn.set(cell, killedAt);
    }
    this.item[cell] = glyph;
  }

  /** The name of what lies on top at a cell, as it looks; empty if nothing, a corpse or a statue. */
  itemName(cell: number): string {
    return APPEARANCES[appearanceOf(this.item[cell] ?? 0)]?.name ?? '';
  }

  itemSymbol(cell: number): string {
    return APPEARANCES[appearanceOf(this.item[cell] ?? 0)]?.symbol ?? '';
  }

  /** Cells of one terrain. */
  find(terrain: number): number[] {
    const cells: number[] = [];
    for (let cell = 0; cell < CELLS; cell++) if (this.terrain[cell] === terrain) cells.push(cell);
    return cells;
  }

  /**
   * A move came to nothing. Once may be chance; from the second time on it is left for twice as long each time, but
   * never for good: most of what stands in the way is a monster, which goes.
   */
  noteFailedMove(cell: number, direction: number): void {
    const move = cell * 8 + direction;
    const times = (this.#failedMoves.get(move)?.times ?? 0) + 1;
    const pause = times < 2 ? 0 : Math.min(2000, 10 * 2 ** times);
    this.#failedMoves.set(move, { times, until: this.turns + pause });
  }

  mayMove(cell: number, direction: number): boolean {
    if (this.#failedMoves.size === 0) return true;
    return (this.#failedMoves.get(cell * 8 + direction)?.until ?? 0) <= this.turns;
  }
}
