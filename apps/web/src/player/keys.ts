/** A key of the game as people write it: `k`, `Space`, `Esc`, `^D`, `M-p`. Codes are one byte. */
export function keyName(code: number): string {
  const named = NAMES.get(code);
  if (named !== undefined) return named;
  if (code >= 128) return `M-${keyName(code - 128)}`;
  if (code < 32) return `^${String.fromCharCode(code + 64)}`;
  return String.fromCharCode(code);
}

const NAMES = new Map([
  [0, 'NUL'],
  [10, '^J'],
  [13, 'Enter'],
  [27, 'Esc'],
  [32, 'Space'],
  [127, 'Del'],
]);

/** What a key pressed on the player's page does; null for keys that are not the player's. */
export function shortcut(key: string, shift: boolean): Shortcut | null {
  switch (key) {
    case ' ':
    case 'k':
      return { type: 'toggle' };
    case 'ArrowRight':
      return { type: 'move', steps: shift ? 100 : 1 };
    case 'ArrowLeft':
      return { type: 'move', steps: shift ? -100 : -1 };
    case 'ArrowUp':
    case '+':
      return { type: 'faster' };
    case 'ArrowDown':
    case '-':
      return { type: 'slower' };
    case 'Home':
      return { type: 'seek', step: 0 };
    case 'End':
      return { type: 'seek', step: Infinity };
    default:
      return null;
  }
}

type Shortcut =
  { type: 'toggle' | 'faster' | 'slower' } | { type: 'move'; steps: number } | { type: 'seek'; step: number };
