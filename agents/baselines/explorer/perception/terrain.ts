import { GLYPH } from './glyphs.ts';

/** What a cell is made of, as far as walking is concerned. */
export const TERRAIN = {
  unknown: 0,
  wall: 1,
  floor: 2,
  corridor: 3,
  doorway: 4,
  openDoor: 5,
  closedDoor: 6,
  stairsUp: 7,
  stairsDown: 8,
  water: 9,
  lava: 10,
  bars: 11,
  fountain: 12,
  altar: 13,
  sink: 14,
} as const;

export type Terrain = (typeof TERRAIN)[keyof typeof TERRAIN];

const T = TERRAIN;
const FIRST_TRAP = 42;
const LAST_TRAP = 64;

/** The map symbols 0…41 of NetHack 3.6.6 in order; traps follow, and what lies after them is no terrain. */
const SYMBOLS: readonly Terrain[] = [
  ...[T.unknown, ...Array<Terrain>(11).fill(T.wall)],
  ...[T.doorway, T.openDoor, T.openDoor, T.closedDoor, T.closedDoor, T.bars, T.bars],
  ...[T.floor, T.floor, T.corridor, T.corridor, T.stairsUp, T.stairsDown, T.stairsUp, T.stairsDown],
  ...[T.altar, T.floor, T.floor, T.sink, T.fountain, T.water, T.floor, T.lava],
  ...[T.floor, T.floor, T.wall, T.wall, T.water, T.floor, T.water],
];

/** The terrain a map glyph shows. A trap is floor with a {@link trapOf}. */
export function terrainOf(glyph: number): Terrain {
  const symbol = glyph - GLYPH.cmap;
  return SYMBOLS[symbol] ?? (symbol <= LAST_TRAP ? T.floor : T.unknown);
}

/** The traps that are worth telling apart, as map symbols. */
export const TRAP = {
  pit: 52,
  spikedPit: 53,
  hole: 54,
  trapDoor: 55,
  teleport: 56,
  levelTeleport: 57,
  web: 59,
} as const;

/** The map symbol of the trap a glyph shows, or 0. */
export function trapOf(glyph: number): number {
  const symbol = glyph - GLYPH.cmap;
  return symbol >= FIRST_TRAP && symbol <= LAST_TRAP ? symbol : 0;
}

/** May one stand on it without drowning, burning or opening something first? */
export function isWalkable(terrain: number): boolean {
  return (
    (terrain >= T.floor && terrain <= T.openDoor) ||
    terrain === T.stairsUp ||
    terrain === T.stairsDown ||
    terrain >= T.fountain
  );
}
