/** North and on, clockwise; y grows to the south. */
export const DIRECTIONS = [
  { name: 'north', dx: 0, dy: -1 },
  { name: 'northeast', dx: 1, dy: -1 },
  { name: 'east', dx: 1, dy: 0 },
  { name: 'southeast', dx: 1, dy: 1 },
  { name: 'south', dx: 0, dy: 1 },
  { name: 'southwest', dx: -1, dy: 1 },
  { name: 'west', dx: -1, dy: 0 },
  { name: 'northwest', dx: -1, dy: -1 },
] as const;

/** Steps of a king's: what a walk takes at least. */
export function distance(dx: number, dy: number): number {
  return Math.max(Math.abs(dx), Math.abs(dy));
}

/** `2 northeast` where that is exact, else `5 east 3 south`. The two must not both be 0. */
export function direction(dx: number, dy: number): string {
  const isStraight = dx === 0 || dy === 0 || Math.abs(dx) === Math.abs(dy);
  if (isStraight) {
    const found = DIRECTIONS.find(({ dx: x, dy: y }) => x === Math.sign(dx) && y === Math.sign(dy));
    return `${distance(dx, dy)} ${found?.name ?? 'here'}`;
  }
  return `${Math.abs(dx)} ${dx > 0 ? 'east' : 'west'} ${Math.abs(dy)} ${dy > 0 ? 'south' : 'north'}`;
}
