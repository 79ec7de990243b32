/** The map's size. A cell is one number, `y * WIDTH + x`. */
export const WIDTH = 79;
export const HEIGHT = 21;
export const CELLS = WIDTH * HEIGHT;

/** Eight ways to go, clockwise from north; odd ones are diagonal. */
export const DIRECTIONS = [
  { key: 'k', dx: 0, dy: -1 },
  { key: 'u', dx: 1, dy: -1 },
  { key: 'l', dx: 1, dy: 0 },
  { key: 'n', dx: 1, dy: 1 },
  { key: 'j', dx: 0, dy: 1 },
  { key: 'b', dx: -1, dy: 1 },
  { key: 'h', dx: -1, dy: 0 },
  { key: 'y', dx: -1, dy: -1 },
] as const;

export const xOf = (cell: number): number => cell % WIDTH;
export const yOf = (cell: number): number => Math.trunc(cell / WIDTH);

/** `cell * 8 + direction` → the neighbour, or -1 outside the map. Column 0 is never part of a level, 1 is. */
const NEIGHBOURS = new Int16Array(CELLS * 8).fill(-1);
for (let cell = 0; cell < CELLS; cell++) {
  DIRECTIONS.forEach(({ dx, dy }, direction) => {
    const x = xOf(cell) + dx;
    const y = yOf(cell) + dy;
    if (x >= 0 && x < WIDTH && y >= 0 && y < HEIGHT) NEIGHBOURS[cell * 8 + direction] = y * WIDTH + x;
  });
}

/** The cell next to `cell` in direction 0…7, or -1. */
export function neighbour(cell: number, direction: number): number {
  return NEIGHBOURS[cell * 8 + direction] ?? -1;
}

/** Moves between two cells on an empty map. */
export function distance(a: number, b: number): number {
  return Math.max(Math.abs(xOf(a) - xOf(b)), Math.abs(yOf(a) - yOf(b)));
}

/** The direction from a cell to the one beside it, or -1 if they are not neighbours. */
export function directionTo(from: number, to: number): number {
  for (let direction = 0; direction < 8; direction++) if (neighbour(from, direction) === to) return direction;
  return -1;
}

/** The direction in which `to` lies from `from` exactly along a line (as missiles fly), or -1. */
export function lineTo(from: number, to: number): number {
  const dx = xOf(to) - xOf(from);
  const dy = yOf(to) - yOf(from);
  if ((dx === 0 && dy === 0) || (dx !== 0 && dy !== 0 && Math.abs(dx) !== Math.abs(dy))) return -1;
  return DIRECTIONS.findIndex((way) => way.dx === Math.sign(dx) && way.dy === Math.sign(dy));
}

/** The key that moves in a direction. */
export function keyOf(direction: number): string {
  return DIRECTIONS[direction]?.key ?? '.';
}
